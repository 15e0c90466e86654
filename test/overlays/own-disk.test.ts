import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { checkout } from '../render/shipped.ts';
import { partitionRow, sfdisk } from './partition-table.ts';

const program = path.join(checkout, 'overlays/disk-image/rootfs/usr/libexec/phyllome-own-disk');
const scratch = mkdtempSync(path.join(tmpdir(), 'phyllome-own-disk-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const old = ['0', '1', '2', '3'].map((digit) => `${digit.repeat(8)}-aaaa-8bbb-8ccc-${digit.repeat(12)}`);
const [disk = '', bios = '', esp = '', system = ''] = old;

/** Stand-ins: a partition table is a text file, and everything that is asked for is noted. */
const programs: Readonly<Record<string, string>> = {
  findmnt: 'case $* in *SOURCE*) echo /dev/sda3;; *) echo "$FSTYPE";; esac',
  lsblk: 'echo "/dev/sda3 part"; echo "$TABLE disk"',
  systemctl: 'echo "systemctl $*" >> "$CALLS"',
  tune2fs: 'echo "tune2fs $*" >> "$CALLS"',
  blkid: 'echo 99999999-aaaa-8bbb-8ccc-999999999999',
  sfdisk,
};

function machine(fstype = 'ext4') {
  const root = mkdtempSync(path.join(scratch, 'root-'));
  const bin = path.join(root, 'bin');
  const table = path.join(root, 'table');
  const calls = path.join(root, 'calls');
  mkdirSync(bin);
  for (const [name, body] of Object.entries(programs)) {
    writeFileSync(path.join(bin, name), `#!/bin/sh\n${body}\n`);
    chmodSync(path.join(bin, name), 0o755);
  }
  const upper = (text: string) => text.toUpperCase();
  writeFileSync(
    table,
    [
      'label: gpt',
      `label-id: ${upper(disk)}`,
      '',
      partitionRow(1, bios),
      partitionRow(2, esp),
      partitionRow(3, system),
      '',
    ].join('\n'),
  );
  for (const directory of ['etc/kernel', 'boot/grub', 'boot/efi/loader/entries'])
    mkdirSync(path.join(root, directory), { recursive: true });
  const file = (name: string) => path.join(root, name);
  writeFileSync(
    file('etc/fstab'),
    `# disk\nPARTUUID=${esp} /boot/efi vfat umask=0077 0 0\nPARTUUID=${system} / ext4 defaults 0 1\n`,
  );
  const made = new Date('2026-01-01');
  utimesSync(file('etc/fstab'), made, made);
  writeFileSync(file('etc/kernel/cmdline'), `root=PARTUUID=${system} ro\n`);
  writeFileSync(file('boot/grub/grub.cfg'), `set phyllome_root=${system}\n`);
  writeFileSync(file('boot/efi/loader/entries/phyllome-1.conf'), `options root=PARTUUID=${system} ro\n`);
  writeFileSync(calls, '');
  const read = (name: string) => readFileSync(file(name), 'utf8');
  return {
    file,
    read,
    calls: () => read('calls').trim().split('\n'),
    start: () =>
      spawnSync('sh', [program], {
        env: { PATH: `${bin}:${process.env.PATH}`, PHYLLOME_ROOT: root, TABLE: table, CALLS: calls, FSTYPE: fstype },
        encoding: 'utf8',
      }),
  };
}

const everyText = [
  'table',
  'etc/fstab',
  'etc/kernel/cmdline',
  'boot/grub/grub.cfg',
  'boot/efi/loader/entries/phyllome-1.conf',
];

test('the first start gives table and partitions other identifiers, in every file that names them', () => {
  const { start, read, file, calls } = machine();
  const { status, stderr } = start();
  expect(stderr).toBe('');
  expect(status).toBe(0);
  for (const name of everyText) for (const id of old) expect(read(name).toLowerCase()).not.toContain(id);
  const ids = [
    ...read('table')
      .toLowerCase()
      .matchAll(/uuid=(\S{36})/g),
  ].map((match) => match[1] ?? '');
  expect(new Set(ids).size).toBe(3);
  expect(read('etc/fstab')).toBe(
    `# disk\nPARTUUID=${ids[1]} /boot/efi vfat umask=0077 0 0\nPARTUUID=${ids[2]} / ext4 defaults 0 1\n`,
  );
  expect(read('etc/kernel/cmdline')).toBe(`root=PARTUUID=${ids[2]} ro\n`);
  expect(read('boot/efi/loader/entries/phyllome-1.conf')).toBe(`options root=PARTUUID=${ids[2]} ro\n`);
  // The check `machine-identity` tells by it what came with the image.
  expect(statSync(file('etc/fstab')).mtime).toEqual(new Date('2026-01-01'));
  // Units follow the new names before udev takes the old ones away. No lock is held: generators wait for it.
  expect(calls()).toEqual([
    'systemctl daemon-reload',
    'sfdisk --disk-id',
    'sfdisk --part-uuid',
    'sfdisk --part-uuid',
    'sfdisk --part-uuid',
    'systemctl daemon-reload',
    expect.stringMatching(/^tune2fs -U [0-9a-f-]{36} \/dev\/sda3$/),
  ]);
});

test('the second start changes nothing', () => {
  const { start, read } = machine();
  start();
  const before = everyText.map(read);
  expect(start().status).toBe(0);
  expect(everyText.map(read)).toEqual(before);
});

test('two disks of one image have nothing in common afterwards', () => {
  const [one, other] = [machine(), machine()];
  one.start();
  other.start();
  const ids = (text: string) => text.toLowerCase().match(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g) ?? [];
  const all = [...ids(one.read('table')), ...ids(other.read('table'))];
  expect(new Set(all).size).toBe(8);
});

test('cut off before the disk is changed: a start waits for the root alone, and the next one goes on with the same names', () => {
  const { start, read, file } = machine();
  writeFileSync(file('table.off'), '');
  expect(start().status).not.toBe(0);
  expect(existsSync(file('var/lib/phyllome/own-disk/done'))).toBe(false);
  expect(read('table').toLowerCase()).toContain(system);
  expect(read('etc/fstab')).toMatch(/ \/boot\/efi vfat umask=0077,nofail,x-phyllome\.moving /);
  expect(read('etc/fstab')).toContain(' / ext4 defaults 0 1');
  // systemd-boot has an entry for either name.
  expect(read('boot/efi/loader/entries/phyllome-1.conf')).toContain(system);
  expect(existsSync(file('boot/efi/loader/entries/phyllome-1-own.conf'))).toBe(true);
  const names = read('var/lib/phyllome/own-disk/names');
  rmSync(file('table.off'));
  expect(start().status).toBe(0);
  expect(read('var/lib/phyllome/own-disk/names')).toBe(names);
  expect(read('etc/fstab')).not.toContain('nofail');
  for (const name of everyText) expect(read(name).toLowerCase()).not.toContain(system);
  expect(existsSync(file('boot/efi/loader/entries/phyllome-1-own.conf'))).toBe(false);
});

test.each(['xfs', 'btrfs'])('the mark of a new image goes from a partition of %s, once', (fstype) => {
  const { start, read, file, calls } = machine(fstype);
  writeFileSync(file('table.attributes3'), 'GUID:48\n');
  expect(start().status).toBe(0);
  expect(read('table.attributes3')).toBe('\n');
  expect(calls().at(-1)).toBe('sfdisk --part-attrs');
  start();
  expect(calls().filter((call) => call === 'sfdisk --part-attrs')).toHaveLength(1);
});

test('a partition of xfs without the mark is left as it is', () => {
  const { start, file, calls } = machine('xfs');
  writeFileSync(file('table.attributes3'), 'RequiredPartition GUID:59\n');
  expect(start().status).toBe(0);
  expect(calls()).not.toContain('sfdisk --part-attrs');
});

test('a file system that something names keeps its UUID, as does one that cannot be renamed in use', () => {
  const named = machine();
  writeFileSync(named.file('boot/efi/loader/other.conf'), 'search --fs-uuid 99999999-aaaa-8bbb-8ccc-999999999999\n');
  const xfs = machine('xfs');
  writeFileSync(xfs.file('table.attributes3'), '\n');
  for (const one of [named, xfs]) {
    expect(one.start().status).toBe(0);
    expect(one.calls().join('\n')).not.toContain('tune2fs');
  }
});
