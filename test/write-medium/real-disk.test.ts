import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { constants, existsSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Command, Runner } from '../../scripts/process/index.ts';
import { SystemRunner } from '../../scripts/process/index.ts';
import { type WriteRequest, writeToDisk } from '../../scripts/write-medium/write-to-disk.ts';
import { recordingContext, scratchDirectory } from '../commands/recording-context.ts';

const mebibyte = 2 ** 20;
/** Real disks of blocks are made of files by root alone, where the kernel has loop devices. */
const canMakeDisks = process.getuid?.() === 0 && existsSync('/dev/loop-control');
const real = test.skipIf(!canMakeDisks);

const run = (program: string, ...args: readonly string[]) => execFileSync(program, args, { encoding: 'utf8' }).trim();

/** A disk made of a file; gone after the test. */
function diskOf(file: string, ...options: readonly string[]): string {
  const disk = run('losetup', '--find', '--show', '--partscan', ...options, file);
  onTestFinished(() => void run('losetup', '--detach', disk));
  return disk;
}

function newDisk(sizeMiB: number, ...options: readonly string[]) {
  const file = path.join(scratchDirectory(), 'disk');
  writeFileSync(file, '');
  truncateSync(file, sizeMiB * mebibyte);
  return { file, disk: diskOf(file, ...options) };
}

/** An image by its beginning; what follows is no two times the same. */
function newImage(bytes: number): string {
  const image = randomBytes(bytes);
  image.write('\x55\xaa', 510, 'latin1');
  image.write('EFI PART', 512, 'latin1');
  const file = path.join(scratchDirectory(), 'x.iso');
  writeFileSync(file, image);
  return file;
}

function writing(
  own: Pick<WriteRequest, 'image' | 'disk'> & Partial<WriteRequest>,
  runner: Runner = new SystemRunner(),
) {
  const { context, output } = recordingContext();
  const said: string[] = [];
  const request: WriteRequest = {
    alsoFixed: own.disk,
    yes: own.disk,
    kept: [],
    sudo: 'sudo me',
    toolsRoot: () => Promise.reject(new Error('no tools tree is needed')),
    terminal: { isThere: false, ask: () => Promise.reject(new Error('nobody is there')) },
    ...own,
  };
  const work = writeToDisk(request, { ...context, runner, say: (text) => void said.push(text) });
  return { work, said, output };
}

const codesOf = (work: Promise<void>) =>
  work.then(
    () => ['written'],
    (error: { readonly diagnostics?: readonly { readonly code: string }[] }) =>
      error.diagnostics?.map(({ code }) => code) ?? [String(error)],
  );

const sum = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

real('an image is written to a disk whose name is typed, and what was there is shown before', async () => {
  const { file, disk } = newDisk(64);
  run('mkfs.ext4', '-q', '-L', 'holiday', disk);
  const image = newImage(9 * mebibyte + 1000);
  const asked: string[] = [];
  const ask = async (question: string) => {
    asked.push(question);
    return path.basename(disk);
  };
  const { work, said, output } = writing({ image, disk, yes: undefined, terminal: { isThere: true, ask } });
  await work;
  expect(said).toEqual([`${disk}: 64.0 MiB (67108864 bytes)`, '  without partitions: ext4 “holiday”']);
  expect(asked).toEqual([
    expect.stringContaining(`All on ${disk} will be lost. Type its name (${path.basename(disk)})`),
  ]);
  expect(output()).toBe(`${disk} holds ${image}, and gave it back when it was read again`);
  const written = readFileSync(image);
  expect(sum(readFileSync(file).subarray(0, written.length))).toBe(sum(written));
});

real('another answer leaves every byte as it was', async () => {
  const { file, disk } = newDisk(16);
  writeFileSync(file, randomBytes(16 * mebibyte), { flag: 'r+' });
  const before = sum(readFileSync(file));
  const terminal = { isThere: true, ask: async () => 'yes' };
  expect(await codesOf(writing({ image: newImage(mebibyte), disk, yes: undefined, terminal }).work)).toEqual([
    'not-agreed',
  ]);
  expect(sum(readFileSync(file))).toBe(before);
});

real('what is read back comes from the disk, and not from memory', async () => {
  const { file, disk } = newDisk(16);
  const image = newImage(6 * mebibyte);
  const system = new SystemRunner();
  let flushes = 0;
  // A disk that forgets: after the flush that follows the writing, one byte of it is another.
  const runner: Runner = {
    start: (command) => system.start(command),
    run: async (command: Command, options) => {
      flushes += command.argv[1] === '--flushbufs' ? 1 : 0;
      if (flushes === 2 && command.argv[1] === '--flushbufs') {
        const handle = await open(file, 'r+');
        const byte = Buffer.alloc(1);
        await handle.read(byte, 0, 1, 3 * mebibyte);
        await handle.write(Buffer.from([(byte[0] ?? 0) ^ 1]), 0, 1, 3 * mebibyte);
        await handle.sync();
        await handle.close();
      }
      return system.run(command, options);
    },
  };
  const { work, said } = writing({ image, disk }, runner);
  expect(await codesOf(work)).toEqual(['not-kept']);
  expect(said.at(-1)).toBe(
    `${disk} is incomplete: what was on it is lost, and nothing starts from it. Write it again.`,
  );
  expect(readFileSync(file).toString('latin1', 0, 44)).toBe('Phyllome OS: this disk was not written to it');
});

real('disks that are in use, too small or not meant are refused, and stay as they are', async () => {
  const { file, disk } = newDisk(32);
  run('mkfs.ext4', '-q', disk);
  const image = newImage(4 * mebibyte);
  const before = sum(readFileSync(file));
  expect(await codesOf(writing({ image, disk, alsoFixed: undefined }).work)).toEqual(['disk-not-removable']);
  expect(await codesOf(writing({ image, disk, yes: undefined }).work)).toEqual(['nobody-to-ask']);
  expect(await codesOf(writing({ image, disk, yes: '/dev/null' }).work)).toEqual(['no-disk']);
  expect(await codesOf(writing({ image: newImage(33 * mebibyte), disk }).work)).toEqual(['disk-too-small']);
  expect(sum(readFileSync(file))).toBe(before);

  const other = newDisk(8).disk;
  expect(await codesOf(writing({ image, disk, yes: other }).work)).toEqual(['another-disk']);
  // Held by a program, as a mount in a container would hold it: no list tells of it.
  const holder = await open(disk, constants.O_RDWR | constants.O_EXCL);
  expect(await codesOf(writing({ image, disk }).work)).toEqual(['disk-not-opened']);
  await holder.close();

  const at = path.join(scratchDirectory(), 'my stick');
  mkdirSync(at);
  run('mount', disk, at);
  try {
    const { work } = writing({ image, disk });
    await expect(work).rejects.toThrow(`${disk} is mounted: ${disk} at ${at}`);
    expect(await codesOf(writing({ image, disk, kept: [path.join(at, 'cache/not/there/yet')] }).work)).toEqual([
      'disk-of-system',
    ]);
  } finally {
    run('umount', at);
  }
});

real('a partition is no disk, and one that is mounted keeps its disk', async () => {
  const file = path.join(scratchDirectory(), 'disk');
  const table = Buffer.alloc(512);
  table[450] = 0x83;
  table.writeUInt32LE(2048, 454);
  table.writeUInt32LE(30 * 2048, 458);
  table.writeUInt16LE(0xaa55, 510);
  writeFileSync(file, table);
  truncateSync(file, 32 * mebibyte);
  const disk = diskOf(file);
  const part = `${disk}p1`;
  // There are kernels that read no tables.
  if (!existsSync(part)) run('partx', '--add', disk);
  run('mkfs.ext4', '-q', '-L', 'old system', part);
  const image = newImage(mebibyte);
  expect(await codesOf(writing({ image, disk: part }).work)).toEqual(['partition-no-disk']);
  const at = scratchDirectory();
  run('mount', part, at);
  try {
    await expect(writing({ image, disk }).work).rejects.toThrow(`${disk} is mounted: ${part} at ${at}`);
  } finally {
    run('umount', at);
  }
  const { work, said } = writing({ image, disk });
  await work;
  expect(said[1]).toBe(`  ${part}  30.0 MiB  ext4 “old system”`);
  // The kernel has looked again: the image has no such partition.
  expect(existsSync(`/sys/class/block/${path.basename(part)}`)).toBe(false);
});

real('a disk that can only be read, and one with sectors of another size, are refused', async () => {
  const image = newImage(4 * mebibyte);
  expect(await codesOf(writing({ image, disk: newDisk(16, '--read-only').disk }).work)).toEqual(['disk-read-only']);
  const large = newDisk(16, '--sector-size', '4096');
  expect(await codesOf(writing({ image, disk: large.disk }).work)).toEqual(['other-sectors']);
});

real('a disk with an error is told with the place, and as incomplete', async () => {
  const at = scratchDirectory();
  run('mount', '-t', 'tmpfs', '-o', 'size=8M', 'phyllome-test', at);
  onTestFinished(() => void run('umount', at));
  const file = path.join(at, 'disk');
  writeFileSync(file, '');
  truncateSync(file, 80 * mebibyte);
  const { work, said } = writing({ image: newImage(64 * mebibyte), disk: diskOf(file) });
  await expect(work).rejects.toThrow(
    /: writing failed at byte \d+ of 64\.0 MiB \(67108864 bytes\): the disk (?:has an error|ends there) \(/,
  );
  expect(said.at(-1)).toMatch(/ is incomplete: /);
});

test('what is no disk is refused by what it is', async () => {
  const image = newImage(2 * mebibyte);
  const messageOf = async (disk: string) => {
    const { work } = writing({ image, disk });
    return work.then(String, (error: Error) => error.message);
  };
  expect(await messageOf(image)).toBe(`${image} is a file, and images are written to disks`);
  expect(await messageOf(scratchDirectory())).toMatch(/ is a directory, and images are written to disks$/);
  expect(await messageOf('/dev/null')).toBe('/dev/null is no disk, and images are written to disks');
  expect(await messageOf('/dev/nothing')).toBe('/dev/nothing: there is no such device');
});
