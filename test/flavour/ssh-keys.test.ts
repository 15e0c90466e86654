import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { keyProblem } from '../../scripts/flavour/ssh-key.ts';
import { prettyDiagnostics } from '../../scripts/report/diagnostics/index.ts';
import { asLine, resolveIn, sourceTree } from './source-tree.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'phyllome-keys-'));
afterAll(() => rmSync(folder, { recursive: true }));

const made = (name: string, extension = '.pub') => readFileSync(path.join(folder, `${name}${extension}`), 'utf8');

beforeAll(() => {
  for (const [name, ...kind] of [
    ['ed25519', 'ed25519'],
    ['rsa2048', 'rsa', '-b', '2048'],
    ['rsa1024', 'rsa', '-b', '1024'],
    ['p256', 'ecdsa', '-b', '256'],
    ['p384', 'ecdsa', '-b', '384'],
    ['p521', 'ecdsa', '-b', '521'],
  ] as const) {
    execFileSync('ssh-keygen', ['-q', '-N', '', '-C', 'ada at home', '-f', path.join(folder, name), '-t', ...kind]);
  }
});

const field = (data: string | Buffer) => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(Buffer.byteLength(data));
  return Buffer.concat([length, Buffer.from(data)]);
};
const keyOf = (type: string, ...fields: (string | Buffer)[]) =>
  `${type} ${Buffer.concat([type, ...fields].map(field)).toString('base64')}`;
const point = Buffer.concat([Buffer.from([4]), Buffer.alloc(64, 7)]);

describe('a public key', () => {
  test.each(['ed25519', 'rsa2048', 'p256', 'p384', 'p521'])('that ssh-keygen makes is taken: %s', (name) => {
    expect(keyProblem(made(name).trimEnd())).toBeUndefined();
  });

  test('of a security key is taken, and no other with its name', () => {
    const ed = 'sk-ssh-ed25519@openssh.com';
    const ecdsa = 'sk-ecdsa-sha2-nistp256@openssh.com';
    expect(keyProblem(keyOf(ed, Buffer.alloc(32, 1), 'ssh:'))).toBeUndefined();
    expect(keyProblem(keyOf(ecdsa, 'nistp256', point, 'ssh:'))).toBeUndefined();
    expect(keyProblem(keyOf(ed, Buffer.alloc(32, 1)))?.message).toBe('the key is cut short');
    expect(keyProblem(keyOf(ecdsa, 'nistp384', point, 'ssh:'))?.message).toBe('the key is damaged');
  });

  test('is refused wherever it is cut short, at each of its characters', () => {
    for (const name of ['ed25519', 'rsa2048', 'p256']) {
      const [type = '', body = ''] = made(name).split(' ');
      for (let length = 0; length < body.replaceAll('=', '').length; length++) {
        expect(keyProblem(`${type} ${body.slice(0, length)}`)?.code, `${name} at ${length}`).toBe('wrong-key');
      }
    }
  });

  test.each([
    ['rsa of 1024 bits', () => made('rsa1024'), 'weak-key', 'RSA of 1024 bits is too weak: 2048 are the least'],
    ['dsa', () => keyOf('ssh-dss', '1', '2', '3', '4'), 'weak-key', 'DSA is broken, and sshd takes no such key'],
    [
      'another type inside',
      () => made('p256').replace(/^\S+/, 'ssh-ed25519'),
      'wrong-key',
      'the line says `ssh-ed25519`, but it is a key of the type `ecdsa-sha2-nistp256`',
    ],
    ['a private key', () => made('ed25519', ''), 'private-key', 'this is a private key'],
    ['a PuTTY key', () => 'PuTTY-User-Key-File-3: ssh-ed25519', 'private-key', 'this is a private key'],
    [
      'RFC 4716',
      () => '---- BEGIN SSH2 PUBLIC KEY ----',
      'wrong-key',
      'this is a public key in the format of another program',
    ],
    ['a certificate', () => 'ssh-ed25519-cert-v01@openssh.com AAAA', 'wrong-key', 'this is a certificate'],
    [
      'a key without its type',
      () => made('ed25519').split(' ')[1] ?? '',
      'wrong-key',
      'the type in front of the key is missing',
    ],
    ['a type alone', () => 'ssh-rsa', 'wrong-key', 'the key behind its type is missing'],
    ['no key', () => 'hello there', 'wrong-key', 'this does not begin with a type of key that sshd knows'],
    [
      'inherited names',
      () => 'constructor AAAA',
      'wrong-key',
      'this does not begin with a type of key that sshd knows',
    ],
    [
      'two keys run together',
      () => `${made('ed25519').split(' ').slice(0, 2).join(' ')}${made('p256').split(' ')[1]}`,
      'wrong-key',
      'something follows the key that does not belong to it',
    ],
    [
      'wrong characters',
      () => made('ed25519').replace('AAAA', 'AA-A'),
      'wrong-key',
      'the key holds characters that no key has',
    ],
    ['two lines', () => `${made('ed25519')}${made('p256')}`, 'wrong-key', 'a public key is one line'],
    ['a point of a wrong size', () => keyOf('ssh-ed25519', Buffer.alloc(31, 1)), 'wrong-key', 'the key is damaged'],
    [
      'what stood in the README',
      () => 'ssh-ed25519 AAAA… ada@example',
      'placeholder-key',
      'this stands for a key: put your own public key in its place',
    ],
    [
      'dots',
      () => 'ssh-ed25519 AAAA... ada@example',
      'placeholder-key',
      'this stands for a key: put your own public key in its place',
    ],
    [
      'angle brackets',
      () => '<your key here>',
      'placeholder-key',
      'this stands for a key: put your own public key in its place',
    ],
    ['nothing', () => '', 'placeholder-key', 'this stands for a key: put your own public key in its place'],
  ])('%s is refused', (_, key, code, message) => {
    expect(keyProblem(key())).toMatchObject({ code, message });
  });

  test('may have a comment like a placeholder, and `your` inside of it', () => {
    const [type, body] = made('ed25519').split(' ');
    expect(keyProblem(`${type} ${body} <ada> … your`)).toBeUndefined();
  });
});

/** A flavour with one key, given as the lines say. */
const withKey = (...lines: string[]) =>
  resolveIn(
    sourceTree({
      'flavours/small.yaml': [
        'flavour: small',
        'summary: s m l',
        'base: test-1',
        'components: [core]',
        'users: [{name: me}]',
        'sshKeys:',
        '  - user: me',
        ...lines,
        '',
      ].join('\n'),
    }),
  );

describe('`keyFile:`', () => {
  test('names a file by its path, or from the home directory; each of its lines is a key', () => {
    const home = mkdtempSync(path.join(folder, 'home-'));
    mkdirSync(path.join(home, '.ssh'));
    writeFileSync(path.join(home, '.ssh/all.pub'), `\uFEFF# mine\r\n${made('ed25519').trim()}\r\n\r\n${made('p256')}`);
    vi.stubEnv('HOME', home);
    const both = [made('ed25519').trim(), made('p256').trim()];
    for (const file of ['~/.ssh/all.pub', path.join(home, '.ssh/all.pub')]) {
      const { flavour, diagnostics } = withKey(`    keyFile: ${file}`);
      expect(diagnostics).toEqual([]);
      expect(flavour?.sshKeys.map(({ key }) => key)).toEqual(both);
    }
    vi.unstubAllEnvs();
  });

  test('that leads nowhere says where it looked, and how a pair is made', () => {
    expect(withKey('    keyFile: keys/none.pub').diagnostics.map(asLine)).toEqual([
      expect.stringMatching(
        /^missing-key-file flavours\/small.yaml:8:14 there is no file `keys\/none.pub` \(looked for \/.*\/keys\/none.pub. `ssh-keygen -t ed25519` makes a pair/,
      ),
    ]);
    for (const [file, message] of [
      ['/dev/zero', '`/dev/zero` is no file'],
      ['/', '`/` is no file'],
      ['/dev/null', '`/dev/null` is no file'],
    ]) {
      expect(withKey(`    keyFile: ${file}`).diagnostics).toMatchObject([{ code: 'missing-key-file', message }]);
    }
  });

  test('with a private key, or with one wrong line, says so and shows nothing of it', () => {
    const secret = made('ed25519', '').split('\n')[1] ?? '';
    const { diagnostics } = withKey(`    keyFile: ${folder}/ed25519`);
    expect(diagnostics).toMatchObject([{ code: 'private-key', message: `${folder}/ed25519: this is a private key` }]);
    expect(prettyDiagnostics(diagnostics)).not.toContain(secret);
    writeFileSync(path.join(folder, 'mixed'), `${made('ed25519')}${made('rsa1024')}`);
    expect(withKey(`    keyFile: ${folder}/mixed`).diagnostics).toMatchObject([
      { code: 'weak-key', message: `${folder}/mixed:2: RSA of 1024 bits is too weak: 2048 are the least` },
    ]);
  });

  test('and `key:` are one or the other', () => {
    expect(withKey().diagnostics.map(asLine)).toEqual([
      'one-key flavours/small.yaml:7:5 the key is missing (say `key:` with the line of a public key file, or `keyFile:` with the path of one)',
    ]);
    expect(withKey('    key: a', '    keyFile: b').diagnostics).toMatchObject([
      { code: 'one-key', message: 'a key and the file of one are given at once' },
    ]);
  });
});

test('a private key that stands in a flavour is not shown, on one line or on many', () => {
  const text = made('ed25519', '');
  for (const lines of [
    ['    key: |', ...text.split('\n').map((line) => `      ${line}`)],
    [`    key: "${text.replaceAll('\n', '\\n')}"`],
    [`    key: ${text.replaceAll('\n', ' ')}`],
  ]) {
    const { diagnostics } = withKey(...lines);
    expect(diagnostics).toMatchObject([{ code: 'private-key', message: 'this is a private key' }]);
    const shown = prettyDiagnostics(diagnostics, {
      readSource: () => ['a', 'b', 'c', 'd', 'e', 'f', 'g', ...lines].join('\n'),
    });
    for (const line of text.split('\n').slice(1, 4)) expect(shown).not.toContain(line.slice(0, 20));
  }
});
