import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { checkout } from '../render/shipped.ts';

const program = path.join(checkout, 'overlays/disk-image/rootfs/usr/libexec/phyllome-own-uuid');
const scratch = mkdtempSync(path.join(tmpdir(), 'phyllome-own-uuid-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** Stand-ins: a device is a file of its UUID, and everything that is asked for is noted. */
const programs: Readonly<Record<string, string>> = {
  blkid: 'case $* in *FLAGS*) echo "$FLAGS" ;; *TYPE*) echo "$TYPE" ;; *) cat "$6" ;; esac',
  xfs_db:
    '[ -z "$BROKEN" ] || { echo "ERROR: The filesystem is dirty"; exit 1; }; echo "xfs_db $*" >> "$CALLS"; echo new > "$6"',
  btrfstune: 'echo "btrfstune $*" >> "$CALLS"; echo new > "$2"',
};

function start(variables: Readonly<Record<string, string>>) {
  const root = mkdtempSync(path.join(scratch, 'root-'));
  const bin = path.join(root, 'bin');
  const [device, calls] = [path.join(root, 'device'), path.join(root, 'calls')];
  for (const directory of [bin, path.join(root, 'dev')]) mkdirSync(directory);
  for (const [name, body] of Object.entries(programs)) {
    writeFileSync(path.join(bin, name), `#!/bin/sh\n${body}\n`);
    chmodSync(path.join(bin, name), 0o755);
  }
  writeFileSync(device, "the image's\n");
  for (const file of [calls, path.join(root, 'dev/kmsg')]) writeFileSync(file, '');
  const env = { PATH: `${bin}:${process.env.PATH}`, PHYLLOME_ROOT: root, CALLS: calls, ...variables };
  const { status, stderr } = spawnSync('sh', [program, device], { env, encoding: 'utf8' });
  const read = (file: string) => readFileSync(file, 'utf8').trim().replaceAll(device, 'DEVICE');
  return { status, stderr, calls: read(calls), uuid: read(device), said: read(path.join(root, 'dev/kmsg')) };
}

const marked = { FLAGS: '0x1000000000000' };

test.each([
  ['xfs', 'xfs_db -x -p xfs_admin -c uuid generate DEVICE'],
  ['btrfs', 'btrfstune -m DEVICE'],
])('%s of a new image gets a UUID of its own', (type, call) => {
  expect(start({ ...marked, TYPE: type })).toEqual({
    status: 0,
    stderr: '',
    calls: call,
    uuid: 'new',
    said: '<6>phyllome-own-uuid: the root file system has a UUID of its own: new',
  });
});

test.each([
  ['the mark is gone', { FLAGS: '', TYPE: 'xfs' }],
  ['a partition has other attributes', { FLAGS: '0x800000000000000', TYPE: 'xfs' }],
  ['the file system is another one', { ...marked, TYPE: 'ext4' }],
])('nothing is changed where %s', (_, variables) => {
  expect(start(variables)).toEqual({ status: 0, stderr: '', calls: '', uuid: "the image's", said: '' });
});

test('a file system that cannot be renamed is told, and the start goes on', () => {
  const { status, said } = start({ ...marked, TYPE: 'xfs', BROKEN: '1' });
  expect(status).toBe(0);
  expect(said).toBe(
    "<4>phyllome-own-uuid: the root file system keeps the UUID of its image, the image's: ERROR: The filesystem is dirty",
  );
});
