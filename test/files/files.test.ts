import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { makeDirectory, readJson, readRegular, writeWhole } from '../../scripts/files/index.ts';

const scratch = () => mkdtempSync(path.join(tmpdir(), 'phyllome-files-'));
const thrown = (work: () => void): NodeJS.ErrnoException | undefined => {
  try {
    work();
    return undefined;
  } catch (error) {
    return error as NodeJS.ErrnoException;
  }
};

test('a directory is made with all above it, and is no error when it is there', () => {
  const directory = path.join(scratch(), 'a/b/c');
  makeDirectory(directory, 0o700);
  makeDirectory(directory, 0o700);
  expect(statSync(directory).mode & 0o777).toBe(0o700);
});

test.each([
  ['/proc/phyllome/x', 'ENOENT', '/proc/phyllome'],
  ['/dev/null/x', 'ENOTDIR', '/dev/null/x'],
  [`/tmp/${'x'.repeat(300)}`, 'ENAMETOOLONG', `/tmp/${'x'.repeat(300)}`],
])('%s cannot be made, and that is said at once of the place where it fails', (directory, code, at) => {
  expect(thrown(() => makeDirectory(directory))).toMatchObject({ code, path: at });
});

test('a file, or a link that leads nowhere, in the place of a directory is told as that', () => {
  const directory = scratch();
  writeFileSync(path.join(directory, 'file'), '');
  expect(thrown(() => makeDirectory(path.join(directory, 'file')))).toMatchObject({ code: 'ENOTDIR' });
  symlinkSync('/nowhere/at/all', path.join(directory, 'link'));
  expect(thrown(() => makeDirectory(path.join(directory, 'link')))).toMatchObject({ code: 'ENOTDIR' });
});

test('a full disk is told with the name of the file, and leaves nothing half', () => {
  expect(thrown(() => writeWhole('/proc/self/x', ''))).toMatchObject({ path: '/proc/self/x' });
  const directory = scratch();
  mkdirSync(path.join(directory, 'target'));
  expect(thrown(() => writeWhole(path.join(directory, 'target'), 'text'))).toMatchObject({
    path: path.join(directory, 'target'),
  });
  expect(readdirSync(directory)).toEqual(['target']);
});

test('where no file can be made, that is told; a directory that is missing stays a mistake of the caller', () => {
  expect(thrown(() => writeWhole('/proc/x', ''))).toMatchObject({ path: '/proc/x', syscall: 'create' });
  const missing = path.join(scratch(), 'missing/x');
  expect(thrown(() => writeWhole(missing, ''))).toMatchObject({ code: 'ENOENT', syscall: 'open' });
});

test('a pipe, a device as well, and a link to one are not replaced by a file', () => {
  const directory = scratch();
  const at = (name: string) => path.join(directory, name);
  const [pipe, link, file] = [at('pipe'), at('link'), at('file')];
  execFileSync('mkfifo', [pipe]);
  symlinkSync(pipe, link);
  for (const there of [pipe, link]) {
    expect(thrown(() => writeWhole(there, 'text'))).toMatchObject({ code: 'EEXIST', syscall: 'create', path: there });
  }
  expect(statSync(pipe).isFIFO()).toBe(true);
  writeFileSync(file, 'old');
  writeWhole(file, 'new');
  expect(readFileSync(file, 'utf8')).toBe('new');
});

test('nothing but a file is opened', () => {
  const directory = scratch();
  const at = (name: string) => path.join(directory, name);
  execFileSync('mkfifo', [at('pipe')]);
  symlinkSync('loop', at('loop'));
  symlinkSync('gone', at('lost'));
  writeFileSync(at('large'), '');
  truncateSync(at('large'), 2 ** 20 + 1);
  const faultOf = (file: string) => readRegular(file, 1);
  expect(faultOf(at('pipe'))).toEqual({ fault: 'is a pipe, not a file' });
  expect(faultOf('/dev/zero')).toEqual({ fault: 'is a device, not a file' });
  expect(faultOf(directory)).toEqual({ fault: 'is a directory, not a file' });
  expect(faultOf(at('loop'))).toEqual({ fault: 'is a link that leads back to itself' });
  expect(faultOf(at('lost'))).toEqual({ fault: 'is not there, or is a link that leads nowhere' });
  expect(faultOf(at('large'))).toEqual({ fault: 'is larger than 1 MiB' });
  writeFileSync(at('small'), 'text');
  expect(faultOf(at('small'))).toEqual({ bytes: Buffer.from('text') });
});

test('a JSON file that is not there, or was cut short, says nothing', () => {
  const file = path.join(scratch(), 'a.json');
  expect(readJson(file)).toBeUndefined();
  writeFileSync(file, '{"a": [1');
  expect(readJson(file)).toBeUndefined();
  writeFileSync(file, '{"a": [1]}');
  expect(readJson(file)).toEqual({ a: [1] });
  expect(existsSync(file) && readFileSync(file, 'utf8')).toBe('{"a": [1]}');
});
