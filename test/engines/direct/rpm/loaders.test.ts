import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { takeLoaders } from '../../../../scripts/engines/direct/efi-partition.ts';
import { listLabels } from '../../../../scripts/engines/direct/labels.ts';

/** A tree with these files, each of which holds its own path. */
function treeOf(files: readonly string[]): { readonly tree: string; readonly to: string } {
  const directory = mkdtempSync(path.join(tmpdir(), 'phyllome-rpm-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const [tree, to] = [path.join(directory, 'tree'), path.join(directory, 'to')];
  mkdirSync(tree);
  mkdirSync(to);
  for (const file of files) {
    mkdirSync(path.dirname(path.join(tree, file)), { recursive: true });
    writeFileSync(path.join(tree, file), file);
  }
  return { tree, to };
}

function taken({ tree, to }: ReturnType<typeof treeOf>) {
  const { status, stderr } = spawnSync('sh', ['-euc', takeLoaders, tree, to], { encoding: 'utf8' });
  const files = readdirSync(to).map((name) => [name, readFileSync(path.join(to, name), 'utf8')]);
  return { status, stderr: stderr.trim(), files: Object.fromEntries(files) };
}

const grub = 'usr/lib/efi/grub2/1:2.12-60.fc44/EFI/fedora/gcdx64.efi';
const shim = (version: string) => [
  `usr/lib/efi/shim/${version}/EFI/BOOT/BOOTX64.EFI`,
  `usr/lib/efi/shim/${version}/EFI/fedora/mmx64.efi`,
];

test('boot loaders are the newest of the system’s own, whatever stands in /boot/efi', () => {
  const tree = treeOf([grub, ...shim('15.8-3'), ...shim('16.1-2'), 'boot/efi/EFI/BOOT/BOOTX64.EFI']);
  expect(taken(tree).files).toEqual({
    'BOOTX64.EFI': shim('16.1-2')[0],
    'mmx64.efi': shim('16.1-2')[1],
    'grubx64.efi': grub,
  });
});

test('older releases have them in /boot/efi', () => {
  const old = ['BOOT/BOOTX64.EFI', 'fedora/mmx64.efi', 'fedora/gcdx64.efi'].map((name) => `boot/efi/EFI/${name}`);
  expect(Object.values(taken(treeOf(old)).files).sort()).toEqual(old.sort());
});

test('a system without them is told which one it lacks, and links are not followed', () => {
  const tree = treeOf(shim('16.1-2'));
  mkdirSync(path.dirname(path.join(tree.tree, grub)), { recursive: true });
  symlinkSync('/etc/passwd', path.join(tree.tree, grub));
  const { status, stderr } = taken(tree);
  expect(status).toBe(1);
  expect(stderr).toContain('the system has no boot loader: usr/lib/efi/grub2/*/EFI/*/gcdx64.efi');
});

/** A setfiles that says what the real one says of a tree without labels. */
function labelled(tree: string, said: (root: string) => readonly string[]) {
  const bin = path.join(path.dirname(tree), 'bin');
  mkdirSync(bin);
  writeFileSync(path.join(bin, 'setfiles'), `#!/bin/sh\ncat <<'END'\n${said(tree).join('\n')}\nEND\n`);
  chmodSync(path.join(bin, 'setfiles'), 0o755);
  const list = path.join(path.dirname(tree), 'labels');
  const env = { PATH: `${bin}:${process.env.PATH}` };
  const { status, stderr } = spawnSync('sh', ['-euc', listLabels, tree, list], { encoding: 'utf8', env });
  return { status, stderr: stderr.trim(), text: readFileSync(list, 'utf8') };
}

const would = (root: string, file: string, label: string) =>
  `Would relabel ${root}${file} from <no context> to system_u:object_r:${label}:s0`;

test('labels of the policy become words for mksquashfs: names with blanks and quotes too, and nothing that is left out', () => {
  const { tree } = treeOf(['etc/selinux/config', 'etc/selinux/targeted/contexts/files/file_contexts']);
  writeFileSync(path.join(tree, 'etc/selinux/config'), '# SELINUXTYPE=\nSELINUX=enforcing\nSELINUXTYPE=targeted\n');
  const { text, status } = labelled(tree, (root) => [
    would(root, '', 'root_t'),
    would(root, '/etc/shadow', 'shadow_t'),
    would(root, '/usr/a "b" from c', 'usr_t'),
    would(root, '/tmp', 'tmp_t'),
    would(root, '/tmp/x', 'tmp_t'),
    'a line of another kind',
  ]);
  expect(status).toBe(0);
  expect(text.split('\n')).toEqual([
    '"/" x security.selinux=system_u:object_r:root_t:s0',
    '"/etc/shadow" x security.selinux=system_u:object_r:shadow_t:s0',
    '"/usr/a \\"b\\" from c" x security.selinux=system_u:object_r:usr_t:s0',
    '"/tmp" x security.selinux=system_u:object_r:tmp_t:s0',
    '',
  ]);
});

test('a system without a policy has no labels; one that names a policy it has not is an error', () => {
  expect(labelled(treeOf(['etc/passwd']).tree, () => [])).toEqual({ status: 0, stderr: '', text: '' });
  const { tree } = treeOf(['etc/selinux/config']);
  writeFileSync(path.join(tree, 'etc/selinux/config'), 'SELINUXTYPE=targeted\n');
  expect(labelled(tree, () => [])).toMatchObject({ status: 1, stderr: expect.stringContaining('no policy') });
});
