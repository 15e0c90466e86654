import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { asLine, BASE, onlyFinding, resolveIn, sourceTree } from './source-tree.ts';

const resolved = (files: Readonly<Record<string, string>>) =>
  resolveIn(
    sourceTree({
      'flavours/mine.yaml': 'flavour: mine\nsummary: mine\nextends: small\noverlays: [my-files]\n',
      'overlays/core/rootfs/etc/motd': 'of the core\n',
      ...files,
    }),
    'mine',
  );

test('a folder of files is laid over the root tree, behind the components', () => {
  const { flavour, diagnostics } = resolved({
    'my-files/etc/issue': 'hello\n',
    'my-files/usr/bin/go.sh': '#!/bin/sh\n',
  });
  expect(diagnostics).toEqual([]);
  expect(flavour?.files).toMatchObject([
    { path: '/etc/motd', by: 'core' },
    { path: '/etc/issue', mode: '0644', by: 'flavour mine', source: 'my-files/etc/issue' },
    { path: '/usr/bin/go.sh', mode: '0755' },
  ]);
});

test('its overlay.yaml says owner, mode, SELinux type, directories and links, and is itself no file of the image', () => {
  const { flavour, diagnostics } = resolved({
    'my-files/etc/issue': 'hello\n',
    'my-files/overlay.yaml': [
      'files:',
      '  - {path: /etc/issue, mode: "0600", owner: ada, group: ada, selinux: etc_t}',
      'directories:',
      '  - {path: /srv/guests, mode: "0711"}',
      'links:',
      '  - {path: /etc/alias, target: issue}',
      '',
    ].join('\n'),
    'bases/test-1.yaml': BASE.replace('selinux-labels: []', 'selinux-labels: semanage-tools'),
  });
  expect(diagnostics).toEqual([]);
  expect(flavour?.files.slice(1)).toMatchObject([
    { path: '/etc/issue', mode: '0600', owner: 'ada', group: 'ada', selinux: 'etc_t' },
  ]);
  expect(flavour?.directories).toMatchObject([{ path: '/srv/guests', mode: '0711', by: 'flavour mine' }]);
  expect(flavour?.links).toMatchObject([{ path: '/etc/alias', target: 'issue' }]);
  // What sets the type comes along.
  expect(flavour?.packages.map(({ name }) => name)).toContain('semanage-tools');
});

test('its templates see the system and the base', () => {
  const { flavour } = resolved({ 'my-files/etc/issue.hbs': 'I am {{system.hostname}} on {{base.name}}\n' });
  expect(flavour?.files[1]).toMatchObject({ path: '/etc/issue', content: { text: 'I am host on test-1\n' } });
});

test('a file that a component brings is replaced when the folder says so, and not by accident', () => {
  const both = resolved({ 'my-files/etc/motd': 'mine\n' });
  expect(both.diagnostics.map(asLine)).toEqual([
    'duplicate-path my-files/etc/motd:1:1 `/etc/motd` comes from core and from flavour mine',
  ]);
  const overlay = 'files:\n  - {path: /etc/motd, override: true}\n';
  const { flavour } = resolved({ 'my-files/etc/motd': 'mine\n', 'my-files/overlay.yaml': overlay });
  expect(flavour?.files).toMatchObject([{ path: '/etc/motd', content: { text: 'mine\n' }, by: 'flavour mine' }]);
  const nothing = resolved({ 'my-files/etc/issue': 'x\n', 'my-files/overlay.yaml': overlay.replace('motd', 'issue') });
  expect(onlyFinding(nothing)).toBe('nothing-to-override my-files/etc/issue:1:1 nobody else writes `/etc/issue`');
});

test.each([
  ['no folder', {}, /^missing-file flavours\/mine.yaml:4:12 there is no folder `my-files` \(looked for \//],
  [
    'a file that is not there',
    { 'my-files/a': '', 'my-files/overlay.yaml': 'files: [{path: /b, mode: "0600"}]\n' },
    /^missing-file my-files\/overlay.yaml:1:16 there is no file `\/b` in my-files/,
  ],
  [
    'an unknown key',
    { 'my-files/overlay.yaml': 'packages: []\n' },
    /^unknown-key my-files\/overlay.yaml:1:1 unknown key `packages`/,
  ],
])('%s is an error with a place', (_, files, finding) => {
  expect(onlyFinding(resolved(files))).toMatch(finding);
});

describe('links', () => {
  const outside = mkdtempSync(path.join(tmpdir(), 'phyllome-outside-'));
  mkdirSync(path.join(outside, 'etc'));
  writeFileSync(path.join(outside, 'etc/shadow'), 'root:secret\n');
  writeFileSync(path.join(outside, 'script.sh'), 'true\n');
  afterAll(() => rmSync(outside, { recursive: true }));

  /** The findings of a tree with a link in it, and what of the outside came in. */
  function linked(files: Readonly<Record<string, string>>, link: string, target: string) {
    const root = sourceTree({
      'flavours/mine.yaml': 'flavour: mine\nsummary: mine\nextends: small\noverlays: [my-files]\n',
      'my-files/etc/issue': 'x\n',
      ...files,
    });
    rmSync(path.join(root, link), { recursive: true, force: true });
    mkdirSync(path.dirname(path.join(root, link)), { recursive: true });
    symlinkSync(target, path.join(root, link));
    const { diagnostics, flavour } = resolveIn(root, 'mine');
    return { codes: diagnostics.map(({ code }) => code), files: flavour?.files.map((file) => file.path), diagnostics };
  }

  test('an overlay folder that leads out of its directory is refused with its line', () => {
    const { codes, diagnostics } = linked({}, 'my-files', outside);
    expect(codes).toEqual(['leads-out']);
    expect(diagnostics[0]).toMatchObject({
      message: expect.stringMatching(/^`my-files` leads out of \/.* by a link$/),
      span: { file: 'flavours/mine.yaml', start: { line: 4 } },
    });
  });

  test('one that leads to another place in the directory is that place', () => {
    const { codes, files } = linked({ 'real/etc/issue': 'x\n' }, 'my-files', 'real');
    expect(codes).toEqual([]);
    expect(files).toContain('/etc/issue');
  });

  test.each([
    ['a folder in it', 'my-files/etc/more', '/etc', ['not-a-file']],
    ['the files of a component', 'overlays/core/rootfs', '.', ['leads-out']],
    ['a link to nothing', 'my-files', '/no/such/folder', ['missing-file']],
  ])('%s', (_, link, target, codes) => {
    expect(linked({}, link, target === '.' ? outside : target).codes).toEqual(codes);
  });

  test('a script behind a linked folder is not there', () => {
    const component = 'component: core\nsummary: core\npost: [{source: sub/script.sh, reason: a test}]\n';
    expect(linked({ 'overlays/core/component.yaml': component }, 'overlays/core/sub', outside).codes).toEqual([
      'missing-file',
    ]);
  });
});
