/** One of several equal parts of the work: `2/3` is the second of three. */
export interface Shard {
  readonly number: number;
  readonly of: number;
}

/** Undefined when the text is no shard. */
export function parseShard(text: string): Shard | undefined {
  const [, number, of] = /^(\d+)\/(\d+)$/.exec(text) ?? [];
  const shard = { number: Number(number), of: Number(of) };
  return shard.number >= 1 && shard.number <= shard.of ? shard : undefined;
}

/** Every entry is in exactly one shard; neighbours are in different ones, as they often take about as long. */
export function inShard<T>(entries: readonly T[], { number, of }: Shard): T[] {
  return entries.filter((_, index) => index % of === number - 1);
}
