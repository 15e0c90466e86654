import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { checkout } from '../render/shipped.ts';

const program = path.join(checkout, 'overlays/versions/rootfs/usr/lib/phyllome/update/carry.sh');
const scratch = mkdtempSync(path.join(tmpdir(), 'phyllome-carry-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** The system before, the running one, and the new version of it: each begins with the same files. */
let root = '';
const at = (side: 'live' | 'base' | 'new', name: string) => path.join(root, side, name);
function put(side: 'live' | 'base' | 'new', name: string, text: string): void {
  mkdirSync(path.dirname(at(side, name)), { recursive: true });
  writeFileSync(at(side, name), text);
}
const read = (name: string) => (existsSync(at('new', name)) ? readFileSync(at('new', name), 'utf8') : undefined);

beforeEach(() => {
  root = mkdtempSync(path.join(scratch, 'versions-'));
  put('base', 'etc/kept', 'as it was\n');
  put('base', 'etc/passwd', 'root:x:0:0\nold:x:9:9\n');
  put('base', 'etc/link-target', 'x');
  symlinkSync('link-target', at('base', 'etc/link'));
  put('base', 'var/lib/dpkg/status', 'packages of before\n');
  put('base', 'var/lib/thing/a', 'a\n');
  put('base', 'usr/lib/program', 'before\n');
  put('base', 'usr/local/bin/own', 'before\n');
  for (const side of ['live', 'new'])
    cpSync(path.join(root, 'base'), path.join(root, side), { recursive: true, verbatimSymlinks: true });
});

/** Lines that it prints: files that both sides have changed. */
function carry(): string[] {
  const script = 'set -eu; . "$0"; carry "$1/live" "$1/base" "$1/new"';
  const { status, stdout, stderr } = spawnSync('sh', ['-c', script, program, root], { encoding: 'utf8' });
  expect([status, stderr]).toEqual([0, '']);
  return stdout.split('\n').filter((line) => line !== '');
}

describe('what the host alone has changed', () => {
  test('is taken over: content, mode, new files in new directories, odd names', () => {
    put('live', 'etc/kept', 'otherwise\n');
    chmodSync(at('live', 'etc/kept'), 0o600);
    put('live', "var/lib/new one/it's", 'new\n');
    chmodSync(at('live', 'var/lib/new one'), 0o700);
    put('live', 'usr/local/bin/own', 'after\n');
    expect(carry()).toEqual([]);
    expect(read('etc/kept')).toBe('otherwise\n');
    expect(statSync(at('new', 'etc/kept')).mode & 0o777).toBe(0o600);
    expect(read("var/lib/new one/it's")).toBe('new\n');
    expect(statSync(at('new', 'var/lib/new one')).mode & 0o777).toBe(0o700);
    expect(read('usr/local/bin/own')).toBe('after\n');
  });

  test('a mode alone', () => {
    chmodSync(at('live', 'etc/kept'), 0o640);
    carry();
    expect(statSync(at('new', 'etc/kept')).mode & 0o777).toBe(0o640);
  });

  test('links, a link in place of a file, a file in place of a link', () => {
    rmSync(at('live', 'etc/link'));
    writeFileSync(at('live', 'etc/link'), 'a file now');
    rmSync(at('live', 'etc/kept'));
    symlinkSync('/nowhere', at('live', 'etc/kept'));
    carry();
    expect(lstatSync(at('new', 'etc/link')).isSymbolicLink()).toBe(false);
    expect(read('etc/link')).toBe('a file now');
    expect(readlinkSync(at('new', 'etc/kept'))).toBe('/nowhere');
    // What the link led to is untouched.
    expect(read('etc/link-target')).toBe('x');
  });

  test('what it has removed is gone, with its directory', () => {
    rmSync(at('live', 'var/lib/thing'), { recursive: true });
    expect(carry()).toEqual([]);
    expect(existsSync(at('new', 'var/lib/thing'))).toBe(false);
  });

  test('what only its owner can read stays so', () => {
    put('live', 'etc/secret', 'secret\n');
    chmodSync(at('live', 'etc/secret'), 0o600);
    carry();
    expect(statSync(at('new', 'etc/secret')).mode & 0o777).toBe(0o600);
  });
});

describe('what the update alone has changed', () => {
  test('stays: files, removals, and a directory that the host has not touched', () => {
    put('new', 'etc/kept', 'updated\n');
    put('new', 'etc/brought', 'by the update\n');
    rmSync(at('new', 'var/lib/thing/a'));
    expect(carry()).toEqual([]);
    expect([read('etc/kept'), read('etc/brought'), read('var/lib/thing/a')]).toEqual([
      'updated\n',
      'by the update\n',
      undefined,
    ]);
  });

  test('programs and the lists of packages are its own, whatever the host did', () => {
    put('live', 'var/lib/dpkg/status', 'packages of the host\n');
    put('live', 'usr/lib/program', 'altered by hand\n');
    put('new', 'var/lib/dpkg/status', 'packages of the update\n');
    expect(carry()).toEqual([]);
    expect([read('var/lib/dpkg/status'), read('usr/lib/program')]).toEqual(['packages of the update\n', 'before\n']);
  });
});

describe('what both have changed', () => {
  test('is the host’s, with the update’s beside it, and told', () => {
    put('live', 'etc/kept', 'host\n');
    put('new', 'etc/kept', 'update\n');
    expect(carry()).toEqual(['etc/kept']);
    expect([read('etc/kept'), read('etc/kept.phyllome-update')]).toEqual(['host\n', 'update\n']);
  });

  test('alike is no quarrel', () => {
    put('live', 'etc/kept', 'same\n');
    put('new', 'etc/kept', 'same\n');
    expect(carry()).toEqual([]);
    expect(existsSync(at('new', 'etc/kept.phyllome-update'))).toBe(false);
  });

  test('removed by the host and changed by the update: it stays, and is told', () => {
    rmSync(at('live', 'etc/kept'));
    put('new', 'etc/kept', 'update\n');
    expect(carry()).toEqual(['etc/kept']);
    expect(read('etc/kept')).toBe('update\n');
  });

  test('removed by both is no quarrel either', () => {
    rmSync(at('live', 'etc/kept'));
    rmSync(at('new', 'etc/kept'));
    expect(carry()).toEqual([]);
  });

  test('accounts are merged line by line', () => {
    put('live', 'etc/passwd', 'root:x:0:0:changed\nadmin:x:1000:1000\n');
    put('new', 'etc/passwd', 'root:x:0:0\nold:x:9:9\ndaemon:x:101:101\n');
    expect(carry()).toEqual([]);
    expect(read('etc/passwd')).toBe('root:x:0:0:changed\ndaemon:x:101:101\nadmin:x:1000:1000\n');
  });
});

test('a second time changes nothing', () => {
  put('live', 'etc/kept', 'host\n');
  put('live', 'var/lib/x/y', 'new\n');
  carry();
  expect(carry()).toEqual([]);
  expect(read('etc/kept')).toBe('host\n');
});
