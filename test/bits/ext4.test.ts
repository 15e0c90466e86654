import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import * as made from './made.ts';
import { ext4Of, fileOf, gptAround } from './made.ts';

/** mke2fs takes what cannot be set, the time of the last change of an inode, from the tree: that is the clock's. */
async function differences(a: string, b: string): Promise<readonly string[]> {
  return (await made.differences(a, b)).filter((line) => !/: time stamp: (?:changed|parts of seconds): /.test(line));
}

const motd = 'image > ext4 > /etc/motd';
const many = Object.fromEntries(Array.from({ length: 400 }, (_, index) => [`many/file-${index}`, `${index}\n`]));

test('two file systems of the same files are the same', async () => {
  expect(await differences(ext4Of({}), ext4Of({}))).toEqual([]);
});

test('a file with another content, and with another time, is named with what it holds', async () => {
  const other = ext4Of({ files: { 'etc/motd': 'hallo\n' } });
  expect(await differences(ext4Of({}), other)).toEqual([`${motd}: content: line 1: "hello", then "hallo"`]);
  const later = ext4Of({ time: 1_600_000_100 });
  const told = await differences(ext4Of({}), later);
  expect(told).toContain(`${motd}: time stamp: modified: 2020-09-13T12:26:40Z, then 2020-09-13T12:28:20Z`);
  expect(told.every((line) => line.startsWith(`${motd}: time stamp: `))).toBe(true);
});

test('in a directory that has a tree of hashes each file is found', async () => {
  const other = ext4Of({ files: { ...many, 'many/file-377': 'other\n' } });
  const told = await differences(ext4Of({ files: many }), other);
  expect(told).toContain('image > ext4 > /many/file-377: content: line 1: "377", then "other"');
  expect(told.every((line) => line.includes('/many/file-377: '))).toBe(true);
});

test('a long file whose last byte differs, and one that only one of them has', async () => {
  const long = 'x'.repeat(300_000);
  const first = ext4Of({ files: { 'usr/long': `${long}\0a` } });
  const second = ext4Of({ files: { 'usr/long': `${long}\0b` } });
  expect(await differences(first, second)).toEqual([
    'image > ext4 > /usr/long: content: 1 byte from byte 300001 on: 61, then 62',
  ]);
  const more = ext4Of({ files: { 'etc/motd': 'hello\n', 'etc/more': '' } });
  expect(await differences(ext4Of({}), more)).toContain('image > ext4 > /etc/more: presence: is in the second only');
});

test('what the superblock has of its own: UUID, seed of hashes', async () => {
  const uuid = 'ffffffff-89ab-8def-8123-456789abcdef';
  const before = '01234567-89ab-8def-8123-456789abcdef';
  expect(await differences(ext4Of({}), ext4Of({ options: ['-U', uuid] }))).toContain(
    `image > ext4: identifier: UUID: ${before}, then ${uuid}`,
  );
  expect(await differences(ext4Of({}), ext4Of({ options: ['-E', `hash_seed=${uuid}`] }))).toEqual([
    `image > ext4: identifier: seed of directory hashes: ${before}, then ${uuid}`,
  ]);
});

test('a table of partitions: its own identifiers, and what is in the file system of a partition', async () => {
  const [one, other] = [ext4Of({}), ext4Of({ files: { 'etc/motd': 'hallo\n' } })];
  const partition = 'image > GPT > partition 1 (phyllome)';
  expect(await differences(gptAround(one), gptAround(other))).toEqual([
    `${partition} > ext4 > /etc/motd: content: line 1: "hello", then "hallo"`,
  ]);
  expect(await differences(gptAround(one), gptAround(one, 'ff112233445566778899aabbccddeeff'))).toEqual([
    `${partition}: identifier: identifier: 33221100-5544-7766-8899-aabbccddeeff, then 332211ff-5544-7766-8899-aabbccddeeff`,
  ]);
});

test('bytes that no field and no file has are told by where they are', async () => {
  const disk = gptAround(ext4Of({}));
  const bytes = readFileSync(disk);
  bytes[445] = 1;
  expect(await differences(disk, fileOf(bytes))).toEqual([
    'image > GPT: place: its own structure: 1 byte from byte 445 on: 00, then 01',
  ]);
  const image = ext4Of({});
  const other = readFileSync(image);
  const behind = other.indexOf('hello\n') + 'hello\n'.length;
  other[behind] = 1;
  expect(await differences(image, fileOf(other))).toEqual([
    `${motd}: content: behind its end: 1 byte from byte ${behind} on: 00, then 01`,
  ]);
});
