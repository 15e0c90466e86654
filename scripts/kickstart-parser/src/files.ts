import { readFileSync } from 'node:fs';
import { decode } from './source/bytes.ts';
import { parse } from './syntax/parse.ts';
import type { Document } from './syntax/tree.ts';

/** Reads and parses a kickstart from disk. Throws what the file system throws when it cannot be read. */
export function parseFile(path: string): Document {
  return parse(decode(readFileSync(path)), { file: path });
}
