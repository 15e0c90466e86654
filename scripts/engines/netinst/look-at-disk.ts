import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { copyFromDisk, UnreadableDisk, withMeans } from '../../bits/index.ts';
import type { Context } from '../../context/index.ts';
import { type Found, readFound } from '../../image/index.ts';
import { CommandFailed, lastLines } from '../../process/index.ts';
import type { RenderedSet } from '../../render/index.ts';
import { lookedAt, noteFacts } from '../anaconda/index.ts';

/**
 * What is on the disk that was installed: what Anaconda does to it is not assumed from the kickstart. Its files are read without a
 * mount, in a directory that is gone afterwards, by rpm and systemctl of the tools tree at `toolsRoot`.
 * @param image path of the qcow2 file
 * @returns undefined where nobody can read it here; `warn` is told why
 */
export async function lookAtDisk(
  image: string,
  { kickstart, map }: Pick<RenderedSet, 'kickstart' | 'map'>,
  toolsRoot: string,
  host: Pick<Context, 'runner' | 'signal' | 'warn'> & { readonly cacheDirectory: string },
): Promise<Found | undefined> {
  return withMeans(host, toolsRoot, host.cacheDirectory, async (means) => {
    const [work, tree, facts] = ['work', 'tree', 'facts'].map(means.newPath) as [string, string, string];
    for (const directory of [work, tree, facts]) mkdirSync(directory, { mode: 0o700 });
    const file = path.join(work, 'kickstart');
    writeFileSync(file, kickstart, { mode: 0o600 });
    const wanted = [...lookedAt, ...map.files.map((one) => one.path.slice(1))];
    try {
      await copyFromDisk(image, wanted, tree, means);
      const names = 'tree=$1 work=$2 facts=$3 kickstart=$4; export LC_ALL=C';
      await means.run(['sh', '-euc', `${names}\n${noteFacts}`, 'look', tree, work, facts, file]);
    } catch (error) {
      host.signal.throwIfAborted();
      const reason = whyUnseen(error);
      if (reason === undefined) throw error;
      host.warn([
        {
          code: 'netinst-unseen',
          severity: 'warning',
          message: `nobody looked at what Anaconda made of the disk: ${reason}`,
          hint: 'test it: `phyllome test` asks the system itself once it runs',
        },
      ]);
      return undefined;
    }
    return readFound(facts);
  });
}

const fullDisk = ['ENOSPC', 'EDQUOT'];

/** An installation of hours is not lost for want of a look at it. Undefined where it is nothing that a disk can bring about. */
function whyUnseen(error: unknown): string | undefined {
  if (error instanceof UnreadableDisk) return error.reason;
  if (error instanceof Error && 'code' in error && fullDisk.includes(String(error.code))) return error.message;
  return error instanceof CommandFailed ? [error.message, ...lastLines(error.completed, 1)].join(': ') : undefined;
}
