import { type Attribute, type Entry, type Format, modeOf, textOf, timeOf } from '../layer.ts';
import { partOf, type Source } from '../source.ts';

const CPIO_HEADER = 110;
const BLOCK = 512;

/** cpio(5), "newc": an initramfs, or its first part; what follows the archive is an entry of its own. */
export const cpio: Format = {
  name: 'cpio',
  recognises: (source) => /^07070[12]$/.test(textOf(source, 0, 6)),
  open: (source) => ({ entries: cpioEntries(source), fields: [] }),
};

function cpioEntries(source: Source): readonly Entry[] {
  const found: Entry[] = [];
  let at = 0;
  while (at + CPIO_HEADER <= source.size) {
    const header = textOf(source, at, CPIO_HEADER);
    if (!/^07070[12][\da-fA-F]{104}$/.test(header)) throw new Error('the cpio archive is damaged');
    const number = (index: number) => Number.parseInt(header.slice(6 + index * 8, 14 + index * 8), 16);
    const [size, nameBytes] = [number(6), number(11)];
    const name = source.read(at + CPIO_HEADER, nameBytes - 1).toString('utf8');
    const contentAt = padded(at + CPIO_HEADER + nameBytes, 4);
    at = padded(contentAt + size, 4);
    if (name === 'TRAILER!!!') break;
    found.push({
      name: `/${name.replace(/^\.?\/*/, '')}`,
      attributes: new Map<string, Attribute>([
        ['mode', modeOf(number(1).toString(8))],
        ['owner', modeOf(`${number(2)}:${number(3)}`)],
        ['modified', timeOf(number(5))],
        ['inode', { kind: 'order', value: String(number(0)) }],
        ['links', { kind: 'content', value: String(number(4)) }],
        ['size', { kind: 'content', value: `${size} bytes` }],
      ]),
      content: partOf(source, contentAt, size),
    });
  }
  const rest = firstThatIsNotZero(source, at);
  if (rest < source.size) {
    found.push({ name: 'what follows', attributes: new Map(), content: partOf(source, rest, source.size - rest) });
  }
  return found;
}

const padded = (value: number, to: number) => Math.ceil(value / to) * to;

function firstThatIsNotZero(source: Source, from: number): number {
  for (let at = from; at < source.size; at += 65536) {
    const index = source.read(at, 65536).findIndex((byte) => byte !== 0);
    if (index !== -1) return at + index;
  }
  return source.size;
}

/** tar(5), ustar and pax. */
export const tar: Format = {
  name: 'tar',
  recognises: (source) => textOf(source, 257, 5) === 'ustar',
  open: (source) => ({ entries: tarEntries(source), fields: [] }),
};

function tarEntries(source: Source): readonly Entry[] {
  const found: Entry[] = [];
  let pax: ReadonlyMap<string, string> = new Map();
  for (let at = 0; at + BLOCK <= source.size; ) {
    const header = source.read(at, BLOCK);
    if (header.every((byte) => byte === 0)) break;
    const word = (from: number, length: number) => header.toString('utf8', from, from + length).replace(/\0.*$/s, '');
    const octal = (from: number, length: number) => Number.parseInt(word(from, length).trim() || '0', 8);
    const size = Number(pax.get('size') ?? octal(124, 12));
    const content = partOf(source, at + BLOCK, size);
    const type = word(156, 1);
    at += BLOCK + padded(size, BLOCK);
    if (type === 'x') {
      pax = paxRecords(content.read(0, size));
      continue;
    }
    const prefix = word(345, 155);
    found.push({
      name: pax.get('path') ?? `${prefix === '' ? '' : `${prefix}/`}${word(0, 100)}`,
      attributes: new Map<string, Attribute>([
        ['mode', modeOf(octal(100, 8).toString(8))],
        ['owner', modeOf(`${octal(108, 8)}:${octal(116, 8)}`)],
        ['modified', timeOf(Number(pax.get('mtime') ?? octal(136, 12)))],
        ['link', { kind: 'content', value: pax.get('linkpath') ?? word(157, 100) }],
        ['type', { kind: 'content', value: type }],
        ['size', { kind: 'content', value: `${size} bytes` }],
        ...[...pax].map(([key, value]) => [`pax ${key}`, { kind: 'content', value } satisfies Attribute] as const),
      ]),
      content,
    });
    pax = new Map();
  }
  return found;
}

/** Lines `LENGTH KEY=VALUE`, each as long as it says. */
function paxRecords(bytes: Buffer): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (let at = 0; at < bytes.length; ) {
    const length = Number.parseInt(bytes.toString('latin1', at, at + 20), 10);
    if (!(length > 3)) break;
    const [, key = '', value = ''] = /^\d+ ([^=]*)=(.*)\n$/s.exec(bytes.toString('utf8', at, at + length)) ?? [];
    found.set(key, value);
    at += length;
  }
  return found;
}
