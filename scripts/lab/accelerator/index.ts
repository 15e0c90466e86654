import { access, constants, readFile } from 'node:fs/promises';
import path from 'node:path';
import { EnvironmentError, Interrupted } from '../../diagnostic/index.ts';
import { describeEnd, inToolsTree, type Runner } from '../../process/index.ts';
import { labCpu } from '../machine/cpu.ts';
import {
  type AcceleratorChoice,
  chooseAccelerator,
  compareSpeeds,
  preferred,
  type RequestedAccelerator,
} from './choose.ts';
import { probe } from './probe.ts';
import { type ProbeRecord, readRecord, writeRecord } from './record.ts';

export { type AcceleratorChoice, fallBack, type RequestedAccelerator } from './choose.ts';
export type { Accelerator, ProbeResult } from './verdict.ts';

export interface AcceleratorOptions {
  readonly requested: RequestedAccelerator;
  readonly runner: Runner;
  readonly toolsRoot: string;
  /** Verdicts are remembered in `<cacheDir>/lab/`. */
  readonly cacheDir: string;
  readonly signal?: AbortSignal;
}

/** Emulation always ends unless the machine is badly overloaded. */
const tcgDeadlineMs = 20_000;

/**
 * Finds out by running a guest program which accelerators of this machine can be trusted, and chooses one.
 * Takes under two seconds the first time after the machine was started, less than half a second later on.
 * @throws EnvironmentError when the one asked for runs no guest, or the tools tree has no working QEMU
 * @throws Interrupted when the signal was aborted
 */
export function findAccelerator(options: AcceleratorOptions): Promise<AcceleratorChoice> {
  const turn = before.then(() => find(options));
  before = turn.then(
    () => {},
    () => {},
  );
  return turn;
}

/** Machines that are started together measure one after the other: side by side each would measure the other's load. */
let before: Promise<void> = Promise.resolve();

async function find(options: AcceleratorOptions): Promise<AcceleratorChoice> {
  const started = performance.now();
  const directory = path.join(options.cacheDir, 'lab');
  const file = path.join(directory, 'accelerator.json');
  const key = {
    bootId: (await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim(),
    qemuVersion: await qemuVersion(options),
    kvmDevice: await kvmDevice(),
  };
  const record = await readRecord(file, key);
  const remembered = record && (await measureAgain(options, directory, record));
  const results = remembered ?? (await probeBoth(options, directory));
  if (options.signal?.aborted) throw new Interrupted();
  if (remembered === undefined) await writeRecord(file, key, results);
  return {
    requested: options.requested,
    ...chooseAccelerator(options.requested, results),
    results,
    remembered: remembered !== undefined,
    durationMs: Math.round(performance.now() - started),
    qemuVersion: key.qemuVersion,
  };
}

/**
 * Verdicts hold until the machine is restarted, speed changes with its load: what will be used is run once more.
 * Undefined when it does not work any more, so that everything has to be found out again.
 */
async function measureAgain(
  options: AcceleratorOptions,
  directory: string,
  record: ProbeRecord['results'],
): Promise<ProbeRecord['results'] | undefined> {
  const chosen = preferred(options.requested, record);
  if (record[chosen].iterationsPerSecond === undefined) return record;
  const measured = await probe(chosen, { ...options, directory, cpu: labCpu[chosen], deadlineMs: tcgDeadlineMs });
  return measured.verdict === 'works' ? { ...record, [chosen]: measured } : undefined;
}

/** One after the other: side by side each would measure the other's load. */
async function probeBoth(options: AcceleratorOptions, directory: string): Promise<ProbeRecord['results']> {
  const common = { ...options, directory };
  const tcg = await probe('tcg', { ...common, cpu: labCpu.tcg, deadlineMs: tcgDeadlineMs });
  // Hardware is never much slower than emulation just was on the same, possibly busy, machine.
  const deadlineMs = Math.min(Math.max(1000, 3 * tcg.durationMs), tcgDeadlineMs);
  const kvm = await probe('kvm', { ...common, cpu: labCpu.kvm, deadlineMs });
  return compareSpeeds({ tcg, kvm });
}

async function kvmDevice(): Promise<ProbeRecord['kvmDevice']> {
  const may = (mode: number) =>
    access('/dev/kvm', mode).then(
      () => true,
      () => false,
    );
  if (!(await may(constants.F_OK))) return 'absent';
  return (await may(constants.R_OK | constants.W_OK)) ? 'open' : 'closed';
}

/** `10.0.13` */
async function qemuVersion(options: AcceleratorOptions): Promise<string> {
  const argv = inToolsTree(options.toolsRoot, ['qemu-system-x86_64', '--version']);
  const completed = await options.runner.start({ argv }, { timeoutMs: tcgDeadlineMs }).completed;
  const version = /version (\d\S*)/.exec(completed.stdout)?.[1];
  if (options.signal?.aborted) throw new Interrupted();
  if (version !== undefined) return version;
  throw new EnvironmentError({
    code: 'tools-tree-unusable',
    severity: 'error',
    message: `QEMU of the tools tree at ${options.toolsRoot} does not run: it ${describeEnd(completed)}`,
    hint: `${completed.stderr.trim()}\nci/setup makes the tools tree and installs bubblewrap.`.trim(),
  });
}
