import type { OptionGrammar } from '../grammar/grammar.ts';

const KIB: Readonly<Record<string, number>> = { K: 1, M: 1024, G: 1024 ** 2, T: 1024 ** 3 };

/** Options that count in one unit, which Anaconda lets nobody write: its size in KiB. By pykickstart's documentation of each. */
const COUNTED_IN: Readonly<Record<string, number>> = {
  '--size': KIB.M ?? 1,
  '--maxsize': KIB.M ?? 1,
  '--cachesize': KIB.M ?? 1,
  '--metadatasize': KIB.M ?? 1,
  '--reserved-space': KIB.M ?? 1,
  '--pesize': 1,
  '--chunksize': 1,
};

/**
 * `2G`, `1.5GiB`, `512MB` as the number that an option counts by, `2048` for `--size`: undefined where it is no such text, or no whole
 * number comes out. K, M, G and T are powers of 1024 here, with or without `B` or `iB` behind them.
 */
export function sizeFor({ names: [name = ''], kind }: OptionGrammar, text: string): string | undefined {
  const unit = COUNTED_IN[name];
  const [, digits = '', letter = ''] = /^(\d{1,12}(?:\.\d{1,3})?)([KMGT])(?:i?B)?$/i.exec(text) ?? [];
  if (unit === undefined || kind !== 'int' || digits === '') return undefined;
  const number = (Number(digits) * (KIB[letter.toUpperCase()] ?? 1)) / unit;
  return Number.isSafeInteger(number) && number > 0 ? String(number) : undefined;
}
