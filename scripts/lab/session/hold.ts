import path from 'node:path';
import type { LabRun } from '../boot/lab-run.ts';
import { announceSession } from './registry.ts';
import { serveShells } from './shell-server.ts';

/** Lets people into a machine's guest by `phyllome shell` until `until` is aborted or the machine ends. */
export async function holdOpen(
  run: LabRun,
  options: { readonly runDir: string; readonly cacheDir: string; readonly title: string; readonly until: AbortSignal },
): Promise<void> {
  const directory = path.join(options.runDir, 'machine');
  const close = await serveShells(run, directory);
  const takeBack = await announceSession(options.cacheDir, { pid: process.pid, title: options.title, directory });
  try {
    const aborted = new Promise<void>((resolve) => {
      if (options.until.aborted) resolve();
      options.until.addEventListener('abort', () => resolve(), { once: true });
    });
    await Promise.race([aborted, run.machine.ended]);
  } finally {
    await takeBack();
    await close();
  }
}
