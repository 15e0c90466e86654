import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readlinkSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { checkout } from '../render/shipped.ts';

const hook = path.join(
  checkout,
  'overlays/base/rootfs/usr/lib/dracut/modules.d/90phyllome-live-overlay/live-overlay.sh',
);
const scratch = mkdtempSync(path.join(tmpdir(), 'phyllome-live-overlay-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** What dracut offers a hook, answering from the words of $CMDLINE; `mount` says what it was asked for. */
const dracut = `getarg() { for word in $CMDLINE; do case $word in "$1"*) echo "\${word#*=}"; return 0;; esac; done; return 1; }
getargbool() { [ "$(getarg "$2=")" = 1 ]; }
mount() { echo "$@"; return "$MOUNT"; }
. "$0"`;

const live = 'root=live:CDLABEL=X rd.live.overlay.overlayfs=1';

function boot(commandLine: string, { mountFails = false, prepare = (_run: string) => {} } = {}) {
  const root = mkdtempSync(path.join(scratch, 'root-'));
  const run = path.join(root, 'run');
  mkdirSync(run);
  prepare(run);
  const { status, stdout, stderr } = spawnSync('sh', ['-c', dracut, hook], {
    env: { PATH: process.env.PATH, CMDLINE: commandLine, MOUNT: mountFails ? '1' : '0', PHYLLOME_ROOT: root },
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  expect(status).toBe(0);
  return { run, mounted: stdout.trim() };
}

test('writes of a live system go to a tmpfs of half the memory, outside of /run', () => {
  const { run, mounted } = boot(live);
  const place = `${run}/initramfs/overlayfs`;
  expect(mounted).toBe(`-t tmpfs -o mode=0755,size=50% phyllome-overlay ${place}`);
  // Both on one file system, as overlayfs wants, and under the names that dracut mounts.
  expect(readlinkSync(`${run}/overlayfs`)).toBe(`${place}/overlayfs`);
  expect(readlinkSync(`${run}/ovlwork`)).toBe(`${place}/ovlwork`);
  expect(existsSync(`${place}/overlayfs`) && existsSync(`${place}/ovlwork`)).toBe(true);
  expect(readFileSync(`${run}/systemd/relabel-extra.d/phyllome-overlay.relabel`, 'utf8')).toBe(`${place}\n`);
});

test('the boot entry may set another limit', () => {
  expect(boot(`${live} phyllome.overlay=4G`).mounted).toContain('size=4G ');
});

test.each(['root=UUID=x', 'root=live:CDLABEL=X rd.live.overlay.overlayfs=0'])('%s: nothing is made', (commandLine) => {
  const { run, mounted } = boot(commandLine);
  expect(mounted).toBe('');
  expect(existsSync(`${run}/overlayfs`)).toBe(false);
});

test('a persistent overlay that was found stays', () => {
  const { run, mounted } = boot(live, {
    prepare: (directory) => {
      mkdirSync(`${directory}/stick`);
      symlinkSync(`${directory}/stick`, `${directory}/overlayfs`);
    },
  });
  expect(mounted).toBe('');
  expect(readlinkSync(`${run}/overlayfs`)).toBe(`${run}/stick`);
});

test('without the tmpfs, dracut makes its directories as ever', () => {
  const { run } = boot(live, { mountFails: true });
  expect(existsSync(`${run}/overlayfs`)).toBe(false);
});
