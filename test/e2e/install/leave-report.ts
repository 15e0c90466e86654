import { rmSync } from 'node:fs';
import path from 'node:path';
import { makeDirectory, sha256Of, writeWhole } from '../../../scripts/files/index.ts';

/** What an installation noted on its way. */
export interface Noted {
  /** What was asked of the installed system: its `results.json`. */
  run?: object;
  /** From power-on to power-off of the computer that was installed. */
  seconds?: number;
}

/**
 * Leaves the verdict of an installation beside its medium, as `phyllome test` leaves those of images: `sign` attests it. One of an
 * earlier run is gone before this one begins.
 * @param work fills in what it comes to know; the installation failed where it throws
 */
export async function leaveReport(name: string, iso: string, work: (noted: Noted) => Promise<void>): Promise<void> {
  const directory = path.join(path.dirname(iso), 'test/install', name);
  rmSync(directory, { recursive: true, force: true });
  makeDirectory(directory);
  const noted: Noted = {};
  const startedAt = new Date().toISOString();
  const medium = {
    file: path.basename(iso),
    sha256: await sha256Of(iso),
  };
  const leave = (verdict: 'passed' | 'failed', reason?: string) => {
    const installation = { case: name, medium, seconds: noted.seconds, ...(reason !== undefined && { reason }) };
    const report = { schema: 1, checks: [], ...noted.run, startedAt, verdict, installation };
    writeWhole(path.join(directory, 'results.json'), `${JSON.stringify(report, null, 2)}\n`);
  };
  try {
    await work(noted);
  } catch (error) {
    leave('failed', error instanceof Error ? error.message : String(error));
    throw error;
  }
  leave('passed');
}
