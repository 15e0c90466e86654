import { createHash } from 'node:crypto';
import {
  type Attribute,
  type Entry,
  type Field,
  type Format,
  modeOf,
  timeInWords,
  timeOf,
  uuidInWords,
} from '../layer.ts';
import { bytesSource, type Extent, extentsInWords, type Source, sizedParts } from '../source.ts';

// Documentation/filesystems/ext4 of Linux: superblock, group descriptors, inodes, extents, directories.
const SUPERBLOCK = 1024;
const ROOT = 2;
const HAS_EXTENTS = 0x80000;
const HAS_64BIT = 0x80;
const META_BG = 0x10;

export const ext4: Format = {
  name: 'ext4',
  recognises: (source) => source.size > 2 * SUPERBLOCK && source.read(SUPERBLOCK + 0x38, 2).readUInt16LE() === 0xef53,
  open: (source) => {
    const volume = new Volume(source);
    return { entries: volume.entries(), fields: [...superblockFields, ...volume.tableFields()] };
  },
};

const time = (bytes: Buffer) => timeInWords(bytes.readUInt32LE());
const superblockField = (
  name: string,
  kind: Field['kind'],
  at: number,
  length: number,
  show?: Field['show'],
): Field => ({
  name,
  kind,
  at: SUPERBLOCK + at,
  length,
  ...(show && { show }),
});
const superblockFields: readonly Field[] = [
  superblockField('time of the last mount', 'time stamp', 0x2c, 4, time),
  superblockField('time of the last write', 'time stamp', 0x30, 4, time),
  superblockField('time of the last check', 'time stamp', 0x40, 4, time),
  superblockField('UUID', 'identifier', 0x68, 16, uuidInWords),
  superblockField('label', 'content', 0x78, 16, (bytes) => bytes.toString('latin1').replaceAll('\0', '')),
  superblockField('seed of directory hashes', 'identifier', 0xec, 16, uuidInWords),
  superblockField('time of making', 'time stamp', 0x108, 4, time),
  superblockField('kilobytes written', 'content', 0x178, 8),
  superblockField('seed of checksums', 'checksum', 0x270, 4),
  superblockField('checksum', 'checksum', 0x3fc, 4),
];

class Volume {
  readonly #source: Source;
  readonly #blockSize: number;
  readonly #inodesPerGroup: number;
  readonly #inodeSize: number;
  readonly #tables: readonly number[];

  constructor(source: Source) {
    const superblock = source.read(SUPERBLOCK, 1024);
    const incompatible = superblock.readUInt32LE(0x60);
    if ((incompatible & META_BG) !== 0) throw new Error('ext4 with meta_bg is not read here');
    this.#source = source;
    this.#blockSize = 1024 << superblock.readUInt32LE(0x18);
    this.#inodesPerGroup = superblock.readUInt32LE(0x28);
    this.#inodeSize = superblock.readUInt16LE(0x58);
    const size = (incompatible & HAS_64BIT) === 0 ? 32 : superblock.readUInt16LE(0xfe);
    const groups = Math.ceil(superblock.readUInt32LE(0) / this.#inodesPerGroup);
    const descriptors = source.read((superblock.readUInt32LE(0x14) + 1) * this.#blockSize, groups * size);
    this.#tables = Array.from({ length: groups }, (_, group) => {
      const high = size > 32 ? descriptors.readUInt32LE(group * size + 0x28) : 0;
      return (high * 2 ** 32 + descriptors.readUInt32LE(group * size + 8)) * this.#blockSize;
    });
  }

  /** Every file, directory and link, by path. */
  entries(): readonly Entry[] {
    const found: Entry[] = [];
    const seen = new Set<number>();
    const visit = (number: number, path: string) => {
      const inode = this.#inode(number);
      const extents = this.#extentsOf(inode);
      const kind = inode.readUInt16LE(0) & 0xf000;
      const size = inode.readUInt32LE(4) + inode.readUInt32LE(0x6c) * 2 ** 32;
      const content = contentOf(this.#source, inode, extents, size);
      const isDirectory = kind === 0x4000;
      found.push({
        name: path === '' ? '/' : path,
        attributes: attributesOf(number, inode, extents, size),
        ...(!isDirectory && content !== undefined && { content, extents }),
      });
      if (!isDirectory || seen.has(number)) return;
      seen.add(number);
      for (const { name, inode: child } of namesIn(content?.read(0, size) ?? Buffer.alloc(0)))
        visit(child, `${path}/${name}`);
    };
    visit(ROOT, '');
    return found;
  }

  tableFields(): readonly Field[] {
    const length = this.#inodesPerGroup * this.#inodeSize;
    return [
      {
        name: 'the journal and inodes without a name',
        kind: 'place',
        at: this.#tables[0] ?? 0,
        length: 10 * this.#inodeSize,
      },
      ...this.#tables.map((at, group): Field => ({ name: `inodes of group ${group}`, kind: 'place', at, length })),
    ];
  }

  #inode(number: number): Buffer {
    const table = this.#tables[Math.floor((number - 1) / this.#inodesPerGroup)];
    if (table === undefined) throw new Error(`ext4: there is no inode ${number}`);
    return this.#source.read(table + ((number - 1) % this.#inodesPerGroup) * this.#inodeSize, this.#inodeSize);
  }

  #extentsOf(inode: Buffer): readonly Extent[] {
    if ((inode.readUInt32LE(0x20) & HAS_EXTENTS) === 0) return [];
    const found: Extent[] = [];
    let next = 0;
    const walk = (node: Buffer) => {
      if (node.readUInt16LE(0) !== 0xf30a) throw new Error('ext4: a tree of extents is damaged');
      const [count, depth] = [node.readUInt16LE(2), node.readUInt16LE(6)];
      for (let index = 0; index < count; index++) {
        const entry = node.subarray(12 + index * 12, 24 + index * 12);
        if (depth > 0) {
          walk(
            this.#source.read(
              (entry.readUInt16LE(8) * 2 ** 32 + entry.readUInt32LE(4)) * this.#blockSize,
              this.#blockSize,
            ),
          );
          continue;
        }
        const first = entry.readUInt32LE(0);
        const said = entry.readUInt16LE(4);
        const length = said > 32768 ? said - 32768 : said;
        if (first > next) found.push({ at: undefined, length: (first - next) * this.#blockSize });
        const at = (entry.readUInt16LE(6) * 2 ** 32 + entry.readUInt32LE(8)) * this.#blockSize;
        found.push({ at: said > 32768 ? undefined : at, length: length * this.#blockSize });
        next = first + length;
      }
    };
    walk(inode.subarray(0x28, 0x28 + 60));
    return found;
  }
}

function contentOf(source: Source, inode: Buffer, extents: readonly Extent[], size: number): Source | undefined {
  const kind = inode.readUInt16LE(0) & 0xf000;
  if (![0x4000, 0x8000, 0xa000].includes(kind)) return undefined;
  // A short link stands in the inode itself.
  if (kind === 0xa000 && size < 60) return bytesSource(inode.subarray(0x28, 0x28 + size));
  return sizedParts(source, extents, size);
}

function attributesOf(
  number: number,
  inode: Buffer,
  extents: readonly Extent[],
  size: number,
): ReadonlyMap<string, Attribute> {
  const extra = inode.length > 128 ? inode.readUInt16LE(0x80) : 0;
  const attributes = inode.subarray(128 + extra);
  const uid = inode.readUInt16LE(2) + inode.readUInt16LE(0x78) * 65536;
  const gid = inode.readUInt16LE(0x18) + inode.readUInt16LE(0x7a) * 65536;
  return new Map<string, Attribute>([
    ['mode', modeOf(inode.readUInt16LE(0).toString(8))],
    ['owner', modeOf(`${uid}:${gid}`)],
    ['size', { kind: 'content', value: `${size} bytes` }],
    ['modified', timeOf(inode.readUInt32LE(0x10))],
    ['changed', timeOf(inode.readUInt32LE(0xc))],
    ['read', timeOf(inode.readUInt32LE(8))],
    ...(extra >= 0x18 ? ([['made', timeOf(inode.readUInt32LE(0x90))]] as const) : []),
    [
      'parts of seconds',
      {
        kind: 'time stamp',
        value: extra >= 0x18 ? `${inode.toString('hex', 0x84, 0x90)}${inode.toString('hex', 0x94, 0x98)}` : '',
      },
    ],
    ['inode', { kind: 'order', value: String(number) }],
    ['generation', { kind: 'identifier', value: String(inode.readUInt32LE(0x64)) }],
    ['links', { kind: 'content', value: String(inode.readUInt16LE(0x1a)) }],
    [
      'extended attributes',
      { kind: 'mode or owner', value: createHash('sha256').update(attributes).digest('hex').slice(0, 16) },
    ],
    ['place', { kind: 'place', value: extentsInWords(extents) }],
  ]);
}

/** What a directory's blocks hold but `.` and `..`; a hash tree's own blocks look like empty entries. */
function namesIn(bytes: Buffer): readonly { readonly name: string; readonly inode: number }[] {
  const found: { name: string; inode: number }[] = [];
  for (let at = 0; at + 8 <= bytes.length; ) {
    const [inode, length] = [bytes.readUInt32LE(at), bytes.readUInt16LE(at + 4)];
    if (length < 8) break;
    const name = bytes.toString('utf8', at + 8, at + 8 + (bytes[at + 6] ?? 0));
    // Type 0xde: a checksum that looks like an entry.
    if (inode !== 0 && name !== '.' && name !== '..') found.push({ name, inode });
    at += length;
  }
  return found;
}
