import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { Interrupted } from '../../scripts/diagnostic/index.ts';
import { scratchDirectory } from '../commands/recording-context.ts';
import { differences, fileOf } from './made.ts';

interface CpioFile {
  readonly name: string;
  readonly content: string;
  readonly time?: number;
}

/** cpio(5), "newc". */
function cpioOf(files: readonly CpioFile[]): Buffer {
  const padded = (bytes: Buffer) => Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]);
  const entry = ({ name, content, time = 0 }: CpioFile) => {
    const numbers = [1, 0o100644, 0, 0, 1, time, content.length, 0, 0, 0, 0, name.length + 1, 0];
    const digits = numbers.map((number) => number.toString(16).padStart(8, '0')).join('');
    return Buffer.concat([padded(Buffer.from(`070701${digits}${name}\0`)), padded(Buffer.from(content))]);
  };
  const trailer = entry({ name: 'TRAILER!!!', content: '' });
  return Buffer.concat([...files.map(entry), trailer, Buffer.alloc(512)]);
}

const conf: CpioFile = { name: 'etc/conf', content: 'a=1\nb=2\n' };

test('an archive before another one that is packed, as an initramfs is: down to the file', async () => {
  const early = cpioOf([{ name: 'kernel/x86/microcode', content: 'code' }]);
  const initramfs = (file: CpioFile) => fileOf(Buffer.concat([early, gzipSync(cpioOf([file]))]));
  const inside = 'image > cpio > what follows > gzip > unpacked > cpio > /etc/conf';
  expect(await differences(initramfs(conf), initramfs({ ...conf, content: 'a=1\nb=3\n' }))).toEqual([
    `${inside}: content: line 2: "b=2", then "b=3"`,
  ]);
  expect(await differences(initramfs(conf), initramfs({ ...conf, time: 60 }))).toEqual([
    `${inside}: time stamp: modified: 1970-01-01T00:00:00Z, then 1970-01-01T00:01:00Z`,
  ]);
});

test('the same files in another order', async () => {
  const files = ['a', 'b', 'c'].map((name) => ({ name, content: name }));
  const other = fileOf(cpioOf(files.toReversed()));
  expect(await differences(fileOf(cpioOf(files)), other)).toEqual(['image > cpio: order: its entries, from /a on']);
});

test('an archive of tar: a mode, a time, a long name', async () => {
  const name = `${'deep/'.repeat(40)}file`;
  const tarOf = (...options: string[]) => {
    const directory = scratchDirectory();
    const file = path.join(directory, 'tree', name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, 'x');
    const archive = path.join(directory, 'tar');
    const fixed = [
      '--mtime=@1',
      '--owner=0',
      '--group=0',
      '--format=pax',
      '--pax-option=delete=atime,delete=ctime',
      '--pax-option=exthdr.name=x',
    ];
    execFileSync('tar', [
      '-cf',
      archive,
      '-C',
      path.join(directory, 'tree'),
      ...fixed,
      '--mode=0644',
      ...options,
      name,
    ]);
    return archive;
  };
  expect(await differences(tarOf(), tarOf('--mode=0600'))).toEqual([
    `image > tar > ${name}: mode or owner: mode: 644, then 600`,
  ]);
  expect(await differences(tarOf(), tarOf('--mtime=@61'))).toEqual([
    `image > tar > ${name}: time stamp: modified: 1970-01-01T00:00:01Z, then 1970-01-01T00:01:01Z`,
  ]);
});

test('what a packer noted of the time', async () => {
  const packed = gzipSync('text');
  const later = Buffer.from(packed);
  later.writeUInt32LE(60, 4);
  expect(await differences(fileOf(packed), fileOf(later))).toEqual([
    'image > gzip: time stamp: time: 1970-01-01T00:00:00Z, then 1970-01-01T00:01:00Z',
  ]);
});

test('a damaged archive is compared as bytes', async () => {
  const whole = cpioOf([conf]);
  const damaged = Buffer.from(whole);
  damaged.write('nonsense', 6);
  const told = await differences(fileOf(whole), fileOf(damaged));
  expect(told).toEqual([
    expect.stringMatching(/^image: content: \d+ bytes from byte 6 on: 3030303030303031, then 6e6f6e73656e7365$/),
  ]);
  expect(readFileSync(fileOf(whole)).equals(damaged)).toBe(false);
});

test('who interrupts while something is unpacked is not told of bytes instead', async () => {
  const packed = (byte: number) => fileOf(Buffer.from([0x28, 0xb5, 0x2f, 0xfd, byte]));
  const means = { newPath: () => '', asFile: () => '', run: () => Promise.reject(new Interrupted()) };
  await expect(differences(packed(0), packed(1), means)).rejects.toBeInstanceOf(Interrupted);
});
