/** The first start of a disk that Anaconda made, on a real ext4. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { checkout } from '../render/shipped.ts';
import { partitionRow, sfdisk } from './partition-table.ts';

const program = path.join(checkout, 'overlays/disk-image/rootfs/usr/libexec/phyllome-own-disk');
const scratch = mkdtempSync(path.join(tmpdir(), 'phyllome-own-disk-fedora-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** What every disk of the image has: of the file systems, and of the partitions. */
const built = '7d0b9a7e-52a1-4a5c-9a3e-6f1f0a4be001';
const builtEsp = '5A1F-0C3D';
const builtPart = '11111111-AAAA-4BBB-8CCC-111111111111';

const stub = `search --no-floppy --root-dev-only --fs-uuid --set=dev ${built}
set prefix=($dev)/boot/grub2
export $prefix
configfile $prefix/grub.cfg
`;
const menu = `if [ x$feature_platform_search_hint = xy ]; then
  search --no-floppy --fs-uuid --set=root --hint-bios=hd0,gpt2  ${built}
else
  search --no-floppy --fs-uuid --set=root ${built}
fi
if [ -z "\${kernelopts}" ]; then
  set kernelopts="root=UUID=${built} ro "
fi
blscfg
`;
const texts = {
  'etc/fstab': `# /dev/disk\nUUID=${built} / ext4 defaults 1 1\nUUID=${builtEsp} /boot/efi vfat umask=0077,shortname=winnt 0 2\n`,
  'etc/kernel/cmdline': `root=UUID=${built} ro iommu=pt\n`,
  'boot/loader/entries/0123-6.19.conf': `title Phyllome OS\nlinux /boot/vmlinuz-6.19\noptions root=UUID=${built} ro iommu=pt\n`,
  'boot/grub2/grub.cfg': menu,
  'boot/efi/EFI/fedora/grub.cfg': stub,
};

/** A disk as Anaconda leaves it: the system's partition before that of the EFI. */
function installedDisk() {
  const root = mkdtempSync(path.join(scratch, 'root-'));
  const file = (name: string) => path.join(root, name);
  const [disk, system, bin] = [file('sda'), file('sda2'), file('bin')];
  const ids = [1, 2, 3].map((digit) => builtPart.replaceAll('1', String(digit)));
  writeFileSync(
    disk,
    ['label: gpt', `label-id: ${builtPart}`, ...ids.map((id, index) => partitionRow(index + 1, id)), ''].join('\n'),
  );
  writeFileSync(system, '');
  truncateSync(system, 64 * 2 ** 20);
  execFileSync('mkfs.ext4', ['-q', '-O', 'metadata_csum_seed', '-U', built, system]);
  const programs = {
    findmnt: `case $* in *SOURCE*) echo ${system} ;; *) echo ext4 ;; esac`,
    lsblk: `printf '%s\n' '${disk} disk' '${file('sda1')} part' '${system} part' '${file('sda3')} part'`,
    systemctl: ':',
    sfdisk,
    // The other two partitions are no files.
    blkid: `case $6 in */sda3) echo ${builtEsp} ;; */sda1) exit 2 ;; *) PATH=$HOSTPATH exec blkid "$@" ;; esac`,
    tune2fs: `[ ! -e ${file('cut')} ] || exit 1
[ ! -e ${file('power')} ] || { kill -9 $PPID; exit 1; }
PATH=$HOSTPATH exec tune2fs "$@"`,
  };
  mkdirSync(bin);
  for (const [name, body] of Object.entries(programs))
    writeFileSync(path.join(bin, name), `#!/bin/sh\n${body}\n`, { mode: 0o755 });
  for (const [name, text] of Object.entries(texts)) {
    mkdirSync(path.dirname(file(name)), { recursive: true });
    writeFileSync(file(name), text);
  }
  const { PATH } = process.env;
  const partOf = (number: string) =>
    new RegExp(`sda${number} .*uuid=(\\S+)`).exec(readFileSync(disk, 'utf8'))?.[1]?.toLowerCase() ?? '';
  return {
    file,
    partOf,
    read: (name: string) => readFileSync(file(name), 'utf8'),
    uuid: () => execFileSync('blkid', ['-p', '-s', 'UUID', '-o', 'value', system], { encoding: 'utf8' }).trim(),
    isSound: () => spawnSync('e2fsck', ['-fn', system]).status === 0,
    start: () =>
      spawnSync('sh', [program], {
        env: { PATH: `${bin}:${PATH}`, HOSTPATH: PATH, PHYLLOME_ROOT: root, TABLE: disk, CALLS: file('calls') },
        encoding: 'utf8',
      }),
  };
}

const everyFile = Object.keys(texts);

test('a disk that Anaconda made gets names of its own: of table, partitions and file system, in every file', () => {
  const { start, read, partOf, uuid, isSound } = installedDisk();
  const { status, stderr, stdout } = start();
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toContain('has identifiers of its own');
  expect(uuid()).not.toBe(built);
  expect(isSound()).toBe(true);
  expect(partOf('2')).not.toBe(builtPart.toLowerCase());
  expect(read('etc/fstab')).toBe(
    `# /dev/disk\nPARTUUID=${partOf('2')} / ext4 defaults 1 1\nPARTUUID=${partOf('3')} /boot/efi vfat umask=0077,shortname=winnt 0 2\n`,
  );
  expect(read('etc/kernel/cmdline')).toBe(`root=PARTUUID=${partOf('2')} ro iommu=pt\n`);
  expect(read('boot/loader/entries/0123-6.19.conf')).toContain(`options root=PARTUUID=${partOf('2')} ro iommu=pt\n`);
  expect(read('boot/efi/EFI/fedora/grub.cfg')).toBe(stub.replace(built, uuid()));
  expect(read('boot/grub2/grub.cfg')).toBe(
    menu.replace(`UUID=${built}`, `PARTUUID=${partOf('2')}`).replaceAll(built, uuid()),
  );
});

test('the second start changes nothing, and two disks have no name in common', () => {
  const [one, other] = [installedDisk(), installedDisk()];
  one.start();
  const before = everyFile.map(one.read);
  expect(one.start().status).toBe(0);
  expect(everyFile.map(one.read)).toEqual(before);
  other.start();
  const names = [one, other].flatMap(({ uuid, partOf }) => [uuid(), partOf('1'), partOf('2'), partOf('3')]);
  expect(new Set(names).size).toBe(8);
});

/** Whether GRUB and the kernel find the system by what the files say now. */
function isFound({ read, uuid, partOf }: ReturnType<typeof installedDisk>): boolean {
  const names = [`UUID=${uuid()}`, `PARTUUID=${partOf('2')}`];
  const grub = ['boot/efi/EFI/fedora/grub.cfg', 'boot/grub2/grub.cfg'];
  return (
    ['etc/fstab', 'etc/kernel/cmdline', 'boot/loader/entries/0123-6.19.conf'].every((name) =>
      names.some((one) => new RegExp(`(^|[^A-Z])${one}`, 'm').test(read(name))),
    ) && grub.every((name) => new RegExp(`search .*${uuid()}`).test(read(name)))
  );
}

test('the power goes as the file system gets its name: GRUB looks for either, and the next start goes on', () => {
  const disk = installedDisk();
  writeFileSync(disk.file('power'), '');
  expect(disk.start().signal).toBe('SIGKILL');
  expect(disk.uuid()).toBe(built);
  expect(isFound(disk)).toBe(true);
  const noted = disk.read('var/lib/phyllome/own-disk/root').trim().split(' ')[1] ?? '';
  // Right after the name was written.
  execFileSync('tune2fs', ['-U', noted, disk.file('sda2')]);
  expect(isFound(disk)).toBe(true);
  rmSync(disk.file('power'));
  expect(disk.start().status).toBe(0);
  expect(disk.uuid()).toBe(noted);
  expect(isFound(disk)).toBe(true);
  for (const name of everyFile) expect(disk.read(name)).not.toContain(built);
});

test('a file system that cannot be renamed keeps its name, and GRUB looks for that alone', () => {
  const disk = installedDisk();
  writeFileSync(disk.file('cut'), '');
  const { status, stdout } = disk.start();
  expect(status).toBe(0);
  expect(stdout).toContain('the root file system keeps the UUID of its image');
  expect(disk.uuid()).toBe(built);
  expect(disk.read('boot/efi/EFI/fedora/grub.cfg')).toBe(stub);
  expect(isFound(disk)).toBe(true);
});
