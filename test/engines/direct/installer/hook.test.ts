import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { readOwnFiles } from '../../../../scripts/engines/direct/installer/medium.ts';

/** What dracut and util-linux offer a hook; `mount` fails for what $FAILS names. */
const dracut = `getargbool() { case " $CMDLINE " in *" $2 "*) return 0;; esac; return 1; }
mount() { echo "$@" >> "$PHYLLOME_ROOT/mounted"; case "$*" in *"$FAILS"*) return 1;; esac; }
NEWROOT=/sysroot
. "$0"`;

/** Boots with everything on the medium; `lacks`: without the installer's image. */
function boot({ commandLine = 'quiet phyllome.install', fails = 'nothing', lacks = false, consoles = 'tty0 ttyS0' }) {
  const root = mkdtempSync(path.join(tmpdir(), 'hook-'));
  const at = (name: string) => path.join(root, name);
  const write = (name: string, text: string) => {
    mkdirSync(path.dirname(at(name)), { recursive: true });
    writeFileSync(at(name), text);
  };
  for (const [name, text] of readOwnFiles().inInitramfs) write(name, text);
  write('sys/class/tty/console/active', `${consoles}\n`);
  write('dev/kmsg', '');
  write('mounted', '');
  if (!lacks) write('run/initramfs/live/LiveOS/installer.img', '');
  const hook = at('var/lib/dracut/hooks/pre-pivot/30-phyllome-installer.sh');
  const env = { PATH: process.env.PATH, CMDLINE: commandLine, FAILS: fails, PHYLLOME_ROOT: root };
  const { status, stderr } = spawnSync('sh', ['-c', dracut, hook], { env, encoding: 'utf8' });
  expect([status, stderr]).toEqual([0, '']);
  const read = (name: string) => readFileSync(at(name), 'utf8').replaceAll(root, '');
  const wants = () => readdirSync(at('run/systemd/system/phyllome-installer.target.wants')).sort();
  return { at, read, wants, mounted: read('mounted').trim().split('\n') };
}

test("the installer's programs lie over /usr, and its units wait for the system", () => {
  const { mounted, wants, at, read } = boot({});
  expect(mounted).toEqual([
    '-t squashfs -o loop,ro /run/initramfs/live/LiveOS/installer.img /run/phyllome-installer/tree',
    '-t overlay -o ro,lowerdir=/run/phyllome-installer/tree/usr:/sysroot/usr phyllome-installer /sysroot/usr',
  ]);
  expect(wants()).toEqual([
    'phyllome-installer-dialog@tty1.service',
    'phyllome-installer-dialog@ttyS0.service',
    'phyllome-installer-shell@tty2.service',
    'phyllome-installer.service',
  ]);
  // Every link leads to a unit that is there.
  for (const name of wants()) {
    const link = at(`run/systemd/system/phyllome-installer.target.wants/${name}`);
    expect(readFileSync(path.join(path.dirname(link), readlinkSync(link)), 'utf8')).toContain('[Service]');
  }
  expect(read('run/systemd/system/phyllome-installer.service.d/on-failure.conf')).toBe(
    '[Unit]\nOnFailure=phyllome-installer-shell@tty1.service phyllome-installer-shell@ttyS0.service\n',
  );
  expect(read('run/phyllome-installer/shell')).toMatch(/^#!\/bin\/sh\n/);
});

test('dialogs are on the consoles that the kernel has, and on no other', () => {
  expect(boot({ consoles: 'tty0' }).wants()).not.toContain('phyllome-installer-dialog@ttyS0.service');
  expect(boot({ consoles: 'hvc0' }).wants()).toContain('phyllome-installer-dialog@hvc0.service');
});

test.each([
  { fault: { lacks: true }, word: 'does not find it there' },
  { fault: { fails: '-t squashfs' }, word: 'cannot be read' },
  { fault: { fails: '-t overlay' }, word: 'refused an overlay' },
])('what keeps the installer away is told on every console: $word', ({ fault, word }) => {
  const { wants, read } = boot(fault);
  expect(wants()).toEqual(['phyllome-installer-shell@tty1.service', 'phyllome-installer-shell@ttyS0.service']);
  expect(read('run/phyllome-installer/why-not')).toContain(word);
  expect(read('dev/kmsg')).toMatch(/^<3>phyllome: /);
});

test('the entries that try the system get nothing of it', () => {
  expect(boot({ commandLine: 'quiet phyllome.installed' }).mounted).toEqual(['']);
});

test('output reaches every console and the caller, and the status is that of the program', () => {
  const root = mkdtempSync(path.join(tmpdir(), 'consoles-'));
  for (const directory of ['run', 'dev', 'sys/class/tty/console'])
    mkdirSync(path.join(root, directory), { recursive: true });
  writeFileSync(path.join(root, 'sys/class/tty/console/active'), 'tty0 ttyS0\n');
  const script = path.join(root, 'on-every-console');
  writeFileSync(script, readOwnFiles().onEveryConsole);
  const run = (status: number) =>
    spawnSync('sh', [script, 'sh', '-c', `echo out; echo err >&2; exit ${status}`], {
      env: { PATH: process.env.PATH, PHYLLOME_ROOT: root },
      encoding: 'utf8',
    });
  for (const status of [0, 4, 1]) expect(run(status)).toMatchObject({ status, stdout: 'out\nerr\n' });
  const said = 'out\nerr\n'.repeat(3);
  expect(readFileSync(path.join(root, 'dev/tty0'), 'utf8')).toBe(said);
  expect(readFileSync(path.join(root, 'dev/ttyS0'), 'utf8')).toBe(said);
  expect(readdirSync(path.join(root, 'run'))).toEqual([]);
});
