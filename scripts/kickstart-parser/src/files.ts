import { readBounded } from './source/bounded-read.ts';
import { decode } from './source/bytes.ts';
import { parse } from './syntax/parse.ts';
import type { Document } from './syntax/tree.ts';

/**
 * Reads and parses a kickstart from disk. Throws what the file system throws when it cannot be read, and an error with the
 * code EFBIG after 64 MiB.
 */
export function parseFile(path: string): Document {
  return parse(decode(readBounded(path)), { file: path });
}
