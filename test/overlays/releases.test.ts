import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { buildFlavour } from '../../scripts/build/index.ts';
import { engines } from '../../scripts/engines/index.ts';
import { prettyDiagnostics } from '../../scripts/report/diagnostics/index.ts';
import { unlockKey } from '../../scripts/signing/index.ts';
import { recordingContext, scratchDirectory } from '../commands/recording-context.ts';
import { answersAt, changed, goodServer } from '../doctor/machine.ts';
import { asLine } from '../flavour/source-tree.ts';
import { publicKey, secretKey } from '../release/published-sample.ts';
import { renderOwn, resolveOwn } from './own-flavour.ts';

const fixtures = path.join(import.meta.dirname, '../fixtures/minisign');
const lineOf = (name: string) => readFileSync(path.join(fixtures, name), 'utf8').split('\n')[1] ?? '';
const [key, other] = [lineOf('throw-away.pub'), lineOf('throw-away-encrypted.pub')];

/** `keys` one a line, from line 9 on. */
const lines = (address: string, keys: readonly string[]) => [
  'extends: nano',
  'components: {add: [releases]}',
  'options:',
  '  releases:',
  `    address: ${address}`,
  ...(keys.length === 0 ? ['    keys: []'] : ['    keys:', ...keys.map((one) => `      - ${one}`)]),
];

test('address and keys are files of root that all may read, and the manifest has them', () => {
  const address = 'https://example.org/phyllome';
  const { kickstart, map, findings } = renderOwn(lines(address, [key, other]), 'debian-13');
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(kickstart).toContain(`put /usr/lib/phyllome/releases/address 0644 root:root <<'EOF'\n${address}\nEOF\n`);
  expect(kickstart).toContain(`put /usr/lib/phyllome/releases/keys 0644 root:root <<'EOF'\n${key}\n${other}\nEOF\n`);
  expect(map.releases).toEqual({ address, keys: [key, other] });
  expect(renderOwn(['extends: nano'], 'debian-13').map).not.toHaveProperty('releases');
});

test.each([
  ['/srv/releases', [key], []],
  ['http://example.org', [key], [/^wrong-option .*:7:14 .*what is there begins with neither `https:\/\/` nor `\/`/]],
  ['https://ada:secret@example.org', [key], [/:7:14 .*has a name or password in it/]],
  ['https://example.org/?x', [key], [/:7:14 .*has a \? or # in it/]],
  ['https://', [key], [/:7:14 .*cannot be read/]],
  ['/srv/../etc', [key], [/:7:14 .*should be `\/etc`/]],
  ['"/srv/my releases"', [key], [/:7:14 .*has spaces or control characters/]],
  ['""', [key], [/^refused-combination .*says where successors are published/]],
  ['/srv', [], [/^refused-combination .*no successor could be verified/]],
  [
    '/srv',
    [key, `${other.slice(0, -1)}`],
    [/:10:9 .*56 characters that begin with RW; what is there is no public key/],
  ],
  ['/srv', [key, 'keys/minisign.pub'], [/:10:9 .*is no public key of minisign/]],
  ['/srv', [lineOf('throw-away.key')], [/:9:9 .*is a secret key of minisign/]],
  ['/srv', [lineOf('throw-away-encrypted.key').slice(0, 56)], [/:9:9 .*is a secret key of minisign/]],
] as const)('%s with %j', (address, keys, expected) => {
  const found = resolveOwn(lines(address, keys)).diagnostics.map(asLine);
  expect(found).toEqual(expected.map((one) => expect.stringMatching(one)));
});

test('no finding shows a secret key that stands in the place of the public one', () => {
  const secret = lineOf('throw-away.key');
  const { diagnostics } = resolveOwn(lines('/srv', [secret]));
  expect(JSON.stringify(diagnostics)).not.toContain(secret.slice(8, 40));
  const text = prettyDiagnostics(diagnostics, { readSource: () => lines('/srv', [secret]).join('\n') });
  expect(text).not.toContain(secret.slice(8, 40));
});

test('a build refuses a key that the system would not trust, before anything is made', async () => {
  const signingKey = await unlockKey(secretKey(), {});
  const { context } = recordingContext();
  const own = scratchDirectory();
  mkdirSync(path.join(own, 'flavours'));
  const text = ['flavour: mine', 'summary: my own', ...lines('/srv', [other]), ''].join('\n');
  writeFileSync(path.join(own, 'flavours/mine.yaml'), text);
  const request = { flavour: 'mine', isDryRun: false, values: {}, signingKey };
  await expect(
    buildFlavour(request, engines, { ...context, places: { ...context.places, user: [own] } }),
  ).rejects.toMatchObject({
    diagnostics: [
      {
        code: 'untrusted-key',
        message:
          'the image trusts FA01F71731660BEB, and not 4D788919362ACB8A: hosts with it would refuse every successor that this key signs',
        span: { start: { line: 9 } },
        hint: `Sign by another key, or list this one, too: ${readFileSync(publicKey, 'utf8').split('\n')[1]}`,
      },
    ],
  });
});

test('the doctor tells them, and what is missing of them', () => {
  const files = {
    'usr/lib/phyllome/releases/address': 'https://example.org\n',
    'usr/lib/phyllome/releases/keys': `${key}\n`,
  };
  const machine = (own: Readonly<Record<string, string | undefined>>, programs = { minisign: 'true' }) =>
    answersAt(
      changed(goodServer, {
        files: { ...own, 'usr/bin/minisign': 'x' },
        modes: { 'usr/bin/minisign': 0o755 },
        programs,
      }),
    ).of('releases');
  expect(answersAt(goodServer).of('releases')).toBe('not asked');
  expect(machine(files)).toBe(
    'ok: successors are published at https://example.org, signed by the key in /usr/lib/phyllome/releases/keys',
  );
  expect(machine({ ...files, 'usr/lib/phyllome/releases/keys': `${key}\n${other}\n` })).toContain('one of the 2 keys');
  expect(machine({ ...files, 'usr/lib/phyllome/releases/keys': '' })).toMatch(/^fail: no key is known any more/);
  expect(machine({ ...files, 'usr/lib/phyllome/releases/address': undefined })).toMatch(
    /^fail: it is not known any more/,
  );
  expect(answersAt(changed(goodServer, { files })).of('releases')).toMatch(/^fail: nothing is installed/);
});
