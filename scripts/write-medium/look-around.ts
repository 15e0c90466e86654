import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { ReportedError } from '../diagnostic/index.ts';
import type { Runner } from '../process/index.ts';
import { listing, readListing } from './block-devices.ts';
import { readUses } from './mounts.ts';
import type { Surroundings } from './verdict.ts';

/** What the system itself works from. */
const systemPaths = ['/', '/boot', '/usr'];

/** Looks at the disks of this computer and at what uses them; `kept`: paths of ours that must stay. */
export async function lookAround(runner: Runner, kept: readonly string[]): Promise<Surroundings> {
  const { stdout } = await runner.run(listing);
  const read = (file: string) => (existsSync(file) ? readFileSync(file, 'utf8') : '');
  return {
    devices: readListing(stdout),
    uses: readUses(read('/proc/self/mountinfo'), read('/proc/swaps')),
    kept: [...new Set([...systemPaths, ...kept].map(withoutLinks))],
    cards: cardsIn('/sys/block'),
  };
}

/** A path that is not there yet lies where its nearest directory does. */
function withoutLinks(wanted: string): string {
  if (existsSync(wanted)) return realpathSync(wanted);
  const above = path.dirname(wanted);
  return above === wanted ? wanted : path.join(withoutLinks(above), path.basename(wanted));
}

/** Soldered memory is of type MMC, a card that comes out of type SD. */
export function cardsIn(directory: string): ReadonlySet<string> {
  const names = existsSync(directory) ? readdirSync(directory) : [];
  const typeOf = (name: string) => {
    const file = path.join(directory, name, 'device/type');
    return existsSync(file) ? readFileSync(file, 'utf8').trim() : '';
  };
  return new Set(names.filter((name) => name.startsWith('mmcblk') && typeOf(name) === 'SD'));
}

/**
 * The path of a disk without links, as /dev/disk/by-id/ is full of.
 * @throws ReportedError for what is no device of blocks
 */
export function diskPath(given: string): string {
  const found = statSync(given, { throwIfNoEntry: false });
  if (found?.isBlockDevice()) return realpathSync(given);
  const what = found?.isFile() ? 'a file' : found?.isDirectory() ? 'a directory' : 'no disk';
  throw new ReportedError({
    code: 'no-disk',
    severity: 'error',
    message:
      found === undefined
        ? `${given}: there is no such device`
        : `${given} is ${what}, and images are written to disks`,
    hint: found?.isFile()
      ? '`cp` or `dd` copies an image to a file.'
      : '`lsblk -o PATH,SIZE,TRAN,MODEL` lists the disks; a stick appears there when it is plugged in.',
  });
}
