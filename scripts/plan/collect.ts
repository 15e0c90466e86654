import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { makeDirectory, readJson, writeWhole } from '../files/index.ts';
import { isAlive, markOf, pidOf } from '../process/index.ts';
import type { StageCache } from './cache.ts';
import { remove } from './execute.ts';
import type { Execution } from './execution.ts';
import { removeAbandonedLocks } from './lock.ts';

/**
 * Which cached outputs are worth keeping: those that the last two builds of each flavour used, and the last two failed tries
 * since then. Nothing is removed while
 * another build runs, as it may be about to use what nobody mentions yet.
 */
export class CacheUse {
  readonly #cacheDirectory: string;
  readonly #running: string;

  constructor(cacheDirectory: string) {
    this.#cacheDirectory = cacheDirectory;
    this.#running = path.join(cacheDirectory, 'running', `${process.pid}`);
  }

  begin(): void {
    makeDirectory(path.dirname(this.#running));
    writeFileSync(this.#running, `${markOf()}\n`);
  }

  end(): void {
    rmSync(this.#running, { force: true });
  }

  /** Remembers what a finished build used. `name` identifies flavour and base. */
  remember(name: string, directories: readonly string[]): void {
    addGeneration(this.#listOf(name), directories);
    rmSync(this.#listOf(triesOf(name)), { force: true });
  }

  /** Remembers what a build had made when it failed. That pushes no finished build's outputs out. */
  rememberTry(name: string, directories: readonly string[]): void {
    addGeneration(this.#listOf(triesOf(name)), directories);
  }

  #listOf(name: string): string {
    return path.join(this.#cacheDirectory, 'used', `${name}.json`);
  }

  /** Removes what nobody needs any more. */
  async sweep(cache: StageCache, execution: Pick<Execution, 'runner' | 'removeArgv'>): Promise<void> {
    if (this.otherBuild() !== undefined) return;
    removeAbandonedLocks(cache.locks);
    await remove(this.#disposable(cache), execution);
  }

  /** The number of another process that builds with this cache now; undefined where none does. */
  otherBuild(): number | undefined {
    const directory = path.dirname(this.#running);
    if (!existsSync(directory)) return undefined;
    const marks = readdirSync(directory)
      .filter((pid) => Number(pid) !== process.pid)
      .map((pid) => markIn(path.join(directory, pid)));
    const other = marks.find(isAlive);
    return other === undefined ? undefined : pidOf(other);
  }

  /** What builds used, by their names: the last two of each, and the last two failed tries. Directories are absolute. */
  lists(): readonly UseList[] {
    const used = path.join(this.#cacheDirectory, 'used');
    if (!existsSync(used)) return [];
    return readdirSync(used)
      .filter((file) => file.endsWith('.json'))
      .map((file) => ({
        name: path.basename(file, '.json'),
        at: statSync(path.join(used, file)).mtime,
        generations: generationsIn(path.join(used, file)),
      }));
  }

  #disposable(cache: StageCache): string[] {
    if (!existsSync(path.join(this.#cacheDirectory, 'used'))) return cache.abandoned();
    const kept = this.lists().flatMap(({ generations }) => generations.flat());
    return [...cache.unused(new Set(kept)), ...cache.abandoned()];
  }
}

/** What the last builds of one flavour on one base used. */
export interface UseList {
  /** Of flavour and base; with a dot before it, of tries that failed. */
  readonly name: string;
  /** When the last of these builds ended. */
  readonly at: Date;
  /** The newest first. */
  readonly generations: readonly (readonly string[])[];
}

/** No flavour's name begins with a dot. */
const triesOf = (name: string) => `.tries-${name}`;

/** The last two stay. */
function addGeneration(list: string, directories: readonly string[]): void {
  makeDirectory(path.dirname(list));
  const before = generationsIn(list);
  const isSame = JSON.stringify(before[0]) === JSON.stringify(directories);
  const generations = isSame ? before : [directories, ...before];
  writeWhole(list, JSON.stringify(generations.slice(0, 2)));
}

/** Where a full disk cut the list short, what it named is made anew. */
function generationsIn(list: string): readonly (readonly string[])[] {
  return (readJson(list) ?? []) as string[][];
}

/** Empty when that process has just ended. */
function markIn(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
