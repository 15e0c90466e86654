import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { withMeans } from '../../../scripts/bits/index.ts';
import { datedMkfs } from '../../../scripts/engines/direct/disk/dated-mkfs.ts';
import { inToolsTree, SystemRunner } from '../../../scripts/process/index.ts';
import { differences } from '../../bits/made.ts';
import { toolsTree } from '../lab/environment.ts';
import { places } from './phyllome.ts';

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(path.join(places.out, 'bits-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

/** Runs a script of the tools tree in the test's directory, with the time that programs shall take for the clock's. */
function run(script: string, seconds = 1_600_000_000): void {
  const [program, ...argv] = inToolsTree(toolsTree(), ['sh', '-euc', script], { write: [directory], cwd: directory });
  const env = { ...process.env, TZ: 'UTC', SOURCE_DATE_EPOCH: String(seconds) };
  execFileSync(program, argv, { env, stdio: ['ignore', 'ignore', 'pipe'] });
}

/** What differs between the files `a` and `b` of the test's directory. */
function told(): Promise<readonly string[]> {
  const context = { runner: new SystemRunner(), signal: new AbortController().signal };
  return withMeans(context, toolsTree(), directory, (means) =>
    differences(path.join(directory, 'a'), path.join(directory, 'b'), means),
  );
}

function tree(): void {
  mkdirSync(path.join(directory, 'tree/etc'), { recursive: true });
  writeFileSync(path.join(directory, 'tree/etc/a long name.conf'), 'one\n');
  writeFileSync(path.join(directory, 'tree/etc/motd'), 'hello\n');
}

const change = 'echo two > "tree/etc/a long name.conf"';
const still = 'find tree -exec touch -h -d @1600000000 {} +';

test.each([12, 32])('a FAT of %i bits: a file with a long name, its time, the serial number', async (bits) => {
  tree();
  const make = (name: string, serial: string) =>
    `truncate -s 40M ${name}; mkfs.fat -F ${bits} ${bits === 12 ? '-s 32' : ''} -i ${serial} ${name}; mcopy -s -m -i ${name} tree/etc ::/`;
  run(`${still}; ${make('a', '01234567')}; ${change}; touch -d @1600000060 tree/etc/motd; ${make('b', '01234568')}`);
  const found = await told();
  expect(found).toContain('image > FAT > /etc/a long name.conf: content: line 1: "one", then "two"');
  expect(found).toContain(
    'image > FAT > /etc/motd: time stamp: modified: 2020-09-13 12:26:40, then 2020-09-13 12:27:40',
  );
  expect(found).toContain('image > FAT: identifier: serial number: 67452301, then 68452301');
});

test('an XFS made by what its disks are made by is the same, and where not it is told: a file, the UUID', async () => {
  tree();
  const prototype = ['x', '0 0', 'd--755 0 0', 'etc d--755 0 0', 'motd ---644 0 0 tree/etc/motd', '$', '$', ''].join(
    '\\n',
  );
  const uuid = '01234567-89ab-8def-8123-456789abcdef';
  const make = (name: string, digit: string) =>
    `truncate -s 320M ${name}; mkfs.xfs -q -m uuid=${digit}${uuid.slice(1)} -p prototype ${name}`;
  const dated = `echo ${uuid} > seed; seed=$PWD/seed TMPDIR=$PWD; ${datedMkfs}\nprintf '${prototype}' > prototype`;
  run(`${dated}; ${make('a', '0')}; sleep 1.1; ${make('b', '0')}`);
  expect(await told()).toEqual([]);
  run(`${dated}; rm b; echo two > tree/etc/motd; ${make('b', '1')}`);
  expect(await told()).toEqual([
    'image > XFS > /etc/motd: content: size: 6 bytes, then 4 bytes',
    'image > XFS > /etc/motd: content: line 1: "hello", then "two"',
    `image > XFS: identifier: UUID: ${uuid}, then 1${uuid.slice(1)}`,
  ]);
});

test('a Btrfs: what a file holds, its mode, when it was changed, the device', async () => {
  tree();
  const make = (name: string) =>
    `truncate -s 200M ${name}; mkfs.btrfs -q -U 01234567-89ab-8def-8123-456789abcdef --rootdir tree ${name}`;
  run(`mkdir tree/sub; ${still}; ${make('a')}; sleep 1.1; ${change}; chmod 600 tree/etc/motd; ${still}; ${make('b')}`);
  const found = await told();
  expect(found).toContain('image > Btrfs > /etc/a long name.conf: content: line 1: "one", then "two"');
  expect(found).toContain('image > Btrfs > /etc/motd: mode or owner: mode: 100644, then 100600');
  expect(found.filter((line) => line.includes('modified'))).toEqual([]);
  for (const what of ['/etc/motd: time stamp: changed: ', 'Btrfs: identifier: UUID of the device: '])
    expect(found.some((line) => line.includes(what))).toBe(true);
});

test('an ISO: a file, its date, the volume; nothing else', async () => {
  tree();
  const make = (name: string, volume: string) =>
    `xorriso -as mkisofs -quiet -V ${volume} --modification-date=2020091312264000 -o ${name} tree`;
  run(`${still}; ${make('a', 'ONE')}; ${change}; ${still}; ${make('b', 'TWO')}`);
  expect(await told()).toEqual([
    'image > ISO 9660 > /etc/a long name.conf: content: line 1: "one", then "two"',
    'image > ISO 9660: identifier: volume identifier: ONE, then TWO',
  ]);
});

test('a SquashFS in an ISO: its own time, and the content, time and mode of files', async () => {
  tree();
  const make = (name: string) =>
    `rm -rf iso; mkdir iso; mksquashfs tree iso/root.img -quiet -no-progress -comp zstd; touch -d @1600000000 iso iso/root.img
xorriso -as mkisofs -quiet -V ONE --modification-date=2020091312264000 -o ${name} iso`;
  run(`${still}; ${make('a')}`);
  run(`${change}; ${still}; chmod 0600 tree/etc/motd; touch -d @1500000000 tree/etc/motd; ${make('b')}`, 1_600_000_060);
  const root = 'image > ISO 9660 > /root.img > SquashFS';
  const found = await told();
  expect(found).toEqual(
    expect.arrayContaining([
      `${root} > /etc/a long name.conf: content: line 1: "one", then "two"`,
      `${root} > /etc/motd: mode or owner: mode: -rw-r--r--, then -rw-------`,
      `${root} > /etc/motd: time stamp: modified: 2020-09-13 12:26:40, then 2017-07-14 02:40:00`,
      `${root}: time stamp: time of making: 2020-09-13T12:26:40Z, then 2020-09-13T12:27:40Z`,
    ]),
  );
  expect(found.filter((line) => line.startsWith(root))).toHaveLength(found.length);
});

test('a qcow2 disk with ext4, and in that an initramfs that zstd has packed', async () => {
  const make = (name: string) =>
    `rm -rf root; mkdir root; (cd tree; find . | sort | cpio --quiet --reproducible -o -H newc | zstd -q > ../root/initrd.img)
touch -d @1600000000 root root/initrd.img; rm -f raw; truncate -s 8M raw
mke2fs -q -t ext4 -U 01234567-89ab-8def-8123-456789abcdef -E hash_seed=01234567-89ab-8def-8123-456789abcdef -d root raw
qemu-img convert -O qcow2 -c -o compression_type=zstd raw ${name}`;
  tree();
  run(`${still}; ${make('a')}; ${change}; ${still}; ${make('b')}`);
  const inside = 'image > qcow2 > the disk > ext4 > /initrd.img > zstd > unpacked > cpio > /etc/a long name.conf';
  expect(await told()).toContain(`${inside}: content: line 1: "one", then "two"`);
});
