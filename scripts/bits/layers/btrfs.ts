import { createHash, type Hash } from 'node:crypto';
import { type Attribute, type Entry, type Field, type Format, modeOf, textOf, timeOf, uuidInWords } from '../layer.ts';
import { bytesSource, type Extent, extentsInWords, partsOf, type Source } from '../source.ts';

// Documentation of btrfs-progs, dev/On-disk-format: superblock, chunks, nodes and items. All numbers have the lowest byte first.
const SUPERBLOCK = 65_536;
const [INODE_ITEM, XATTR_ITEM, DIR_INDEX, EXTENT_DATA, ROOT_ITEM, CHUNK_ITEM] = [1, 24, 96, 108, 132, 228];
const [FS_TREE, FIRST_INODE] = [5, 256];
const MOST_LEVELS = 8;

export const btrfs: Format = {
  name: 'Btrfs',
  recognises: (source) => textOf(source, SUPERBLOCK + 64, 8) === '_BHRfS_M',
  open: (source) => ({ entries: new Volume(source).entries(), fields: superblockFields }),
};

const field = (name: string, kind: Field['kind'], at: number, length: number, show?: Field['show']): Field => ({
  name,
  kind,
  at: SUPERBLOCK + at,
  length,
  ...(show && { show }),
});
const number = (bytes: Buffer) => String(bytes.readBigUInt64LE());
const superblockFields: readonly Field[] = [
  field('checksum', 'checksum', 0, 32),
  field('UUID', 'identifier', 32, 16, uuidInWords),
  field('generation', 'place', 72, 8, number),
  field('root of trees', 'place', 80, 8, number),
  field('root of chunks', 'place', 88, 8, number),
  field('bytes used', 'place', 120, 8, number),
  field('features', 'content', 172, 24),
  field('UUID of the device', 'identifier', 267, 16, uuidInWords),
  field('label', 'content', 299, 256, (bytes) => bytes.toString('latin1').replace(/\0.*$/s, '')),
  field('UUID of metadata', 'identifier', 571, 16, uuidInWords),
];

interface Item {
  readonly id: number;
  readonly type: number;
  /** What parts items of one type and identifier: a place in a file, a number of a directory's entry. */
  readonly offset: number;
  readonly data: Buffer;
}

interface Chunk {
  readonly logical: number;
  readonly length: number;
  readonly at: number;
}

/** What a tree has of one file. */
interface Inode {
  item?: Buffer;
  readonly names: { readonly name: string; readonly id: number; readonly type: number }[];
  readonly attributes: Hash;
  readonly data: Item[];
}

class Volume {
  readonly #source: Source;
  readonly #nodeSize: number;
  readonly #chunks: Chunk[] = [];
  readonly #root: number;

  constructor(source: Source) {
    const superblock = source.read(SUPERBLOCK, 4096);
    this.#source = source;
    this.#nodeSize = superblock.readUInt32LE(148);
    this.#root = big(superblock, 80);
    const end = 811 + superblock.readUInt32LE(160);
    for (let at = 811; at + 17 < end; ) {
      const stripes = this.#addChunk(big(superblock, at + 9), superblock.subarray(at + 17));
      at += 17 + 48 + stripes * 32;
    }
    for (const { type, offset, data } of this.#itemsOf(big(superblock, 88))) {
      if (type === CHUNK_ITEM) this.#addChunk(offset, data);
    }
  }

  /** Every file, directory and link of the top and of the subvolumes, by path. */
  entries(): readonly Entry[] {
    const roots = new Map<number, number>();
    for (const { id, type, data } of this.#itemsOf(this.#root)) {
      if (type === ROOT_ITEM) roots.set(id, big(data, 176));
    }
    const found: Entry[] = [];
    const addTree = (tree: number, top: string) => {
      const at = roots.get(tree);
      if (at === undefined) return;
      roots.delete(tree);
      const inodes = this.#inodesOf(at);
      const seen = new Set<number>();
      const visit = (id: number, path: string) => {
        const inode = inodes.get(id);
        if (inode?.item === undefined) return;
        found.push(this.#entry(path === '' ? '/' : path, id, inode, inode.item));
        if (seen.has(id)) return;
        seen.add(id);
        for (const { name, id: child, type } of inode.names) {
          if (type === ROOT_ITEM) addTree(child, `${path}/${name}`);
          else visit(child, `${path}/${name}`);
        }
      };
      visit(FIRST_INODE, top);
    };
    addTree(FS_TREE, '');
    return found;
  }

  #inodesOf(root: number): ReadonlyMap<number, Inode> {
    const found = new Map<number, Inode>();
    for (const item of this.#itemsOf(root)) {
      const inode = found.get(item.id) ?? { names: [], attributes: createHash('sha256'), data: [] };
      found.set(item.id, inode);
      const { type, data } = item;
      if (type === INODE_ITEM) inode.item = data;
      if (type === EXTENT_DATA) inode.data.push(item);
      // An attribute's item has the generation that wrote it in front of its name.
      if (type === XATTR_ITEM) inode.attributes.update(data.subarray(25));
      if (type === DIR_INDEX) {
        const name = data.toString('utf8', 30, 30 + data.readUInt16LE(27));
        inode.names.push({ name, id: big(data, 0), type: data[8] ?? 0 });
      }
    }
    return found;
  }

  #entry(name: string, id: number, { attributes, data }: Inode, item: Buffer): Entry {
    const size = big(item, 16);
    const isPlain = data.every((one) => one.data[16] === 0);
    const inline = data.find((one) => one.data[20] === 0);
    const extents = inline || !isPlain ? [] : this.#extentsOf(data, size);
    const content = inline ? bytesSource(inline.data.subarray(21, 21 + size)) : partsOf(this.#source, extents);
    const isFile = [0x8000, 0xa000].includes(item.readUInt32LE(52) & 0xf000);
    const packed = isPlain ? '' : data.map((one) => one.data.toString('hex', 8)).join(' ');
    const place = packed || extentsInWords(extents);
    return {
      name,
      attributes: attributesOf(item, {
        size: { kind: 'content', value: `${size} bytes` },
        inode: { kind: 'order', value: String(id) },
        'extended attributes': { kind: 'mode or owner', value: attributes.copy().digest('hex').slice(0, 16) },
        place: { kind: 'place', value: place },
      }),
      ...(isFile && isPlain && { content, extents }),
    };
  }

  /** Where a file's bytes lie, up to its size: extents are whole sectors. */
  #extentsOf(data: readonly Item[], size: number): readonly Extent[] {
    const found: Extent[] = [];
    let next = 0;
    for (const { offset, data: extent } of data) {
      if (offset > next) found.push({ at: undefined, length: Math.min(offset, size) - next });
      const [disk, from, length] = [big(extent, 21), big(extent, 37), Math.min(big(extent, 45), size - offset)];
      // Place 0 is a hole, type 2 what nobody has written to.
      const isHole = disk === 0 || extent[20] === 2;
      found.push({ at: isHole ? undefined : this.#placeOf(disk + from), length });
      next = offset + length;
    }
    return next < size ? [...found, { at: undefined, length: size - next }] : found;
  }

  *#itemsOf(root: number, levels = MOST_LEVELS): Generator<Item> {
    const node = this.#source.read(this.#placeOf(root), this.#nodeSize);
    const count = node.readUInt32LE(96);
    if (big(node, 48) !== root || levels === 0) throw new Error('Btrfs: a tree is damaged');
    for (let index = 0; index < count; index++) {
      if (node[100] !== 0) {
        yield* this.#itemsOf(big(node, 101 + index * 33 + 17), levels - 1);
        continue;
      }
      const at = 101 + index * 25;
      const data = 101 + node.readUInt32LE(at + 17);
      yield {
        id: big(node, at),
        type: node[at + 8] ?? 0,
        offset: Number(node.readBigUInt64LE(at + 9)),
        data: node.subarray(data, data + node.readUInt32LE(at + 21)),
      };
    }
  }

  /** @returns how many copies it has: all are on this disk, and the first is read */
  #addChunk(logical: number, chunk: Buffer): number {
    this.#chunks.push({ logical, length: big(chunk, 0), at: big(chunk, 56) });
    return chunk.readUInt16LE(44);
  }

  #placeOf(logical: number): number {
    const chunk = this.#chunks.find((one) => one.logical <= logical && logical < one.logical + one.length);
    if (chunk === undefined) throw new Error(`Btrfs: nothing is at ${logical}`);
    return chunk.at + logical - chunk.logical;
  }
}

const big = (bytes: Buffer, at: number): number => Number(bytes.readBigUInt64LE(at));

function attributesOf(item: Buffer, more: Readonly<Record<string, Attribute>>): ReadonlyMap<string, Attribute> {
  const time = (at: number) => timeOf(big(item, at));
  const parts = [112, 124, 136, 148].map((at) => item.readUInt32LE(at + 8));
  return new Map<string, Attribute>([
    ['mode', modeOf(item.readUInt32LE(52).toString(8))],
    ['owner', modeOf(`${item.readUInt32LE(44)}:${item.readUInt32LE(48)}`)],
    ['modified', time(136)],
    ['changed', time(124)],
    ['read', time(112)],
    ['made', time(148)],
    ['parts of seconds', { kind: 'time stamp', value: parts.join(' ') }],
    ['links', { kind: 'content', value: String(item.readUInt32LE(40)) }],
    ['written in generation', { kind: 'place', value: `${big(item, 0)} ${big(item, 8)}` }],
    ...Object.entries(more),
  ]);
}
