import { existsSync } from 'node:fs';
import { access, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ReportedError } from '../../diagnostic/index.ts';
import { describeEnd, inToolsTree, lastLines, type Runner, type RunningProcess } from '../../process/index.ts';
import { tpmSocketName } from './arguments.ts';

const startMs = 5000;

/** What libvirt gives a guest: one bank of registers. swtpm alone makes four, and images would be measured otherwise here. */
const banks = 'sha256';
/** swtpm's name of what a TPM never forgets. */
const madeState = 'tpm2-00.permall';

/**
 * Starts swtpm for one machine, with the TPM whose state is in `stateDirectory`, or a new one. It ends when QEMU does.
 * @throws ReportedError `swtpm-failed` with its own words
 */
export async function startTpm(options: {
  readonly runner: Runner;
  readonly toolsRoot: string;
  /** The machine's own, where its sockets are. */
  readonly directory: string;
  /** Absolute; holds `tpm-state`. */
  readonly stateDirectory: string;
  readonly logFile: string;
  readonly signal?: AbortSignal;
}): Promise<RunningProcess> {
  const { directory, stateDirectory, runner, toolsRoot, logFile, signal } = options;
  const state = path.join(stateDirectory, 'tpm-state');
  const places = { cwd: directory, write: [...new Set([directory, stateDirectory])] };
  if (!existsSync(path.join(state, madeState))) {
    await mkdir(state, { recursive: true });
    const make = ['swtpm_setup', '--tpm2', '--tpmstate', state, '--pcr-banks', banks, '--lock-nvram'];
    await runner.run({ argv: inToolsTree(toolsRoot, make, places) }, { logFile, ...(signal && { signal }) });
  }
  const argv = [
    'swtpm',
    'socket',
    '--tpm2',
    '--tpmstate',
    `dir=${state}`,
    '--terminate',
    '--ctrl',
    `type=unixio,path=${tpmSocketName}`,
    '--flags',
    'startup-clear',
  ];
  const running = runner.start({ argv: inToolsTree(toolsRoot, argv, places) }, { logFile, ...(signal && { signal }) });
  const failed = running.completed.then((completed) => {
    throw new ReportedError({
      code: 'swtpm-failed',
      severity: 'error',
      message: `swtpm ${describeEnd(completed)} before the machine could be turned on`,
      hint: lastLines(completed, 5).join('\n'),
    });
  });
  failed.catch(() => {});
  await Promise.race([listening(path.join(directory, tpmSocketName)), failed]);
  return running;
}

async function listening(socket: string): Promise<void> {
  const deadline = Date.now() + startMs;
  for (;;) {
    const there = await access(socket).then(
      () => true,
      () => false,
    );
    if (there) return;
    if (Date.now() > deadline) {
      throw new ReportedError({ code: 'swtpm-failed', severity: 'error', message: 'swtpm opened no socket in time' });
    }
    await sleep(20);
  }
}
