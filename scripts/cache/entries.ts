import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Context } from '../context/index.ts';
import { CacheUse } from '../plan/index.ts';
import { diskUsage } from './disk-usage.ts';
import { placesOf } from './places.ts';

/** One thing in the cache that can be made or fetched again. */
export interface CacheEntry {
  /** `stage`: what a step of builds made; `package`: a fetched package; `index`: what repositories say of themselves. */
  readonly kind: 'stage' | 'package' | 'index';
  /** Its name in its directory: `root-tree-3f…`, `bash_5.2_amd64.deb`. */
  readonly name: string;
  /** Absolute. */
  readonly file: string;
  /** What it takes on the disk. */
  readonly bytes: number;
  /** When a build last ended that used it; of what no build has noted, when it was made. */
  readonly usedAt: Date;
  /** Flavours and bases whose last two builds used it; none where nothing needs it any more. */
  readonly usedBy: readonly string[];
}

/** All of the cache. */
export interface CacheListing {
  readonly entries: readonly CacheEntry[];
  /** What else lies there (verdicts, locks, this program made ready to start), in bytes on the disk. */
  readonly otherBytes: number;
}

/** Reads what is in the cache, the largest first. A cache that is not there is empty. */
export async function listCache(context: Pick<Context, 'places' | 'runner' | 'signal'>): Promise<CacheListing> {
  const { root, stages, packages, indexes } = placesOf(context.places.cache);
  if (!existsSync(root)) return { entries: [], otherBytes: 0 };
  const uses = usesIn(root);
  const usage = await diskUsage([...entriesIn(stages), ...entriesIn(indexes)], context);
  const other = entriesIn(root).filter((file) => ![stages, packages, indexes].includes(file));
  const rest = await diskUsage(other, context);
  const entry = (kind: CacheEntry['kind'], file: string, bytes: number): CacheEntry => {
    const name = path.basename(file);
    const used = uses.get(name);
    return { kind, name, file, bytes, usedAt: used?.at ?? lstatSync(file).mtime, usedBy: [...(used?.by ?? [])].sort() };
  };
  const entries = [
    ...entriesIn(stages).map((file) => entry('stage', file, usage.get(file) ?? 0)),
    ...entriesIn(packages).map((file) => entry('package', file, lstatSync(file).blocks * 512)),
    ...entriesIn(indexes).map((file) => entry('index', file, usage.get(file) ?? 0)),
  ];
  const otherBytes = [...rest.values()].reduce((sum, bytes) => sum + bytes, 0);
  return { entries: entries.sort((a, b) => b.bytes - a.bytes || (a.name < b.name ? -1 : 1)), otherBytes };
}

const entriesIn = (directory: string): readonly string[] =>
  existsSync(directory) ? readdirSync(directory).map((name) => path.join(directory, name)) : [];

interface Use {
  readonly at: Date;
  readonly by: ReadonlySet<string>;
}

/** By name: when stages were last used and by what; of packages, when a stage was that has them in its list. */
function usesIn(cache: string): ReadonlyMap<string, Use> {
  const uses = new Map<string, Use>();
  const note = (name: string, at: Date, by: readonly string[]) => {
    const before = uses.get(name);
    const latest = before === undefined || before.at < at ? at : before.at;
    uses.set(name, { at: latest, by: new Set([...(before?.by ?? []), ...by]) });
  };
  for (const { name, at, generations } of new CacheUse(cache).lists()) {
    generations.forEach((directories, age) => {
      for (const directory of directories) {
        // Of an earlier build only that it was before is known.
        const made = lstatSync(directory, { throwIfNoEntry: false })?.mtime;
        if (made !== undefined) note(path.basename(directory), age === 0 ? at : made, [name.replace(/^\.tries-/, '')]);
      }
    });
  }
  for (const [stage, { at, by }] of [...uses]) {
    for (const file of packagesOf(path.join(placesOf(cache).stages, stage, 'lock'))) note(file, at, [...by]);
  }
  return uses;
}

/** Of a list of exact packages, lines `FILE BYTES SHA256:SUM`; none where there is no list. */
function packagesOf(list: string): readonly string[] {
  if (lstatSync(list, { throwIfNoEntry: false })?.isFile() !== true) return [];
  return readFileSync(list, 'utf8')
    .split('\n')
    .flatMap((line) => line.split(' ', 1)[0] || []);
}
