import path from 'node:path';
import { EnvironmentError } from '../../diagnostic/index.ts';
import { makeDirectory, writeWhole } from '../../files/index.ts';
import { describeEnd, inToolsTree, type Runner } from '../../process/index.ts';
import { endedLine, probeRom, startedLine } from './probe-program.ts';
import { type Accelerator, judge, type ProbeResult } from './verdict.ts';

/** Long enough to be measured (0.1 s under TCG on a laptop), short enough for a verdict on both accelerators in 2 s. */
const iterations = 50_000_000;

export interface ProbeOptions {
  readonly runner: Runner;
  readonly toolsRoot: string;
  /** Directory for the program's ROM. */
  readonly directory: string;
  /** CPU model of the machine that will be booted: a model that aborts QEMU must be found out here. */
  readonly cpu: string;
  readonly deadlineMs: number;
  readonly signal?: AbortSignal;
}

/** Arguments that run the probe program under one accelerator, QEMU's program name included. */
function probeArguments(accelerator: Accelerator, cpu: string, rom: string): [string, ...string[]] {
  return [
    ...(['qemu-system-x86_64', '-accel', accelerator, '-cpu', cpu] as const),
    '-nodefaults',
    '-display',
    'none',
    '-no-reboot',
    '-machine',
    'q35',
    '-m',
    '16',
    '-smp',
    '1',
    '-bios',
    rom,
    '-chardev',
    'stdio,id=out',
    '-device',
    'isa-debugcon,iobase=0xe9,chardev=out',
    '-device',
    'isa-debug-exit,iobase=0xf4,iosize=4',
  ];
}

/**
 * Runs the probe program under one accelerator.
 * @throws EnvironmentError when bubblewrap is not installed
 * @throws Interrupted when the signal was aborted
 */
export async function probe(accelerator: Accelerator, options: ProbeOptions): Promise<ProbeResult> {
  const rom = path.join(options.directory, 'probe.rom');
  await writeRom(rom);
  const argv = inToolsTree(options.toolsRoot, probeArguments(accelerator, options.cpu, rom), {
    read: [rom],
    devices: accelerator === 'kvm' ? ['/dev/kvm'] : [],
  });
  let startedAt: number | undefined;
  let endedAt: number | undefined;
  const onLine = (line: string) => {
    if (line === startedLine) startedAt = performance.now();
    if (line === endedLine) endedAt = performance.now();
  };
  const running = options.runner.start(
    { argv },
    { onLine, timeoutMs: options.deadlineMs, ...(options.signal && { signal: options.signal }) },
  );
  const completed = await running.completed;
  if (completed.stderr.includes('bwrap: ') || completed.exitCode === 127) {
    throw new EnvironmentError({
      code: 'tools-tree-unusable',
      severity: 'error',
      message: `QEMU of the tools tree ${describeEnd(completed)}`,
      hint: completed.stderr.trim(),
    });
  }
  return judge(
    {
      ...completed,
      started: startedAt !== undefined,
      ...(startedAt !== undefined && endedAt !== undefined && { loopMs: endedAt - startedAt }),
    },
    iterations,
  );
}

/** Written beside and renamed, so that a probe running at the same time never maps half a ROM. */
async function writeRom(file: string): Promise<void> {
  makeDirectory(path.dirname(file));
  writeWhole(file, probeRom(iterations));
}
