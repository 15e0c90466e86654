import { createHash } from 'node:crypto';
import { type Attribute, type Entry, type Field, type Format, modeOf, textOf, timeOf, uuidInWords } from '../layer.ts';
import { bytesSource, type Extent, extentsInWords, type Source, sizedParts } from '../source.ts';

// fs/xfs/libxfs/xfs_format.h of Linux: superblocks, allocation groups, inodes, extents. All numbers have the highest byte first.
const SECTOR_HEADERS = ['superblock', 'table of free space', 'table of inodes', 'list of free blocks'];
const LOCAL = 1;
const EXTENTS = 2;
const BTREE = 3;
/** Of a block of a tree of extents: what stands before its records. */
const BLOCK_HEADER = 72;
const MOST_LEVELS = 8;
const FORK = 176;
const BIGTIME = 0x8n;
const NREXT64 = 0x10n;

/** Names by `xfs_db`; inodes, and content where it lies in a list of extents or in the inode, are read here. */
export const xfs: Format = {
  name: 'XFS',
  recognises: (source) => textOf(source, 0, 4) === 'XFSB',
  open: async (source, means) => {
    const volume = new Volume(source);
    const printed = await means.run(['xfs_db', '-r', '-c', 'blockget -n', '-c', 'ncheck', means.asFile(source)]);
    const names = [['/', volume.root] as const, ...namesIn(printed)];
    return { entries: names.map(([name, inode]) => volume.entry(name, inode)), fields: volume.fields() };
  },
};

/** Lines `  INODE PATH`; a directory's path ends in `/.`. In the order of their names: xfs_db's own is that of its hash table. */
function namesIn(printed: string): readonly (readonly [string, number])[] {
  const found = printed.split('\n').flatMap((line): readonly (readonly [string, number])[] => {
    const [, inode, path = ''] = /^\s*(\d+) (.*)$/.exec(line) ?? [];
    return inode === undefined ? [] : [[`/${path.replace(/\/?\.$/, '')}`, Number(inode)]];
  });
  return found.sort(([a], [b]) => (a < b ? -1 : 1));
}

class Volume {
  readonly #source: Source;
  readonly #superblock: Buffer;
  readonly #blockSize: number;
  readonly #inodeSize: number;
  readonly #groupBlocks: number;
  readonly #groups: number;

  constructor(source: Source) {
    const superblock = source.read(0, 512);
    this.#source = source;
    this.#superblock = superblock;
    this.#blockSize = superblock.readUInt32BE(4);
    this.#groupBlocks = superblock.readUInt32BE(84);
    this.#groups = superblock.readUInt32BE(88);
    this.#inodeSize = superblock.readUInt16BE(104);
  }

  get root(): number {
    return Number(this.#superblock.readBigUInt64BE(56));
  }

  fields(): readonly Field[] {
    const groupSize = this.#groupBlocks * this.#blockSize;
    const sector = this.#superblock.readUInt16BE(102);
    const headers = Array.from({ length: this.#groups }, (_, group) =>
      SECTOR_HEADERS.map(
        (name, index): Field => ({
          name: `${name} of group ${group}`,
          kind: 'place',
          at: group * groupSize + index * sector,
          length: sector,
        }),
      ),
    ).flat();
    const log = {
      at: this.#placeOf(Number(this.#superblock.readBigUInt64BE(48))),
      length: this.#superblock.readUInt32BE(96) * this.#blockSize,
    };
    return [
      { name: 'UUID', kind: 'identifier', at: 32, length: 16, show: uuidInWords },
      { name: 'UUID of its making', kind: 'identifier', at: 248, length: 16, show: uuidInWords },
      {
        name: 'label',
        kind: 'content',
        at: 108,
        length: 12,
        show: (bytes) => bytes.toString('latin1').replaceAll('\0', ''),
      },
      { name: 'features', kind: 'content', at: 200, length: 24 },
      { name: 'checksum', kind: 'checksum', at: 224, length: 4 },
      ...headers,
      { name: 'log', kind: 'place', ...log },
    ];
  }

  entry(name: string, number: number): Entry {
    const inode = this.#inode(number);
    const [kind, format] = [inode.readUInt16BE(2) & 0xf000, inode[5]];
    const size = Number(inode.readBigUInt64BE(56));
    const extents = format === EXTENTS || format === BTREE ? this.#extentsOf(inode) : [];
    const isRead = [0x8000, 0xa000].includes(kind) && (extents.length > 0 || size === 0 || format === LOCAL);
    const content = isRead ? contentOf(this.#source, inode, extents, size) : undefined;
    return {
      name,
      attributes: attributesOf(number, inode, extents, size),
      ...(content !== undefined && { content, extents }),
    };
  }

  /** The number of an inode, and of a block, has its group above as many digits as the largest group needs. */
  #inode(number: number): Buffer {
    const perBlock = 2 ** (this.#superblock[123] ?? 0);
    const block = Math.floor(number / perBlock);
    const at = this.#placeOf(block) + (number % perBlock) * this.#inodeSize;
    const inode = this.#source.read(at, this.#inodeSize);
    if (inode.toString('latin1', 0, 2) !== 'IN') throw new Error(`XFS: there is no inode ${number}`);
    return inode;
  }

  #placeOf(block: number): number {
    const perGroup = 2 ** (this.#superblock[124] ?? 0);
    return (Math.floor(block / perGroup) * this.#groupBlocks + (block % perGroup)) * this.#blockSize;
  }

  #extentsOf(inode: Buffer): readonly Extent[] {
    const isLarge = (inode.readBigUInt64BE(120) & NREXT64) !== 0n;
    const count = isLarge ? Number(inode.readBigUInt64BE(24)) : inode.readUInt32BE(76);
    const found: Extent[] = [];
    let next = 0;
    const fork = inode.subarray(FORK, inode[82] === 0 ? inode.length : FORK + (inode[82] ?? 0) * 8);
    for (const record of inode[5] === BTREE ? this.#recordsIn(fork) : recordsOf(fork, 0, count)) {
      const [high, low] = [record.readBigUInt64BE(0), record.readBigUInt64BE(8)];
      const first = Number((high & ((1n << 63n) - 1n)) >> 9n);
      const block = Number(((high & 0x1ffn) << 43n) | (low >> 21n));
      const length = Number(low & 0x1fffffn);
      if (first > next) found.push({ at: undefined, length: (first - next) * this.#blockSize });
      // The highest digit: what nobody has written to reads as zeros.
      const at = high >> 63n === 1n ? undefined : this.#placeOf(block);
      found.push({ at, length: length * this.#blockSize });
      next = first + length;
    }
    return found;
  }

  /**
   * The records of a tree of extents: `counts` is where level and number of records stand, `header` where they begin. The root is in
   * the inode. A node has keys first, then as many places of blocks as there is room for.
   */
  *#recordsIn(node: Buffer, counts = 0, header = 4, levels = MOST_LEVELS): Generator<Buffer> {
    const [level, count] = [node.readUInt16BE(counts), node.readUInt16BE(counts + 2)];
    if (level === 0) {
      yield* recordsOf(node, header, count);
      return;
    }
    const room = Math.floor((node.length - header) / 16);
    for (let index = 0; index < count; index++) {
      const place = this.#placeOf(Number(node.readBigUInt64BE(header + room * 8 + index * 8)));
      const block = this.#source.read(place, this.#blockSize);
      if (block.toString('latin1', 0, 4) !== 'BMA3' || levels === 0)
        throw new Error('XFS: a tree of extents is damaged');
      yield* this.#recordsIn(block, 4, BLOCK_HEADER, levels - 1);
    }
  }
}

function recordsOf(bytes: Buffer, at: number, count: number): readonly Buffer[] {
  return Array.from({ length: count }, (_, index) => bytes.subarray(at + index * 16, at + index * 16 + 16));
}

function contentOf(source: Source, inode: Buffer, extents: readonly Extent[], size: number): Source {
  if (inode[5] === LOCAL) return bytesSource(inode.subarray(FORK, FORK + size));
  return sizedParts(source, extents, size);
}

function attributesOf(
  number: number,
  inode: Buffer,
  extents: readonly Extent[],
  size: number,
): ReadonlyMap<string, Attribute> {
  const isBig = (inode.readBigUInt64BE(120) & BIGTIME) !== 0n;
  const time = (at: number): Attribute => {
    const value = inode.readBigUInt64BE(at);
    return timeOf(isBig ? Number(value / 1_000_000_000n) - 2 ** 31 : inode.readInt32BE(at));
  };
  const parts = [32, 40, 48, 144].map((at) =>
    isBig ? Number(inode.readBigUInt64BE(at) % 1_000_000_000n) : inode.readUInt32BE(at + 4),
  );
  const fork = inode[82] === 0 ? Buffer.of() : inode.subarray(FORK + (inode[82] ?? 0) * 8);
  const place = inode[5] === EXTENTS || inode[5] === LOCAL ? undefined : inode.toString('hex', FORK, FORK + 32);
  return new Map<string, Attribute>([
    ['mode', modeOf(inode.readUInt16BE(2).toString(8))],
    ['owner', modeOf(`${inode.readUInt32BE(8)}:${inode.readUInt32BE(12)}`)],
    ['size', { kind: 'content', value: `${size} bytes` }],
    ['modified', time(40)],
    ['changed', time(48)],
    ['read', time(32)],
    ['made', time(144)],
    ['parts of seconds', { kind: 'time stamp', value: parts.join(' ') }],
    ['inode', { kind: 'order', value: String(number) }],
    ['generation', { kind: 'identifier', value: String(inode.readUInt32BE(92)) }],
    ['links', { kind: 'content', value: String(inode.readUInt32BE(16)) }],
    [
      'extended attributes',
      { kind: 'mode or owner', value: createHash('sha256').update(fork).digest('hex').slice(0, 16) },
    ],
    ['place', { kind: 'place', value: place ?? extentsInWords(extents) }],
  ]);
}
