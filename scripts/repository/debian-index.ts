import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** The packages, virtual ones too, of the index files that apt fetched and verified into `lists`. */
export function namesInDebianIndex(lists: string): ReadonlySet<string> {
  const names = new Set<string>();
  for (const file of readdirSync(lists).filter((name) => name.endsWith('_Packages'))) {
    const text = readFileSync(path.join(lists, file), 'utf8');
    for (const [, key, value = ''] of text.matchAll(/^(Package|Provides): (.*)$/gm)) {
      const given = key === 'Package' ? [value] : value.split(',').map((one) => one.trim().split(/[ :]/)[0] ?? '');
      for (const name of given) names.add(name);
    }
  }
  return names;
}

/** A package as an index describes it. */
export interface IndexedPackage {
  readonly name: string;
  readonly version: string;
  readonly architecture: string;
  readonly size: number;
  readonly sha256: string;
  /** Of its file, below the address of the repository. */
  readonly path: string;
  /** Name of the index file, in apt's directory of lists. */
  readonly file: string;
}

/** Every package of the index files in `lists` that `isWanted` by their names. */
export function* packagesInDebianIndex(
  lists: string,
  isWanted: (file: string) => boolean = () => true,
): Generator<IndexedPackage> {
  for (const file of readdirSync(lists).filter((name) => name.endsWith('_Packages') && isWanted(name))) {
    for (const stanza of readFileSync(path.join(lists, file), 'utf8').split('\n\n')) {
      const value = (key: string) => new RegExp(`^${key}: (.*)$`, 'm').exec(stanza)?.[1] ?? '';
      const name = value('Package');
      if (name === '') continue;
      yield {
        name,
        version: value('Version'),
        architecture: value('Architecture'),
        size: Number(value('Size')),
        sha256: value('SHA256'),
        path: value('Filename'),
        file,
      };
    }
  }
}

/** What a repository says of itself in its signed Release file. Times as `2026-11-29T00:53:14Z`. */
export interface ReleaseTimes {
  readonly date: string;
  /** Not every archive limits how long it may be believed. */
  readonly validUntil?: string;
}

/** @throws where the text has no date: apt accepts none such */
export function releaseTimes(release: string): ReleaseTimes {
  const time = (key: string) => {
    const value = new RegExp(`^${key}: (.*)$`, 'm').exec(release)?.[1];
    return value === undefined ? undefined : `${new Date(value).toISOString().slice(0, 19)}Z`;
  };
  const date = time('Date');
  const validUntil = time('Valid-Until');
  if (date === undefined) throw new Error('a Release file without a date');
  return { date, ...(validUntil !== undefined && { validUntil }) };
}
