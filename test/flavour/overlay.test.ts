import { chmodSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { asLine, resolveIn, sourceTree } from './source-tree.ts';

const component = (...lines: string[]): string => ['component: core', 'summary: the core', ...lines, ''].join('\n');

test('files of rootfs come sorted, with default owners, and 0755 where the source is executable', () => {
  const root = sourceTree({
    'overlays/core/component.yaml': component('files:', '  - {path: /etc/b, mode: "0600", owner: alice}'),
    'overlays/core/rootfs/usr/bin/run.sh': '#!/bin/sh\n',
    'overlays/core/rootfs/etc/b': 'b\n',
    'overlays/core/rootfs/etc/a': Buffer.from([0xff, 0x00, 0x0a]),
  });
  const { flavour } = resolveIn(root);
  expect(flavour?.files).toMatchObject([
    { path: '/etc/a', mode: '0644', owner: 'root', content: { base64: '/wAK' } },
    {
      path: '/etc/b',
      mode: '0600',
      owner: 'alice',
      group: 'root',
      content: { text: 'b\n' },
      source: 'overlays/core/rootfs/etc/b',
    },
    { path: '/usr/bin/run.sh', mode: '0755' },
  ]);
});

test('a file that is private here and would be open in the image is told, unless its entry says what it is', () => {
  const root = sourceTree({
    'overlays/core/component.yaml': component(
      'files:',
      '  - {path: /etc/said, mode: "0600"}',
      '  - {path: /etc/open, secret: false}',
    ),
    'overlays/core/rootfs/etc/key': 'k\n',
    'overlays/core/rootfs/etc/said': 'k\n',
    'overlays/core/rootfs/etc/open': 'k\n',
    'overlays/core/rootfs/own/umask': 'k\n',
  });
  const at = (name: string) => path.join(root, 'overlays/core/rootfs', name);
  for (const name of ['etc/key', 'etc/said', 'etc/open', 'own/umask']) chmodSync(at(name), 0o600);
  chmodSync(at('etc'), 0o755);
  // As a umask of 077 leaves everything.
  chmodSync(at('own'), 0o700);
  const { flavour, diagnostics } = resolveIn(root);
  expect(diagnostics.map(({ severity }) => severity)).toEqual(['warning']);
  expect(diagnostics.map(asLine)).toEqual([
    'open-in-image overlays/core/rootfs/etc/key:1:1 only its owner may read this file here, and everybody in the image and its kickstart (say `mode: "0600"` of it below `files:` to keep it so, or `chmod 644` it)',
  ]);
  expect(flavour?.files).toHaveLength(4);
});

test('a file outside rootfs goes where the base keeps such files', () => {
  const root = sourceTree({
    'overlays/core/component.yaml': component('files:', '  - {path: rules, source: my.rules}'),
    'overlays/core/my.rules': 'accept\n',
  });
  expect(resolveIn(root).flavour?.files).toMatchObject([{ path: '/etc/rules.conf', source: 'overlays/core/my.rules' }]);
});

test('entries and scripts without a file are errors', () => {
  const root = sourceTree({
    'overlays/core/component.yaml': component(
      'files:',
      '  - {path: /etc/nope}',
      '  - {path: rules, source: nope}',
      'post:',
      '  - {source: nope.sh, reason: none at all}',
    ),
  });
  expect(resolveIn(root).diagnostics.map(asLine)).toEqual([
    'missing-file overlays/core/component.yaml:4:12 there is no file `rootfs/etc/nope` in overlays/core',
    'missing-file overlays/core/component.yaml:5:27 there is no file `nope` in overlays/core',
    'missing-file overlays/core/component.yaml:7:14 there is no file `nope.sh` in overlays/core',
  ]);
});

test('a link in rootfs is refused: it must be said in the component', () => {
  const root = sourceTree({ 'overlays/core/rootfs/etc/a': 'a\n' });
  symlinkSync('/etc/a', path.join(root, 'overlays/core/rootfs/etc/link'));
  expect(resolveIn(root).diagnostics.map(({ code }) => code)).toEqual(['not-a-file']);
});

test('two components must not write one path', () => {
  const root = sourceTree({
    'overlays/core/component.yaml': component('requires: [low]'),
    'overlays/low/component.yaml': 'component: low\nsummary: the low\nlinks:\n  - {path: /etc/a, target: b}\n',
    'overlays/core/rootfs/etc/a': 'a\n',
  });
  expect(resolveIn(root).diagnostics.map(asLine)).toEqual([
    'duplicate-path overlays/low/component.yaml:4:12 `/etc/a` comes from core and from low',
  ]);
});

test('a file that no kickstart could carry is told, and so is a name that is no UTF-8', () => {
  const root = sourceTree({ 'overlays/core/rootfs/etc/large': '' });
  truncateSync(path.join(root, 'overlays/core/rootfs/etc/large'), 2 ** 26 + 1);
  expect(resolveIn(root).diagnostics.map(({ code }) => code)).toEqual(['too-large-file']);
  const other = sourceTree({ 'overlays/core/rootfs/etc/fine': '' });
  writeFileSync(Buffer.concat([Buffer.from(path.join(other, 'overlays/core/rootfs/etc/')), Buffer.from([0xff])]), '');
  expect(resolveIn(other).diagnostics.map(({ code }) => code)).toEqual(['bad-path']);
});
