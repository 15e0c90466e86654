import { access, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ReportedError } from '../../diagnostic/index.ts';
import { describeEnd, inToolsTree, lastLines, type Runner, type RunningProcess } from '../../process/index.ts';
import { tpmSocketName } from './arguments.ts';

const startMs = 5000;

/** What libvirt gives a guest: one bank of registers. swtpm alone makes four, and images would be measured otherwise here. */
const banks = 'sha256';

/**
 * Makes a TPM and starts swtpm for one machine; its state lies in the machine's directory and goes with it. It ends when QEMU does.
 * @throws ReportedError `swtpm-failed` with its own words
 */
export async function startTpm(options: {
  readonly runner: Runner;
  readonly toolsRoot: string;
  readonly directory: string;
  readonly logFile: string;
  readonly signal?: AbortSignal;
}): Promise<RunningProcess> {
  const { directory, runner, toolsRoot, logFile, signal } = options;
  await mkdir(path.join(directory, 'tpm-state'));
  const make = ['swtpm_setup', '--tpm2', '--tpmstate', 'tpm-state', '--pcr-banks', banks, '--lock-nvram'];
  const made = inToolsTree(toolsRoot, make, { cwd: directory, write: [directory] });
  await runner.run({ argv: made }, { logFile, ...(signal && { signal }) });
  const argv = [
    'swtpm',
    'socket',
    '--tpm2',
    '--tpmstate',
    'dir=tpm-state',
    '--terminate',
    '--ctrl',
    `type=unixio,path=${tpmSocketName}`,
    '--flags',
    'startup-clear',
  ];
  const tree = inToolsTree(toolsRoot, argv, { cwd: directory, write: [directory] });
  const running = runner.start({ argv: tree }, { logFile, ...(signal && { signal }) });
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
