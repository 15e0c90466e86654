/** `count` of the items, chosen by `seed`: the same seed chooses the same ones. In their own order; all of them when there are no more. */
export function sample<T>(items: readonly T[], count: number, seed: number): T[] {
  const random = numbersFrom(seed);
  const order = items.map((_, index) => index);
  const chosen: number[] = [];
  while (chosen.length < count && order.length > 0) {
    const [index = 0] = order.splice(Math.floor(random() * order.length), 1);
    chosen.push(index);
  }
  const kept = new Set(chosen);
  return items.filter((_, index) => kept.has(index));
}

/** Numbers from 0 up to, not including, 1: mulberry32, small and good enough to pick a sample. */
function numbersFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
