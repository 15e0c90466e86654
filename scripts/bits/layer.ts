import type { Extent, Source } from './source.ts';

/** What kind of data it is in which two files differ. */
export type Kind =
  | 'time stamp'
  | 'identifier'
  | 'order'
  | 'mode or owner'
  | 'place'
  | 'checksum'
  | 'content'
  | 'presence';

/** Something that a layer says of an entry. */
export interface Attribute {
  readonly kind: Kind;
  readonly value: string;
}

/** A file, directory, partition … in a layer. */
export interface Entry {
  /** Its path, or what it is called. */
  readonly name: string;
  readonly attributes: ReadonlyMap<string, Attribute>;
  readonly content?: Source;
  /** Where the content lies in the layer, as far as it does so as it is. */
  readonly extents?: readonly Extent[];
}

/** Bytes of the layer's own that have a meaning. */
export interface Field {
  readonly name: string;
  readonly kind: Kind;
  readonly at: number;
  readonly length: number;
  /** What stands there, in words; hexadecimal digits when absent. */
  readonly show?: (bytes: Buffer) => string;
}

/** A container that was opened. */
export interface Layer {
  readonly entries: readonly Entry[];
  readonly fields: readonly Field[];
}

/** Runs a program of the tools tree on files in a directory of the comparison's own, and answers what it printed. */
export interface Means {
  /** A new path in that directory. */
  readonly newPath: (name: string) => string;
  /** Writes a source to a file that a program can read. */
  readonly asFile: (source: Source) => string;
  /** `read`: files elsewhere that the program is to find. @throws CommandFailed */
  readonly run: (argv: readonly [string, ...string[]], read?: readonly string[]) => Promise<string>;
}

/** One kind of container. */
export interface Format {
  /** As people call it: `ext4`, `ISO 9660`. */
  readonly name: string;
  recognises(source: Source): boolean;
  /** @throws where it is damaged, or of a kind that is not read here */
  open(source: Source, means: Means): Layer | Promise<Layer>;
}

export const textOf = (source: Source, at: number, length: number): string =>
  source.read(at, length).toString('latin1');

/** `2026-12-01T01:02:03Z`, or the number itself where it is no time. */
export function timeInWords(seconds: number): string {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? String(seconds) : date.toISOString().replace('.000Z', 'Z');
}

/** `01234567-89ab-…`, of 16 bytes in this order. */
export function uuidInWords(bytes: Buffer): string {
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

export const timeOf = (seconds: number): Attribute => ({ kind: 'time stamp', value: timeInWords(seconds) });
export const modeOf = (value: string | number): Attribute => ({ kind: 'mode or owner', value: String(value) });
