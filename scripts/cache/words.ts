import { unknownValue, type Value } from '../command-line/index.ts';
import { columns, sizeInWords } from '../diagnostic/index.ts';
import type { CacheEntry, CacheListing } from './entries.ts';
import type { Pruned } from './prune.ts';

const UNITS: Readonly<Record<string, number>> = { KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30, TiB: 2 ** 40 };

/** `4GiB`, `1.5 GiB`, `800MiB`: a size in bytes. */
export const byteSize: Value<number> = {
  name: 'size',
  read: (given, option) => {
    const [, number = '', unit = ''] = /^(\d{1,6}(?:\.\d{1,3})?) ?([KMGT]iB)$/.exec(given) ?? [];
    const bytes = Math.round(Number(number) * (UNITS[unit] ?? 0));
    if (number === '' || bytes === 0) throw unknownValue(option, given, 'a size, such as 4GiB or 800MiB');
    return bytes;
  },
};

/** The entries of the cache as a table; packages and indexes as one line each, unless `all` is asked for. */
export function entriesInText({ entries, otherBytes }: CacheListing, directory: string, all: boolean): string {
  const single = all ? entries : entries.filter(({ kind }) => kind === 'stage');
  const rest = all ? [] : entries.filter(({ kind }) => kind !== 'stage');
  const rows = [
    ...single.map((entry) => [sizeInWords(entry.bytes), day(entry.usedAt), entry.name, usersOf(entry)]),
    ...summed('package', 'packages', rest),
    ...summed('index', 'indexes of repositories', rest),
    ...(otherBytes > 0 ? [[sizeInWords(otherBytes), '', 'all else', 'verdicts, locks, notes']] : []),
  ];
  const total = entries.reduce((sum, { bytes }) => sum + bytes, otherBytes);
  return [...columns(rows, [0]), `${sizeInWords(total)} in ${directory}`].join('\n');
}

/** What a pruning removed, and what is there now. */
export function prunedInText({ removed, mounted, bytes }: Pruned, maxBytes: number): string {
  const freed = removed.reduce((sum, entry) => sum + entry.bytes, 0);
  const rows = [
    ...removed.filter(({ kind }) => kind === 'stage').map((entry) => [sizeInWords(entry.bytes), entry.name]),
    ...summed('package', 'packages', removed).map(([size = '', , words = '']) => [size, words]),
    ...summed('index', 'indexes of repositories', removed).map(([size = '', , words = '']) => [size, words]),
  ];
  return [
    ...columns(rows, [0]).map((line) => `removed ${line}`),
    `${sizeInWords(freed)} freed; the cache takes ${sizeInWords(bytes)}, of ${sizeInWords(maxBytes)} that it may`,
    ...(bytes > maxBytes && mounted.length > 0
      ? [`running programs have mounted ${mounted.join(', ')}: prune again when they are over`]
      : []),
  ].join('\n');
}

const day = (date: Date): string => date.toISOString().slice(0, 16).replace('T', ' ');

const usersOf = ({ usedBy }: CacheEntry): string => (usedBy.length === 0 ? 'nobody' : usedBy.join(', '));

function summed(kind: CacheEntry['kind'], words: string, entries: readonly CacheEntry[]): string[][] {
  const these = entries.filter((entry) => entry.kind === kind);
  if (these.length === 0) return [];
  const bytes = these.reduce((sum, entry) => sum + entry.bytes, 0);
  const last = new Date(Math.max(...these.map(({ usedAt }) => usedAt.getTime())));
  const unused = these.filter(({ usedBy }) => usedBy.length === 0).length;
  const remark = kind === 'package' && unused > 0 ? `${unused} that nobody needs` : '';
  return [[sizeInWords(bytes), day(last), `${these.length} ${words}`, remark]];
}
