import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { makeDirectory, readJson, writeWhole } from '../files/index.ts';
import { isAlive, markOf } from '../process/index.ts';
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
    if (this.#othersRun()) return;
    removeAbandonedLocks(cache.locks);
    await remove(this.#disposable(cache), execution);
  }

  #disposable(cache: StageCache): string[] {
    const used = path.join(this.#cacheDirectory, 'used');
    if (!existsSync(used)) return cache.abandoned();
    const kept = readdirSync(used).flatMap((name) => generationsIn(path.join(used, name)).flat());
    return [...cache.unused(new Set(kept)), ...cache.abandoned()];
  }

  #othersRun(): boolean {
    const directory = path.dirname(this.#running);
    return readdirSync(directory).some(
      (pid) => Number(pid) !== process.pid && isAlive(markIn(path.join(directory, pid))),
    );
  }
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
