import { execFileSync } from 'node:child_process';
import { mkdtempSync, openSync, rmSync, truncateSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { diskInWords } from '../../scripts/installation/computer/in-words.ts';
import { readComputer } from '../../scripts/installation/computer/read-computer.ts';
import type { Ended, RunOptions } from '../../scripts/installation/machine.ts';
import { usableDisks } from '../../scripts/installation/storage/usable-disks.ts';
import { FakeMachine } from './fake-machine.ts';
import { answers, disk } from './fixtures.ts';

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'phyllome-data-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

const mebibyte = 2 ** 20;

/** A machine whose disks are files: what looks for data on them is the installer's own script. */
class MachineOfFiles extends FakeMachine {
  override run(argv: readonly string[], options: RunOptions = {}): Ended {
    if (argv[0] !== 'sh') return super.run(argv, options);
    const [program = '', ...words] = argv.map((word) => word.replace(/^\/dev\//, `${directory}/`));
    const stdout = execFileSync(program, words, { encoding: 'utf8' });
    return { status: 0, stdout: stdout.replaceAll(`${directory}/`, '/dev/'), stderr: '' };
  }
}

function read(sizes: Readonly<Record<string, number>>) {
  const blockdevices = Object.entries(sizes).map(([name, size]) => ({ name, type: 'disk', size }));
  return readComputer(new MachineOfFiles({}, { lsblk: { stdout: JSON.stringify({ blockdevices }) } })).disks;
}

function file(name: string, size: number, at?: number, byte = 1): void {
  writeFileSync(path.join(directory, name), '');
  truncateSync(path.join(directory, name), size);
  if (at !== undefined) writeSync(openSync(path.join(directory, name), 'r+'), Buffer.alloc(4096, byte), 0, 4096, at);
}

test.each([
  ['a disk of zeros', 40 * mebibyte, undefined, 1, false],
  ['flash that was erased', 40 * mebibyte, 0, 0xff, false],
  ['less than what is looked at', 4096, undefined, 1, false],
  ['one block on the smallest', 4096, 0, 1, true],
  ['its first block', 40 * mebibyte, 0, 1, true],
  ['its last block', 40 * mebibyte, 40 * mebibyte - 4096, 1, true],
  // Of 64 KiB at thirty-two places.
  ['one of the places between', 40 * mebibyte, Math.floor((39 * mebibyte) / 31 / 4096) * 4096 * 7 + 32_768, 1, true],
])('%s', (_, size, at, byte, expected) => {
  file('vda', size, at, byte);
  expect(read({ vda: size }).map(({ hasOtherData }) => hasOtherData)).toEqual([expected]);
});

test('of several disks, those are named that have something, and one that cannot be read', () => {
  file('vda', mebibyte);
  file('vdb', 3 * mebibyte, 2 * mebibyte);
  file('vdc', 5 * mebibyte);
  const disks = read({ vda: mebibyte, vdb: 3 * mebibyte, vdc: 5 * mebibyte, gone: 5 * mebibyte });
  expect(disks.filter(({ hasOtherData }) => hasOtherData).map(({ name }) => name)).toEqual(['vdb', 'gone']);
});

test('a disk with data that nobody knows is told so, and not taken without a word', () => {
  const secret = disk('vda', { hasOtherData: true });
  expect(diskInWords(secret)).toBe('vda: 20.0 GiB, virtio; holds data of an unknown kind');
  const { usable, others } = usableDisks(answers('autopart'), [secret]);
  expect([usable, others.map(({ reason }) => reason)]).toEqual([
    [],
    ['it is not empty, and no clearpart --all says that it may be wiped'],
  ]);
  expect(usableDisks(answers('autopart', 'clearpart --all'), [secret]).usable).toEqual([secret]);
  expect(usableDisks(answers('autopart', 'clearpart --all'), [secret], { empty: true }).others).toMatchObject([
    { reason: 'not what the flavour asks for: it is not empty' },
  ]);
});
