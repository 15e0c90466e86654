import { createHash, randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { Interrupted } from '../../scripts/diagnostic/index.ts';
import { copyHashed, copyWhole, sha256Of } from '../../scripts/files/index.ts';

/** A file of so many bytes, in a directory of its own. */
function fileOf(bytes: Buffer) {
  const directory = mkdtempSync(path.join(tmpdir(), 'phyllome-large-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const file = path.join(directory, 'file');
  writeFileSync(file, bytes);
  return { directory, file };
}

/** Interrupted as soon as something else than the work has its turn. */
function interruptedSoon(): AbortSignal {
  const controller = new AbortController();
  setImmediate(() => controller.abort(new Interrupted()));
  return controller.signal;
}

test.each([
  ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
  ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
])('the checksum of "%s" is the published one', async (text, sum) => {
  expect(await sha256Of(fileOf(Buffer.from(text)).file)).toBe(sum);
});

test('so is that of a file of several pieces', async () => {
  const bytes = randomBytes(9 * 2 ** 20 + 1);
  const sum = createHash('sha256').update(bytes).digest('hex');
  const { file, directory } = fileOf(bytes);
  expect(await sha256Of(file)).toBe(sum);
  await copyWhole(file, path.join(directory, 'copy'));
  expect(readFileSync(path.join(directory, 'copy')).equals(bytes)).toBe(true);
});

test('an interruption ends the reading of a large file, and is told as one', async () => {
  const { file } = fileOf(Buffer.alloc(64 * 2 ** 20));
  await expect(sha256Of(file, interruptedSoon())).rejects.toBeInstanceOf(Interrupted);
});

test('a copy that is interrupted leaves nothing', async () => {
  const { file, directory } = fileOf(Buffer.alloc(64 * 2 ** 20));
  const signal = interruptedSoon();
  await expect(copyWhole(file, '/dev/shm/phyllome-copy', signal)).rejects.toBeInstanceOf(Interrupted);
  expect(existsSync('/dev/shm/phyllome-copy')).toBe(false);
  await expect(copyWhole(file, path.join(directory, 'copy'), AbortSignal.abort(new Interrupted()))).rejects.toThrow(
    'interrupted',
  );
  expect(readdirSync(directory)).toEqual(['file']);
});

test('a copy is for the same readers, and its owner may write it', async () => {
  const { file } = fileOf(Buffer.from('a secret'));
  chmodSync(file, 0o400);
  const near = '/dev/shm/phyllome-private-copy';
  await copyWhole(file, near);
  expect(statSync(near).mode & 0o777).toBe(0o600);
  rmSync(near);
});

test('what cannot be copied is told with its name', async () => {
  const { file } = fileOf(Buffer.from('x'));
  await expect(copyWhole(file, '/proc/phyllome/x')).rejects.toMatchObject({ code: 'ENOENT', path: '/proc/phyllome/x' });
  await expect(copyWhole('/nowhere', `${file}.copy`)).rejects.toMatchObject({ code: 'ENOENT', path: '/nowhere' });
  await expect(sha256Of('/nowhere')).rejects.toMatchObject({ code: 'ENOENT', path: '/nowhere' });
});

test('what is empty is a hole in the copy, and the bytes are the same', async () => {
  const { file, directory } = fileOf(Buffer.from('begins'));
  const megabyte = 2 ** 20;
  truncateSync(file, 64 * megabyte);
  // Zeros that were written are no hole; and it does not end with a whole block.
  const handle = openSync(file, 'r+');
  writeSync(handle, Buffer.alloc(8 * megabyte), 0, 8 * megabyte, 32 * megabyte);
  writeSync(handle, 'ends', 64 * megabyte - 1);
  closeSync(handle);
  const copy = path.join(directory, 'copy');
  expect(await copyHashed(file, copy)).toBe(createHash('sha256').update(readFileSync(file)).digest('hex'));
  expect(readFileSync(copy).equals(readFileSync(file))).toBe(true);
  expect(statSync(copy).size).toBe(64 * megabyte + 3);
  expect(statSync(copy).blocks * 512).toBeLessThanOrEqual(megabyte);
  // One that ends with nothing is as long all the same.
  truncateSync(file, 65 * megabyte);
  await copyWhole(file, copy);
  expect(readFileSync(copy).equals(readFileSync(file))).toBe(true);
});
