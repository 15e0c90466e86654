import { expect, test } from 'vitest';
import type { Means } from '../../scripts/bits/layer.ts';
import { xfs } from '../../scripts/bits/layers/xfs.ts';
import { bytesSource } from '../../scripts/bits/source.ts';

const BLOCK = 4096;
const INODE = 512;
const FORK = 176;
const [ROOT, FILE] = [64, 65];

/** One of a file's extents: from block `first` of the file on, `count` blocks that lie at `block`. */
function record(first: number, block: number, count: number): Buffer {
  const bytes = Buffer.alloc(16);
  bytes.writeBigUInt64BE((BigInt(first) << 9n) | (BigInt(block) >> 43n), 0);
  bytes.writeBigUInt64BE(((BigInt(block) & 0x7ffffffffffn) << 21n) | BigInt(count), 8);
  return bytes;
}

/** A volume of one group by fs/xfs/libxfs/xfs_format.h; a kernel wrote one whose file of 3,000 extents was read alike. */
function volume(): Buffer {
  const bytes = Buffer.alloc(64 * BLOCK);
  bytes.write('XFSB');
  bytes.writeUInt32BE(BLOCK, 4);
  bytes.writeBigUInt64BE(BigInt(ROOT), 56);
  bytes.writeUInt32BE(64, 84);
  bytes.writeUInt32BE(1, 88);
  bytes.writeUInt16BE(512, 102);
  bytes.writeUInt16BE(INODE, 104);
  // Digits of an inode's number within its block, and of a block's within its group.
  bytes[123] = 3;
  bytes[124] = 6;
  const inode = (number: number, mode: number, format: number, size: number) => {
    const at = number * INODE;
    bytes.write('IN', at);
    bytes.writeUInt16BE(mode, at + 2);
    bytes[at + 5] = format;
    bytes.writeBigUInt64BE(BigInt(size), at + 56);
    return bytes.subarray(at + FORK, at + INODE);
  };
  inode(ROOT, 0o040755, 1, 0);
  const fork = inode(FILE, 0o100644, 3, 5 * BLOCK);
  fork.writeUInt16BE(1, 0);
  fork.writeUInt16BE(2, 2);
  const room = Math.floor((fork.length - 4) / 16);
  const leaves: readonly (readonly [number, readonly Buffer[]])[] = [
    [20, [record(0, 30, 1), record(1, 33, 1)]],
    [21, [record(3, 31, 2)]],
  ];
  for (const [index, [block, records]] of leaves.entries()) {
    fork.writeBigUInt64BE(BigInt(block), 4 + room * 8 + index * 8);
    const leaf = bytes.subarray(block * BLOCK, (block + 1) * BLOCK);
    leaf.write('BMA3');
    leaf.writeUInt16BE(records.length, 6);
    Buffer.concat(records).copy(leaf, 72);
  }
  for (const block of [30, 31, 32, 33]) bytes.fill(block, block * BLOCK, (block + 1) * BLOCK);
  return bytes;
}

const means: Means = {
  newPath: () => 'new',
  asFile: () => 'part',
  run: () => Promise.resolve(`      ${FILE} file\n`),
};

test('a file whose list of extents is a tree is read, its hole as zeros', async () => {
  const layer = await xfs.open(bytesSource(volume()), means);
  const content = layer.entries.find(({ name }) => name === '/file')?.content;
  const read = content?.read(0, content.size) ?? Buffer.of();
  expect(Array.from({ length: 5 }, (_, index) => read[index * BLOCK])).toEqual([30, 33, 0, 31, 32]);
  expect(read.length).toBe(5 * BLOCK);
});

test('a tree that leads elsewhere is told as damaged', async () => {
  const bytes = volume();
  bytes.write('XXXX', 20 * BLOCK);
  await expect(xfs.open(bytesSource(bytes), means)).rejects.toThrow('XFS: a tree of extents is damaged');
});
