/** One of several that share a space. */
export interface Sharer {
  /** What it takes at least, in MiB. */
  readonly sizeMiB: number;
  readonly grows: boolean;
  readonly maximumMiB?: number;
}

/**
 * Gives each its size in MiB: those that grow share what the others leave, equally, each up to its maximum.
 * Undefined where they do not fit into `spaceMiB`.
 */
export function shareSpace(sharers: readonly Sharer[], spaceMiB: number): number[] | undefined {
  const sizes = sharers.map(({ sizeMiB }) => sizeMiB);
  let left = spaceMiB - sizes.reduce((sum, size) => sum + size, 0);
  if (left < 0) return undefined;
  const room = (index: number) => {
    const sharer = sharers[index];
    return sharer?.grows === true ? (sharer.maximumMiB ?? Number.POSITIVE_INFINITY) - (sizes[index] ?? 0) : 0;
  };
  for (;;) {
    const growing = sizes.flatMap((_, index) => (room(index) > 0 ? [index] : []));
    if (growing.length === 0 || left === 0) return sizes;
    const each = Math.max(1, Math.floor(left / growing.length));
    for (const index of growing) {
      const more = Math.min(each, room(index), left);
      sizes[index] = (sizes[index] ?? 0) + more;
      left -= more;
    }
  }
}
