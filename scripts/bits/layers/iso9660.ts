import { type Attribute, type Entry, type Format, modeOf, textOf, uuidInWords } from '../layer.ts';
import { type Extent, partsOf, type Source } from '../source.ts';
import { fat } from './fat.ts';
import { gpt, partitionsOf } from './gpt.ts';

const SECTOR = 2048;
const VOLUME = 16 * SECTOR;
const MORE_FOLLOWS = 0x80;
const DIRECTORY = 0x02;

const text = (bytes: Buffer) => bytes.toString('latin1').replaceAll('\0', '').trim();
const dates = [
  ['date of making', 813],
  ['date of the last change', 830],
  ['date of expiry', 847],
  ['date of being in effect', 864],
] as const;

/** ECMA-119 with Rock Ridge, and the partitions of a hybrid one that are no part of its files. */
export const iso9660: Format = {
  name: 'ISO 9660',
  recognises: (source) => textOf(source, VOLUME + 1, 5) === 'CD001',
  open: (source) => {
    const isHybrid = gpt.recognises(source);
    const appended = isHybrid
      ? partitionsOf(source).filter(({ content }) => content !== undefined && fat.recognises(content))
      : [];
    return {
      entries: [...filesOf(source), ...appended],
      fields: [
        { name: 'boot code of the BIOS', kind: 'content', at: 0, length: 440 },
        { name: 'signature of the disk', kind: 'identifier', at: 440, length: 4 },
        ...(isHybrid
          ? [{ name: 'identifier of the disk', kind: 'identifier' as const, at: 568, length: 16, show: uuidInWords }]
          : []),
        { name: 'volume identifier', kind: 'identifier', at: VOLUME + 40, length: 32, show: text },
        { name: 'program that made it', kind: 'content', at: VOLUME + 574, length: 128, show: text },
        ...dates.map(([name, at]) => ({ name, kind: 'time stamp' as const, at: VOLUME + at, length: 17, show: text })),
      ],
    };
  },
};

/** Its files and directories, by their paths. */
export function filesOf(source: Source): readonly Entry[] {
  const found: Entry[] = [];
  const visit = (record: Buffer, path: string, extents: readonly Extent[], depth: number) => {
    if (depth > 64) throw new Error('the ISO has a circle of directories');
    const isDirectory = ((record[25] ?? 0) & DIRECTORY) !== 0;
    const content = partsOf(source, extents);
    found.push({
      name: path === '' ? '/' : path,
      attributes: attributesOf(source, record, content.size, extents),
      ...(!isDirectory && { content, extents }),
    });
    if (!isDirectory) return;
    let parts: readonly Extent[] = [];
    for (const child of recordsIn(content)) {
      parts = [...parts, extentOf(child)];
      // A file of more than 4 GiB has several records.
      if (((child[25] ?? 0) & MORE_FOLLOWS) !== 0) continue;
      visit(child, `${path}/${nameOf(source, child)}`, parts, depth + 1);
      parts = [];
    }
  };
  const root = source.read(VOLUME + 156, 34);
  visit(root, '', [extentOf(root)], 0);
  return found;
}

const extentOf = (record: Buffer): Extent => ({ at: record.readUInt32LE(2) * SECTOR, length: record.readUInt32LE(10) });

/** But those of the directory itself and of the one above. None goes over the end of a sector. */
function recordsIn(directory: Source): readonly Buffer[] {
  const bytes = directory.read(0, directory.size);
  const found: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = bytes[at] ?? 0;
    if (length === 0) {
      at = (Math.floor(at / SECTOR) + 1) * SECTOR;
      continue;
    }
    const record = bytes.subarray(at, at + length);
    const isDot = record[32] === 1 && (record[33] ?? 0) <= 1;
    if (length >= 34 && !isDot) found.push(record);
    at += length;
  }
  return found;
}

/** The entries of SUSP behind a name, and where they go on. */
function systemUse(source: Source, record: Buffer): ReadonlyMap<string, Buffer> {
  const length = record[32] ?? 0;
  const found = new Map<string, Buffer>();
  let area = record.subarray(33 + length + (length % 2 === 0 ? 1 : 0));
  for (let areas = 0; areas < 16 && area.length > 0; areas++) {
    let next: Buffer = Buffer.alloc(0);
    for (let at = 0; at + 4 <= area.length; ) {
      const size = area[at + 2] ?? 0;
      if (size < 4) break;
      const [name, entry] = [area.toString('latin1', at, at + 2), area.subarray(at, at + size)];
      if (name === 'CE')
        next = source.read(entry.readUInt32LE(4) * SECTOR + entry.readUInt32LE(12), entry.readUInt32LE(20));
      else if (name === 'NM') found.set(name, Buffer.concat([found.get(name) ?? Buffer.alloc(0), entry.subarray(5)]));
      else found.set(name, entry);
      at += size;
    }
    area = next;
  }
  return found;
}

function nameOf(source: Source, record: Buffer): string {
  const plain = record.toString('latin1', 33, 33 + (record[32] ?? 0)).replace(/;1$/, '');
  return systemUse(source, record).get('NM')?.toString('utf8') ?? plain;
}

function attributesOf(
  source: Source,
  record: Buffer,
  size: number,
  extents: readonly Extent[],
): ReadonlyMap<string, Attribute> {
  const more = systemUse(source, record);
  return new Map<string, Attribute>([
    ['recorded', { kind: 'time stamp', value: recordedAt(record) }],
    ['times', { kind: 'time stamp', value: more.get('TF')?.toString('hex', 4) ?? '' }],
    ['mode and owner', modeOf(more.get('PX')?.toString('hex', 4) ?? '')],
    ['link', { kind: 'content', value: more.get('SL')?.toString('latin1', 5) ?? '' }],
    ['size', { kind: 'content', value: `${size} bytes` }],
    ['place', { kind: 'place', value: extents.map(({ at }) => at).join(' ') }],
  ]);
}

/** Seven bytes: years since 1900 to seconds, then quarters of an hour from UTC. */
function recordedAt(record: Buffer): string {
  const [year = 0, ...rest] = record.subarray(18, 25);
  return [1900 + year, ...rest].join('-');
}
