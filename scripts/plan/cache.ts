import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, statSync, utimesSync } from 'node:fs';
import path from 'node:path';
import { makeDirectory } from '../files/index.ts';
import { isAlive, markOf } from '../process/index.ts';
import type { CachedStage } from './plan.ts';

/**
 * Outputs of stages below one directory: `<cache>/stages/<id>-<key>/`. An output is made in `<cache>/tmp/` and moved
 * to its name when it is whole, so a name that exists is a finished output.
 */
export class StageCache {
  /** The cache directory. */
  readonly root: string;

  constructor(cacheDirectory: string) {
    this.root = cacheDirectory;
  }

  get stages(): string {
    return path.join(this.root, 'stages');
  }

  get temporaryRoot(): string {
    return path.join(this.root, 'tmp');
  }

  get locks(): string {
    return path.join(this.root, 'locks');
  }

  directoryOf(stage: CachedStage, key: string): string {
    return path.join(this.stages, `${stage.id}-${key}`);
  }

  /** The finished output that may be used for `stage`, or undefined. `offline` lets outdated indexes pass, `refresh` none. */
  find(
    stage: CachedStage,
    key: string,
    fill: (text: string) => string,
    policy: { offline: boolean; refresh: boolean },
  ): string | undefined {
    const directory = this.directoryOf(stage, key);
    if (!existsSync(directory)) return undefined;
    if (stage.reuse.kind === 'for' && !policy.offline) {
      if (policy.refresh) return undefined;
      const age = Date.now() - statSync(directory).mtimeMs;
      if (age > stage.reuse.milliseconds) return undefined;
    }
    if (stage.reuse.kind === 'if-unseen') {
      const seen = seenState(path.join(directory, stage.reuse.contents), fill(stage.reuse.changes));
      if (readFileSync(path.join(directory, 'seen'), 'utf8') !== seen) return undefined;
    }
    return directory;
  }

  /** An empty directory for the output of `stage`, private to this process. */
  begin(stage: CachedStage): string {
    privateDirectory(this.temporaryRoot);
    return mkdtempSync(path.join(this.temporaryRoot, `${stage.id}.${markOf()}.`));
  }

  /** What to remember with a finished output so that `find` can tell whether it is still true. */
  describe(
    stage: CachedStage,
    directory: string,
    fill: (text: string) => string,
  ): { name: string; content: string } | undefined {
    if (stage.reuse.kind !== 'if-unseen') return undefined;
    return { name: 'seen', content: seenState(path.join(directory, stage.reuse.contents), fill(stage.reuse.changes)) };
  }

  /** Moves a whole output to its final name. An older one of that name is returned for removal. */
  finish(stage: CachedStage, key: string, temporary: string): { directory: string; replaced?: string } {
    const directory = this.directoryOf(stage, key);
    privateDirectory(path.dirname(directory));
    const replaced = existsSync(directory) ? `${temporary}.replaced` : undefined;
    if (replaced !== undefined) renameSync(directory, replaced);
    renameSync(temporary, directory);
    const now = new Date();
    utimesSync(directory, now, now);
    return { directory, ...(replaced === undefined ? {} : { replaced }) };
  }

  /** Names of outputs that no list of used directories mentions. */
  unused(used: ReadonlySet<string>): string[] {
    const stages = this.stages;
    if (!existsSync(stages)) return [];
    return readdirSync(stages)
      .map((name) => path.join(stages, name))
      .filter((directory) => !used.has(directory));
  }

  /** Leftovers of processes that no longer run. */
  abandoned(): string[] {
    if (!existsSync(this.temporaryRoot)) return [];
    return readdirSync(this.temporaryRoot)
      .filter((name) => !isAlive(name.split('.')[1] ?? ''))
      .map((name) => path.join(this.temporaryRoot, name));
  }
}

/** Configured trees hold password hashes: their directories are their owner's alone. */
function privateDirectory(directory: string): void {
  makeDirectory(directory, 0o700);
}

/** A hash over the `changes` lines whose path is in `contents`. */
function seenState(contentsFile: string, changesFile: string): string {
  const contents = new Set(readFileSync(contentsFile, 'utf8').split('\n'));
  const seen = readFileSync(changesFile, 'utf8')
    .split('\n')
    .filter((line) => contents.has(line.split('\t', 1)[0] ?? ''));
  return createHash('sha256').update(seen.join('\n')).digest('hex');
}
