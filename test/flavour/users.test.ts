import { expect, test } from 'vitest';
import { asLine, resolveIn, sourceTree } from './source-tree.ts';

const KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUm me@home';
const HASH = `$y$j9T$${'x'.repeat(22)}$${'z'.repeat(43)}`;

const flavour = (...lines: string[]): string =>
  sourceTree({
    'flavours/small.yaml': [
      'flavour: small',
      'summary: s m l',
      'base: test-1',
      'components: [core]',
      ...lines,
      '',
    ].join('\n'),
  });

test('users and their keys', () => {
  const { flavour: resolved, diagnostics } = resolveIn(
    flavour(
      'users:',
      `  - {name: me, groups: [libvirt, sudo], passwordHash: "${HASH}"}`,
      'sshKeys:',
      `  - {user: me, key: ${KEY}}`,
      `  - {user: root, key: ${KEY}}`,
    ),
  );
  expect(diagnostics).toEqual([]);
  expect(resolved?.users).toMatchObject([{ name: 'me', groups: ['libvirt', 'sudo'], passwordHash: HASH }]);
  expect(resolved?.sshKeys.map(({ user }) => user)).toEqual(['me', 'root']);
});

test.each([
  ['a key for nobody', ['sshKeys:', `  - {user: mee, key: ${KEY}}`], 'unknown-user'],
  ['a user twice', ['users: [{name: me}, {name: me}]'], 'duplicate-user'],
  ['root as a user', ['users: [{name: root}]'], 'root-user'],
  ['a private key', ['sshKeys:', '  - {user: root, key: -----BEGIN OPENSSH PRIVATE KEY-----}'], 'private-key'],
  ['a password', ['users: [{name: me, passwordHash: secret}]'], 'wrong-value'],
])('%s is refused', (_, lines, code) => {
  expect(resolveIn(flavour(...lines)).diagnostics.map(asLine)).toEqual([
    expect.stringMatching(`^${code} flavours/small.yaml:`),
  ]);
});

test('findings about users name them, their place and the other one', () => {
  const twice = resolveIn(flavour('users: [{name: me}, {name: me}]')).diagnostics;
  expect(twice.map(asLine)).toEqual(['duplicate-user flavours/small.yaml:5:28 user `me` is given twice']);
  expect(twice[0]?.related).toMatchObject([{ message: 'first here', span: { start: { line: 5, column: 16 } } }]);
  expect(resolveIn(flavour('users: [{name: root}]')).diagnostics.map(asLine)).toEqual([
    'root-user flavours/small.yaml:5:16 root is there already, and stays locked; give a user of your own',
  ]);
  const lost = resolveIn(flavour('users: [{name: me}]', 'sshKeys:', `  - {user: mee, key: ${KEY}}`)).diagnostics;
  expect(lost.map(asLine)).toEqual([
    'unknown-user flavours/small.yaml:7:12 there is no user `mee` (did you mean `me`?)',
  ]);
});

test('users and keys say who gives them, and a user without groups is in none', () => {
  const { flavour: resolved } = resolveIn(flavour('users: [{name: me}]', 'sshKeys:', `  - {user: me, key: ${KEY}}`));
  expect(resolved?.users).toMatchObject([{ name: 'me', groups: [], by: 'flavour small', at: { start: { line: 5 } } }]);
  expect(resolved?.sshKeys).toMatchObject([
    { user: 'me', key: KEY, by: 'flavour small', at: { start: { line: 7, column: 12 } } },
  ]);
});
