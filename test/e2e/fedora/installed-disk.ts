import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readlinkSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { inToolsTree } from '../../../scripts/process/index.ts';
import type { RenderedSet } from '../../../scripts/render/index.ts';
import { type TreeChanges, writeInstalledTree } from '../../engines/livemedia/installed-tree.ts';
import { toolsTree } from '../lab/environment.ts';

/** What Anaconda may make of a root file system. */
export type Layout = 'ext4' | 'xfs' | 'btrfs' | 'luks';

/** Runs a script of the tools tree in `directory`; answers what it printed. */
function inDirectory(directory: string, script: string): string {
  const [program, ...argv] = inToolsTree(toolsTree(), ['sh', '-euc', script], { write: [directory], cwd: directory });
  return execFileSync(program, argv, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

/** A tree as an installation of this kickstart leaves it, with units and a database of packages that are real. */
export function installedTree(directory: string, rendered: RenderedSet, changes: TreeChanges = {}): void {
  const tree = path.join(directory, 'tree');
  writeInstalledTree(tree, rendered, changes);
  writeUnits(tree, rendered);
  const database = path.join(tree, 'usr/lib/sysimage/rpm');
  const packages = execFileSync('cut', ['-f', '1', path.join(database, 'packages')], { encoding: 'utf8' });
  rmSync(database, { recursive: true });
  const names = packages.split('\n').filter((name) => name !== '');
  const spec = [
    'Name: all',
    'Version: 2.0',
    'Release: 3.fc44',
    'Summary: a test',
    'License: MIT',
    'BuildArch: noarch',
    '%description',
    // The only ones that are there without being asked for.
    ...names.flatMap((name) => [
      `%package -n ${name}`,
      'Summary: a test',
      ...(name === 'bash' ? ['Requires: filesystem, glibc, setup'] : []),
      `%description -n ${name}`,
      `%files -n ${name}`,
    ]),
  ];
  writeFileSync(path.join(directory, 'all.spec'), `${spec.join('\n')}\n`);
  inDirectory(
    directory,
    `mkdir -p tree/usr/lib/sysimage/rpm
HOME=$PWD rpmbuild --quiet -bb --define "_topdir $PWD/rpms" --define 'debug_package %{nil}' all.spec
rpm --root / --dbpath "$PWD/tree/usr/lib/sysimage/rpm" --install --justdb --nodeps --noscripts rpms/RPMS/noarch/*.rpm
rm -r rpms all.spec`,
  );
}

function writeUnits(tree: string, { map }: RenderedSet): void {
  const vendor = path.join(tree, 'usr/lib/systemd');
  const own = path.join(tree, 'etc/systemd/system');
  for (const at of ['system', 'user', 'system-preset']) mkdirSync(path.join(vendor, at), { recursive: true });
  mkdirSync(path.join(own, 'multi-user.target.wants'), { recursive: true });
  for (const file of ['units', 'user-units']) rmSync(path.join(vendor, file));
  for (const file of readdirSync(path.join(vendor, 'system-preset')))
    writeFileSync(path.join(vendor, 'system-preset', file), '');
  writeFileSync(path.join(vendor, 'user/one.service'), '[Service]\nExecStart=true\n');
  for (const { name, preset } of map.units) {
    writeFileSync(path.join(vendor, 'system', name), '[Install]\nWantedBy=multi-user.target\n');
    if (preset === 'enable') link(`/usr/lib/systemd/system/${name}`, path.join(own, 'multi-user.target.wants', name));
    if (preset === 'mask') link('/dev/null', path.join(own, name));
  }
}

function link(target: string, at: string): void {
  rmSync(at, { force: true });
  symlinkSync(target, at);
}

/** A qcow2 disk with that tree: a place for GRUB, an EFI system partition, and /boot beside the root file system where it is not ext4. */
export function installedDisk(directory: string, layout: Layout, menu: string): string {
  const definitions = path.join(directory, 'definitions');
  mkdirSync(definitions);
  const copied = (file: string, type: string) =>
    `[Partition]\nType=${type}\nCopyBlocks=${path.join(directory, file)}\n`;
  writeFileSync(
    path.join(definitions, '10.conf'),
    '[Partition]\nType=21686148-6449-6e6f-744e-656564454649\nSizeMinBytes=1M\nSizeMaxBytes=1M\n',
  );
  writeFileSync(path.join(definitions, '20.conf'), copied('esp', 'esp'));
  if (layout !== 'ext4') writeFileSync(path.join(definitions, '30.conf'), copied('boot', 'linux-generic'));
  writeFileSync(path.join(definitions, '40.conf'), copied('root', 'linux-generic'));
  const boot = path.join(directory, layout === 'ext4' ? 'tree/boot' : 'boot-tree');
  for (const name of ['loader/entries', 'grub2/i386-pc']) mkdirSync(path.join(boot, name), { recursive: true });
  writeFileSync(path.join(boot, 'grub2/i386-pc/core.img'), 'x');
  writeFileSync(path.join(boot, 'loader/entries/one.conf'), `title one\noptions root=UUID=0 ${menu}\n`);
  if (layout === 'xfs')
    writeFileSync(
      path.join(directory, 'prototype'),
      `x\n0 0\nd--755 0 0\n${prototypeOf(path.join(directory, 'tree'))}$\n`,
    );
  mkdirSync(path.join(directory, 'tree/boot/efi'), { recursive: true });
  inDirectory(
    directory,
    `mkdir -p EFI/fedora; echo x > EFI/fedora/grub.cfg
truncate -s 40M esp; mkfs.fat -F 16 esp > fat.log; mcopy -s -i esp EFI ::/
[ ! -d boot-tree ] || { truncate -s 16M boot; mke2fs -q -t ext4 -d boot-tree boot; }
${makeRoot[layout]}
systemd-repart --empty=create --size=auto --definitions=definitions --dry-run=no --offline=yes disk.raw > repart.log 2>&1
qemu-img convert -O qcow2 -c -o compression_type=zstd disk.raw disk.qcow2
rm -r disk.raw root esp definitions`,
  );
  return path.join(directory, 'disk.qcow2');
}

const makeRoot: Readonly<Record<Layout, string>> = {
  ext4: 'truncate -s 64M root; mke2fs -q -t ext4 -d tree root',
  xfs: 'truncate -s 320M root; mkfs.xfs -q -p prototype root',
  // As Anaconda does: the system in a subvolume, and compressed.
  btrfs:
    'mkdir top; mv tree top/root; truncate -s 200M root; mkfs.btrfs -q --rootdir top --subvol root --compress zstd root; mv top/root tree',
  luks: `printf 'LUKS\\272\\276' > root; truncate -s 16M root`,
};

/** The tree in the words of mkfs.xfs. */
function prototypeOf(directory: string): string {
  return readdirSync(directory, { withFileTypes: true })
    .map((entry) => {
      const at = path.join(directory, entry.name);
      if (entry.isDirectory()) return `${entry.name} d--755 0 0\n${prototypeOf(at)}$\n`;
      if (entry.isSymbolicLink()) return `${entry.name} l--777 0 0 ${readlinkSync(at)}\n`;
      return `${entry.name} ---644 0 0 ${at}\n`;
    })
    .join('');
}
