import path from 'node:path';
import type { LabRun } from '../boot/lab-run.ts';
import { machineGone } from './gone.ts';
import { announceSession } from './registry.ts';
import { serveShells } from './shell-server.ts';

/**
 * Lets people into a machine's guest by `phyllome shell` until `until` is aborted or the machine is turned off. The guest
 * may restart as it likes.
 * @throws ReportedError `machine-gone` when the machine died: how, QEMU's last words, and its log
 */
export async function holdOpen(
  run: LabRun,
  options: { readonly runDir: string; readonly cacheDir: string; readonly title: string; readonly until: AbortSignal },
): Promise<void> {
  const { runDir, title, until } = options;
  const directory = path.join(runDir, 'machine');
  await run.allowRestarts();
  const close = await serveShells(run, directory);
  const takeBack = await announceSession(options.cacheDir, { pid: process.pid, title, directory });
  const aborted = new Promise<undefined>((resolve) => {
    if (until.aborted) resolve(undefined);
    until.addEventListener('abort', () => resolve(undefined), { once: true });
  });
  const end = await Promise.race([aborted, run.howItEnded]);
  await takeBack();
  await close(end === undefined ? `${title} was turned off` : `${title} is gone: ${end.message}`);
  if (end === undefined || end.isOrderly) return;
  const console = run.lastLines.slice(-5).map((line) => `  ${line}`);
  throw machineGone(title, end.message, [
    ...end.details,
    ...(console.length > 0 ? ['last lines of the console:', ...console] : []),
    `log: ${path.join(runDir, 'qemu.log')}`,
  ]);
}
