import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isAlive, markOf } from '../process/index.ts';
import type { StageCache } from './cache.ts';
import { remove } from './execute.ts';
import type { Execution } from './execution.ts';

/**
 * Which cached outputs are worth keeping: those that the last two builds of each flavour used. Nothing is removed while
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
    mkdirSync(path.dirname(this.#running), { recursive: true });
    writeFileSync(this.#running, `${markOf()}\n`);
  }

  end(): void {
    rmSync(this.#running, { force: true });
  }

  /** Remembers what a finished build used. `name` identifies flavour and base. */
  remember(name: string, directories: readonly string[]): void {
    const file = path.join(this.#cacheDirectory, 'used', `${name}.json`);
    mkdirSync(path.dirname(file), { recursive: true });
    const before = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as string[][]) : [];
    const generations = JSON.stringify(before[0]) === JSON.stringify(directories) ? before : [directories, ...before];
    writeFileSync(file, JSON.stringify(generations.slice(0, 2)));
  }

  /** Removes what nobody needs any more. */
  async sweep(cache: StageCache, execution: Pick<Execution, 'runner' | 'removeArgv'>): Promise<void> {
    await remove(this.#disposable(cache), execution);
  }

  #disposable(cache: StageCache): string[] {
    if (this.#othersRun()) return [];
    const used = path.join(this.#cacheDirectory, 'used');
    if (!existsSync(used)) return cache.abandoned();
    const kept = readdirSync(used).flatMap((name) =>
      (JSON.parse(readFileSync(path.join(used, name), 'utf8')) as string[][]).flat(),
    );
    return [...cache.unused(new Set(kept)), ...cache.abandoned()];
  }

  #othersRun(): boolean {
    const directory = path.dirname(this.#running);
    return readdirSync(directory).some(
      (pid) => Number(pid) !== process.pid && isAlive(markIn(path.join(directory, pid))),
    );
  }
}

/** Empty when that process has just ended. */
function markIn(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
