import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { OUTPUTS } from '../../../scripts/engines/livemedia/output.ts';
import { RUNNERS } from '../../../scripts/engines/livemedia/runners/runner.ts';
import { compareInstalled, installedDifferences, readFound } from '../../../scripts/image/index.ts';
import { scratchDirectory } from '../../commands/recording-context.ts';
import { build } from './build.ts';
import { FakePrograms } from './fake-programs.ts';
import { kickstartModel, planFor } from './fixtures.ts';
import { type TreeChanges, writeInstalledTree } from './installed-tree.ts';
import { fakeBin, look, nano } from './look-at.ts';

test('a good image is what was asked for; what differs has a reason', () => {
  const { found, compared } = look();
  expect(installedDifferences(compared)).toEqual([]);
  expect(compared.filter(({ asked, found: there }) => asked !== there)).toEqual([
    {
      what: 'kernel arguments of the boot loader',
      asked: '',
      found: 'quiet rd.live.check rd.live.image root=…',
      exception: expect.any(String),
    },
  ]);
  expect(Object.fromEntries(compared.map(({ what, found: there }) => [what, there]))).toMatchObject({
    'host name': 'phyllome',
    'keyboard layout of sessions': 'us',
    'time zone': 'Etc/UTC',
    'identity of the machine': 'none',
    'password of root': 'locked',
  });
  expect(found.files.size).toBe(nano.map.files.length);
  expect(found.packages.find(({ name }) => name === 'bash')?.version).toBe('1:2.0-3.fc44');
});

const added = (name: string) => (good: string) => `${good}${name}\t1-1.fc44\tnoarch\n`;

/** What Anaconda was seen to do, before the kickstart said otherwise. */
test.each<[string, TreeChanges, string]>([
  ['no host name', { 'etc/hostname': undefined }, 'host name: the kickstart asks for phyllome, and the image has none'],
  [
    'layouts lost',
    { 'etc/vconsole.conf': 'KEYMAP="us"\nFONT="eurlatgr"\n' },
    'keyboard layout of sessions: the kickstart asks for us, and the image has none',
  ],
  [
    'no file for the X server',
    { 'etc/X11/xorg.conf.d/00-keyboard.conf': undefined },
    'keyboard layout of the X server: the kickstart asks for us, and the image has none',
  ],
  [
    'another language',
    { 'etc/locale.conf': 'LANG="C.UTF-8"\n' },
    'language: the kickstart asks for en_US.UTF-8, and the image has C.UTF-8',
  ],
  [
    'chrony added',
    { 'usr/lib/sysimage/rpm/packages': added('chrony') },
    'packages added: the kickstart asks for none, and the image has chrony',
  ],
  [
    'a package to be left out',
    { 'usr/lib/sysimage/rpm/packages': added('langpacks-en') },
    'packages that were to be left out: the kickstart asks for none, and the image has langpacks-en',
  ],
  [
    'a package missing',
    { 'usr/lib/sysimage/rpm/packages': (good) => good.replace(/^zstd\t.*\n/m, '') },
    'packages missing: the kickstart asks for none, and the image has zstd',
  ],
  [
    'logs left',
    { 'root/anaconda-ks.cfg': 'x', 'var/log/anaconda/journal.log': 'x' },
    'files about the installation: the kickstart asks for none, and the image has /root/anaconda-ks.cfg, /var/log/anaconda/journal.log',
  ],
  [
    'an account',
    { 'etc/passwd': (good) => `${good}eve:x:1000:1000::/home/eve:/bin/bash\n`, 'etc/group': 'wheel:x:10:eve\n' },
    'accounts of people: the kickstart asks for none, and the image has eve (wheel)',
  ],
  [
    'root with a password',
    { 'etc/shadow': 'root:$6$salt$hash:20000::::::\n' },
    'password of root: the kickstart asks for locked, and the image has set',
  ],
  [
    'root without one',
    { 'etc/shadow': 'root::20000::::::\n' },
    'accounts that need no password: the kickstart asks for none, and the image has root',
  ],
  [
    'arguments of the builder',
    { menu: (good) => `${good} nosmt` },
    'kernel arguments: the kickstart asks for console=tty0 console=ttyS0,115200, and the image has console=tty0 console=ttyS0,115200 nosmt',
  ],
  [
    'an identity',
    { 'etc/machine-id': '0123456789abcdef0123456789abcdef\n' },
    'identity of the machine: the kickstart asks for none, and the image has 33 bytes',
  ],
])('%s', (_, changes, message) => {
  expect(installedDifferences(look(changes).compared).map((one) => one.message)).toContain(message);
});

test('a package under another name is there, and named', () => {
  const { compared } = look({
    'usr/lib/sysimage/rpm/packages': (good) => good.replace(/^zstd\t/m, 'zstd-ng\t'),
    'usr/lib/sysimage/rpm/provides': (good) => `${good}zstd-ng\tzstd\n`,
  });
  expect(installedDifferences(compared)).toEqual([]);
  expect(compared).toContainEqual({
    what: 'packages under another name',
    asked: '',
    found: 'zstd (by zstd-ng)',
    exception: expect.any(String),
  });
});

/** A disk as Anaconda makes one: a place for GRUB, the root file system, and a partition for the firmware behind it. */
function writeDisk(result: string, tree: string): void {
  const disk = path.join(result, 'phyllome-nano-fedora-44.raw');
  const firmware = `${tree}-efi`;
  mkdirSync(path.join(firmware, 'EFI/fedora'), { recursive: true });
  writeFileSync(path.join(firmware, 'EFI/fedora/grub.cfg'), '');
  mkdirSync(path.join(tree, 'boot/efi'), { recursive: true });
  const table = Buffer.alloc(512);
  const partitions = [
    [2048, 2048],
    [4096, 131_072],
    [135_168, 16_384],
  ] as const;
  for (const [index, [start, sectors]] of partitions.entries()) {
    table.writeUInt8(0x83, 446 + 16 * index + 4);
    table.writeUInt32LE(start, 446 + 16 * index + 8);
    table.writeUInt32LE(sectors, 446 + 16 * index + 12);
  }
  table.writeUInt16LE(0xaa55, 510);
  writeFileSync(disk, table);
  truncateSync(disk, (135_168 + 16_384 + 2048) * 512);
  for (const [from, start, sectors] of [
    [tree, ...partitions[1]],
    [firmware, ...partitions[2]],
  ] as const)
    execFileSync('mkfs.ext4', ['-q', '-d', from, '-E', `offset=${start * 512}`, disk, `${sectors / 2}k`]);
}

const canLoop = process.getuid?.() === 0 && existsSync('/dev/loop-control');

test.runIf(canLoop)('a disk is opened by its partitions, whatever their order, and closed again', () => {
  const entry = 'title Phyllome\noptions root=UUID=1-2 ro console=tty0 console=ttyS0,115200\n';
  const programs = scratchDirectory();
  for (const name of ['rpm', 'systemctl', 'play']) copyFileSync(path.join(fakeBin, name), path.join(programs, name));
  const results: string[] = [];
  const write = (result: string, tree: string) => {
    results.push(result);
    writeDisk(result, tree);
  };
  const { found, compared } = look({ 'boot/loader/entries/a.conf': entry }, 'raw', write, programs);
  expect(installedDifferences(compared)).toEqual([]);
  expect(found.loaders).toEqual(['uefi']);
  expect(compared).toContainEqual({
    what: 'boot loader',
    asked: 'bios or uefi',
    found: 'uefi',
    exception: expect.any(String),
  });
  const builder = entry.replace('ro ', 'ro selinux=0 ');
  const told = installedDifferences(look({ 'boot/loader/entries/a.conf': builder }, 'raw', write, programs).compared);
  expect(told.map(({ message }) => message).join()).toContain('selinux=0');
  // Others on this computer, tests beside this one among them, have devices of their own.
  const attached = execFileSync('losetup', ['--list', '--noheadings', '--output', 'BACK-FILE'], { encoding: 'utf8' });
  expect(results).toHaveLength(2);
  for (const result of results) expect(attached).not.toContain(result);
});

test('a disk without a boot loader is told', () => {
  const { found } = look();
  const compared = compareInstalled(kickstartModel(nano.kickstart), { ...found, entries: [] }, { isDisk: true });
  expect(installedDifferences(compared).map(({ message }) => message)).toEqual([
    'boot loader: the kickstart asks for bios or uefi, and the image has none',
    'kernel arguments: the kickstart asks for console=tty0 console=ttyS0,115200, and the image has no boot entry',
  ]);
});

test('what starts is noted with its package: of the system, and of each user’s manager', () => {
  const { found } = look({
    'usr/lib/systemd/units': (units) => `${units}auditd.service enabled enabled\nserial@x.service enabled -\n`,
    'usr/lib/systemd/user-units': 'agent.socket enabled -\noff.socket disabled -\n',
    'usr/lib/sysimage/rpm/files': [
      'audit\t/usr/lib/systemd/system/auditd.service',
      'serial\t/usr/lib/systemd/system/serial@.service',
      'wrong\t/usr/lib/systemd/system/agent.socket',
      'agent\t/usr/lib/systemd/user/agent.socket\n',
    ].join('\n'),
  });
  expect(found.startedUnits).toContainEqual({ name: 'auditd.service', owner: 'audit' });
  expect(found.startedUnits).toContainEqual({ name: 'serial@x.service', owner: 'serial' });
  expect(found.startedUserUnits).toEqual([{ name: 'agent.socket', owner: 'agent' }]);
});

test('no hash of a password is noted', () => {
  const { found } = look({ 'etc/shadow': 'root:$6$salt$hash:20000::::::\n' });
  expect(JSON.stringify([...Object.values(found)])).not.toContain('$6$');
});

test.each(RUNNERS)('runner %s: the image is looked at, and what was noted comes out with the logs', async (runner) => {
  const programs = new FakePrograms('success', 10, (tree) => writeInstalledTree(tree, nano));
  const { diagnostics, workDirectory } = await build(programs, { runner });
  expect(diagnostics).toEqual([]);
  const found = readFound(path.join(workDirectory, 'logs/image'));
  expect(found?.hostname).toBe('phyllome');
  expect(found?.unitStates.size).toBeGreaterThan(5);
});

test.each(RUNNERS)('runner %s: an image that cannot be looked at is no failed build', async (runner) => {
  const programs = new FakePrograms('success');
  const { diagnostics, workDirectory } = await build(programs, { runner });
  expect(diagnostics).toEqual([]);
  expect(readFound(path.join(workDirectory, 'logs/image'))).toBeUndefined();
});

test.each(OUTPUTS)('the script for %s is shell', (output) => {
  const step = planFor({ output })
    .stages.flatMap(({ steps }) => steps)
    .find(({ id }) => id === 'look');
  const words: readonly string[] = step?.argv ?? [];
  const script = words[words.lastIndexOf('-euc') + 1] ?? '';
  expect(script).toContain('passwords');
  execFileSync('bash', ['-n'], { input: script });
  execFileSync('sh', ['-n'], { input: script });
  expect(readFileSync(path.join(fakeBin, 'README.md'), 'utf8')).toContain('unsquashfs');
});
