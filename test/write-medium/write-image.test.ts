import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { open, readFile, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Medium } from '../../scripts/write-medium/medium.ts';
import { type Following, type Source, writeImage } from '../../scripts/write-medium/write-image.ts';

const mebibyte = 2 ** 20;

/** A file that is written to as a disk is, and what happened to it in order. */
async function fileAsDisk(diskBytes: number, faults: Partial<Medium> = {}) {
  const directory = mkdtempSync(path.join(tmpdir(), 'phyllome-disk-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const file = path.join(directory, 'disk');
  await writeFile(file, Buffer.alloc(diskBytes, 'o'));
  const handle = await open(file, 'r+');
  onTestFinished(() => handle.close());
  const order: string[] = [];
  const medium: Medium = {
    path: '/dev/test',
    write: async (bytes, position) => {
      order.push(`write ${position}`);
      return (await handle.write(bytes, 0, bytes.length, position)).bytesWritten;
    },
    read: async (into, position) => (await handle.read(into, 0, into.length, position)).bytesRead,
    flush: async () => void order.push('flush'),
    forget: async () => void order.push('forget'),
    close: async () => {},
    ...faults,
  };
  return { file, medium, order, handle };
}

function sourceOf(bytes: Buffer): Source {
  return {
    bytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    // Fewer than were asked for, as a reader may.
    read: async (into, position) => bytes.copy(into, 0, position, Math.min(position + 700_000, bytes.length)),
  };
}

const following = (own: Partial<Following> = {}): Following => ({
  onBegun: () => {},
  onWritten: () => {},
  onReadBack: () => {},
  signal: new AbortController().signal,
  ...own,
});

test.each([
  ['of many MiB, and no whole number of sectors', 9 * mebibyte + 1000, 20 * mebibyte],
  ['smaller than its beginning', 3000, 20 * mebibyte],
  ['as large as the disk', 12 * mebibyte, 12 * mebibyte],
  ['nearly as large as the disk', 12 * mebibyte - 512, 12 * mebibyte],
  ['smaller than a disk that is smaller than a MiB', 3000, 8192],
])('an image %s is on the disk, and the old beginning and end are not', async (_, imageBytes, diskBytes) => {
  const image = randomBytes(imageBytes);
  const { file, medium } = await fileAsDisk(diskBytes);
  const counted = { written: 0, readBack: 0 };
  await writeImage(
    sourceOf(image),
    medium,
    diskBytes,
    following({
      onWritten: (more) => {
        counted.written += more;
      },
      onReadBack: (more) => {
        counted.readBack += more;
      },
    }),
  );
  const disk = await readFile(file);
  expect(disk.length).toBe(diskBytes);
  expect(disk.subarray(0, imageBytes).equals(image)).toBe(true);
  const end = disk.subarray(Math.max(imageBytes, diskBytes - mebibyte));
  expect(end.equals(Buffer.alloc(end.length))).toBe(true);
  expect(counted).toEqual({ written: imageBytes, readBack: imageBytes });
});

test('the beginning is written when all else was read back from the disk itself', async () => {
  const image = randomBytes(9 * mebibyte);
  const { medium, order } = await fileAsDisk(20 * mebibyte);
  const read = medium.read;
  medium.read = (into, position) => {
    order.push(`read ${position}`);
    return read(into, position);
  };
  await writeImage(sourceOf(image), medium, 20 * mebibyte, following());
  expect(order).toEqual([
    'write 0',
    `write ${19 * mebibyte}`,
    'flush',
    `write ${mebibyte}`,
    `write ${5 * mebibyte}`,
    'forget',
    `read ${mebibyte}`,
    `read ${5 * mebibyte}`,
    'write 0',
    'forget',
    'read 0',
  ]);
});

test('a disk that takes a few bytes at a time gets all of them', async () => {
  const image = randomBytes(3 * mebibyte);
  const { file, medium, handle } = await fileAsDisk(8 * mebibyte, {});
  medium.write = async (bytes, position) =>
    (await handle.write(bytes, 0, Math.min(bytes.length, 300_000), position)).bytesWritten;
  await writeImage(sourceOf(image), medium, 8 * mebibyte, following());
  expect((await readFile(file)).subarray(0, image.length).equals(image)).toBe(true);
});

/** What stands at the beginning of a disk that was not written to its end. */
const unfinished = /^Phyllome OS: this disk was not written to its end\. .*\n\0+$/;

test('after Ctrl-C in the middle nothing starts from the disk, and it says so', async () => {
  const interrupting = new AbortController();
  const { file, medium } = await fileAsDisk(40 * mebibyte);
  const begun: string[] = [];
  const work = writeImage(
    sourceOf(randomBytes(30 * mebibyte)),
    medium,
    40 * mebibyte,
    following({
      signal: interrupting.signal,
      onBegun: () => void begun.push('begun'),
      onWritten: () => interrupting.abort(),
    }),
  );
  await expect(work).rejects.toMatchObject({ exitCode: 130 });
  expect(begun).toEqual(['begun']);
  expect((await readFile(file)).subarray(0, mebibyte).toString('latin1')).toMatch(unfinished);
});

test('bytes that come back as others are told with their place, and nothing starts from that disk', async () => {
  const { file, medium, handle } = await fileAsDisk(20 * mebibyte);
  medium.forget = async () => void (await handle.write(Buffer.from('x'), 0, 1, 7 * mebibyte));
  const work = writeImage(sourceOf(Buffer.alloc(12 * mebibyte)), medium, 20 * mebibyte, following());
  await expect(work).rejects.toMatchObject({
    message: `/dev/test does not hold what was written: other bytes came back between byte ${5 * mebibyte} and ${9 * mebibyte}`,
  });
  expect((await readFile(file)).subarray(0, mebibyte).toString('latin1')).toMatch(unfinished);
});

test('a beginning that comes back as another is told, too', async () => {
  const { medium, handle } = await fileAsDisk(8 * mebibyte);
  let times = 0;
  medium.forget = async () => {
    times += 1;
    if (times === 2) await handle.write(Buffer.from('x'), 0, 1, 600);
  };
  const work = writeImage(sourceOf(Buffer.alloc(2 * mebibyte)), medium, 8 * mebibyte, following());
  await expect(work).rejects.toMatchObject({ diagnostics: [{ code: 'not-kept' }] });
});

test.each([
  ['EIO', 'the disk has an error (EIO)'],
  ['ENXIO', 'the disk is gone (ENXIO)'],
  ['ENOSPC', 'the disk ends there (ENOSPC)'],
])('a disk that fails with %s while it is written is told with the place', async (code, words) => {
  const { medium } = await fileAsDisk(20 * mebibyte);
  const write = medium.write;
  medium.write = (bytes, position) =>
    position === 5 * mebibyte ? Promise.reject(Object.assign(new Error(code), { code })) : write(bytes, position);
  const work = writeImage(sourceOf(Buffer.alloc(12 * mebibyte)), medium, 20 * mebibyte, following());
  await expect(work).rejects.toMatchObject({
    exitCode: 1,
    message: `/dev/test: writing failed at byte ${5 * mebibyte} of 12.0 MiB (${12 * mebibyte} bytes): ${words}`,
  });
});

test('a disk that takes nothing more, gives nothing more back or fails when it is flushed is told', async () => {
  const source = sourceOf(Buffer.alloc(40 * mebibyte));
  const failing = async (faults: (own: Medium) => Partial<Medium>) => {
    const { medium } = await fileAsDisk(50 * mebibyte);
    Object.assign(medium, faults({ ...medium }));
    return writeImage(source, medium, 50 * mebibyte, following());
  };
  const at = 33 * mebibyte;
  await expect(
    failing(({ write }) => ({ write: (bytes, place) => (place === at ? Promise.resolve(0) : write(bytes, place)) })),
  ).rejects.toThrow(`writing failed at byte ${at} of 40.0 MiB (${40 * mebibyte} bytes): the disk ends there`);
  await expect(
    failing(({ read }) => ({ read: (into, place) => (place === at ? Promise.resolve(0) : read(into, place)) })),
  ).rejects.toThrow(`reading back failed at byte ${at} of`);
  let flushes = 0;
  await expect(
    failing(() => ({
      flush: async () => {
        flushes += 1;
        if (flushes === 2) throw Object.assign(new Error('x'), { code: 'EIO' });
      },
    })),
  ).rejects.toThrow(`writing failed at byte ${at} of`);
});

test('an image that somebody changes meanwhile is not finished', async () => {
  const { file, medium } = await fileAsDisk(8 * mebibyte);
  const source = { ...sourceOf(Buffer.alloc(2 * mebibyte)), sha256: 'another' };
  await expect(writeImage(source, medium, 8 * mebibyte, following())).rejects.toThrow('the image was changed');
  expect((await readFile(file)).subarray(0, mebibyte).toString('latin1')).toMatch(unfinished);
  await truncate(file, 8 * mebibyte);
  const shorter = { ...sourceOf(Buffer.alloc(2 * mebibyte)), bytes: 3 * mebibyte };
  await expect(writeImage(shorter, medium, 8 * mebibyte, following())).rejects.toThrow('the image was changed');
});

test('what is no failure of the disk is not told as one', async () => {
  const { medium } = await fileAsDisk(8 * mebibyte, { write: () => Promise.reject(new TypeError('a bug')) });
  const work = writeImage(sourceOf(Buffer.alloc(2 * mebibyte)), medium, 8 * mebibyte, following());
  await expect(work).rejects.toThrow(TypeError);
});
