import { closeSync, openSync, readSync, statSync } from 'node:fs';

/** Bytes that can be read from anywhere: a file, or a part of one. */
export interface Source {
  readonly size: number;
  /** As many as there are from `at` on, at most `length`. */
  read(at: number, length: number): Buffer;
}

/** As much is compared at a time. */
const PIECE = 2 ** 20;

/** A file. It is open while it is read only: there may be as many as a root tree has. */
export function fileSource(file: string): Source {
  const { size } = statSync(file);
  return {
    size,
    read: (at, length) => {
      const wanted = Math.max(0, Math.min(length, size - at));
      const buffer = Buffer.alloc(wanted);
      const descriptor = openSync(file, 'r');
      try {
        for (let done = 0; done < wanted; ) {
          const count = readSync(descriptor, buffer, done, wanted - done, at + done);
          if (count === 0) return buffer.subarray(0, done);
          done += count;
        }
      } finally {
        closeSync(descriptor);
      }
      return buffer;
    },
  };
}

export function bytesSource(bytes: Buffer): Source {
  return { size: bytes.length, read: (at, length) => bytes.subarray(at, at + length) };
}

/** Where a part of a source lies in it; a hole has no place, and reads as zeros. */
export interface Extent {
  readonly at: number | undefined;
  readonly length: number;
}

/** Where the parts of a file lie, as a text that differs where they do. */
export const extentsInWords = (extents: readonly Extent[]): string =>
  extents.map(({ at, length }) => `${at ?? 'hole'}+${length}`).join(' ');

/** Parts of a source, one behind another. */
export function partsOf(source: Source, extents: readonly Extent[]): Source {
  const size = extents.reduce((sum, { length }) => sum + length, 0);
  return {
    size,
    read: (at, length) => {
      const pieces: Buffer[] = [];
      const end = Math.min(at + length, size);
      let start = 0;
      for (const extent of extents) {
        const [from, to] = [Math.max(at, start), Math.min(end, start + extent.length)];
        if (from < to) {
          pieces.push(
            extent.at === undefined ? Buffer.alloc(to - from) : source.read(extent.at + from - start, to - from),
          );
        }
        start += extent.length;
        if (start >= end) break;
      }
      return pieces.length === 1 && pieces[0] !== undefined ? pieces[0] : Buffer.concat(pieces);
    },
  };
}

/** A file of `size` bytes in these extents: what is past the last one is a hole, and what they have more is no part of it. */
export function sizedParts(source: Source, extents: readonly Extent[], size: number): Source {
  const missing = size - extents.reduce((sum, { length }) => sum + length, 0);
  const whole = partsOf(source, missing > 0 ? [...extents, { at: undefined, length: missing }] : extents);
  return { size, read: (at, length) => whole.read(at, Math.max(0, Math.min(length, size - at))) };
}

export function partOf(source: Source, at: number, length: number): Source {
  return partsOf(source, [{ at, length: Math.max(0, Math.min(length, source.size - at)) }]);
}

/** A range of bytes. */
export interface Range {
  readonly at: number;
  readonly length: number;
}

/**
 * The ranges in which two sources differ, the surplus of the longer one among them; those less than `gap` bytes apart count as one.
 * At most `most`.
 */
export function differingRanges(a: Source, b: Source, { gap = 1, most = 1000 } = {}): readonly Range[] {
  const found: { at: number; length: number }[] = [];
  const add = (at: number, length: number) => {
    const last = found.at(-1);
    if (last !== undefined && at - (last.at + last.length) < gap) last.length = at + length - last.at;
    else found.push({ at, length });
  };
  const common = Math.min(a.size, b.size);
  for (let at = 0; at < common && found.length <= most; at += PIECE) {
    const length = Math.min(PIECE, common - at);
    const [left, right] = [a.read(at, length), b.read(at, length)];
    if (left.equals(right)) continue;
    for (let index = 0; index < length && found.length <= most; index++) {
      if (left[index] !== right[index]) add(at + index, 1);
    }
  }
  if (a.size !== b.size) add(common, Math.max(a.size, b.size) - common);
  return found.slice(0, most);
}

export function isSame(a: Source, b: Source): boolean {
  if (a.size !== b.size) return false;
  for (let at = 0; at < a.size; at += PIECE) {
    if (!a.read(at, PIECE).equals(b.read(at, PIECE))) return false;
  }
  return true;
}
