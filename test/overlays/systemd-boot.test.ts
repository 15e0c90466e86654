import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { headlessWith } from './headless-with.ts';

const plugin = path.resolve(
  import.meta.dirname,
  '../../overlays/systemd-boot/rootfs/etc/kernel/install.d/95-phyllome-title.install',
);
const entry = 'title      Debian GNU/Linux 13 (trixie)\nversion    6.12.9-amd64\noptions    root=UUID=1 ro title x\n';
let root = '';

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'phyllome-title-'));
  for (const directory of ['esp/loader/entries', 'etc/kernel'])
    mkdirSync(path.join(root, directory), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true }));

const entries = path.join('esp', 'loader', 'entries');
function enter(files: readonly string[], title: string | undefined, command = 'add', layout = 'bls'): string[] {
  for (const file of files) writeFileSync(path.join(root, entries, file), entry);
  if (title !== undefined) writeFileSync(path.join(root, 'etc/kernel/phyllome-title'), title);
  execFileSync(plugin, [command, '6.12.9-amd64', '/x', '/boot/vmlinuz-6.12.9-amd64'], {
    env: {
      ...process.env,
      PHYLLOME_ROOT: root,
      KERNEL_INSTALL_LAYOUT: layout,
      KERNEL_INSTALL_BOOT_ROOT: path.join(root, 'esp'),
      KERNEL_INSTALL_ENTRY_TOKEN: 'phyllome',
    },
  });
  return readdirSync(path.join(root, entries))
    .sort()
    .map((file) => readFileSync(path.join(root, entries, file), 'utf8'));
}

test("a new kernel's entry has the system's own name, and everything else as it was", () => {
  const named = entry.replace(/^title .*/, 'title Phyllome OS "it\'s" & \\1');
  const files = ['phyllome-6.12.9-amd64+3.conf', 'phyllome-6.12.9-amd64.conf', 'phyllome-6.12.8-amd64.conf'];
  // The older kernel's, named by whoever entered it.
  expect(enter(files, 'Phyllome OS "it\'s" & \\1\n')).toEqual([named, entry, named].sort());
});

test.each([
  ['nothing says what the system is called', undefined, 'add', 'bls'],
  ['a kernel is removed', 'Phyllome OS\n', 'remove', 'bls'],
  ['unified images have no entries', 'Phyllome OS\n', 'add', 'uki'],
])('entries stay as they are where %s', (_, title, command, layout) => {
  expect(enter(['phyllome-6.12.9-amd64.conf'], title, command, layout)).toEqual([entry]);
});

test('the loader that is signed is in the image, and what enters new kernels', () => {
  const { packages, units } = headlessWith({ components: ['systemd-boot'] });
  expect(packages.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['systemd-boot', 'systemd-boot-efi-amd64-signed']),
  );
  expect(
    units
      .filter(({ by }) => by === 'systemd-boot')
      .map(({ name, preset }) => `${preset} ${name}`)
      .sort(),
  ).toEqual(['enable systemd-boot-update.service', 'mask systemd-bootctl.socket']);
});
