import { gunzipSync, gzipSync } from 'node:zlib';
import type { FileRecord } from './contents.ts';

const FIRST_LINE = 'phyllome files 1';
/** Some hundred thousand files have a tenth of that; a few KiB of somebody else's may unpack to more than there is memory. */
const MOST_BYTES = 256 * 2 ** 20;

/**
 * The list of files as it is kept: a line of tabs each, JSON where a name could be mistaken, packed. A hundred thousand files
 * are no matter for it.
 */
export function packFiles(files: readonly FileRecord[]): Uint8Array {
  const lines = files.map((file) =>
    [
      word(file.path),
      file.type[0],
      file.mode,
      file.owner,
      file.size,
      file.sha256 ?? '',
      word(file.target ?? ''),
      file.capabilities ?? '',
      file.package ?? '',
      file.configured === true ? 'configured' : '',
    ].join('\t'),
  );
  return gzipSync([FIRST_LINE, ...lines, ''].join('\n'), { level: 6 });
}

const TYPES: Readonly<Record<string, FileRecord['type']>> = { f: 'file', d: 'directory', l: 'link', o: 'other' };

/** @throws SyntaxError where it is no such list, or only a part of one */
export function unpackFiles(packed: Uint8Array): readonly FileRecord[] {
  const lines = textOf(packed).split('\n');
  if (lines[0] !== FIRST_LINE || lines.at(-1) !== '') throw new SyntaxError('no list of files');
  return lines.slice(1, -1).map((line) => {
    const [path = '', type = '', mode = '', owner = '', size, sha256, target, capabilities, owned, configured] =
      line.split('\t');
    return {
      path: unword(path),
      type: TYPES[type] ?? 'other',
      mode,
      owner,
      size: Number(size),
      ...(sha256 && { sha256 }),
      ...(type === 'l' && { target: unword(target ?? '') }),
      ...(capabilities && { capabilities }),
      ...(owned && { package: owned }),
      ...(configured && { configured: true }),
    };
  });
}

function textOf(packed: Uint8Array): string {
  try {
    return gunzipSync(packed, { maxOutputLength: MOST_BYTES }).toString('utf8');
  } catch (error) {
    throw new SyntaxError('no list of files', { cause: error });
  }
}

const word = (text: string) => (/[\t\n"]/.test(text) ? JSON.stringify(text) : text);
const unword = (text: string) => (text.startsWith('"') ? (JSON.parse(text) as string) : text);
