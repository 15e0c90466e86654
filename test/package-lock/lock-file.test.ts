import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { ReportedError } from '../../scripts/diagnostic/index.ts';
import { allLocked, type LockFile, lockedAs, lockPlace, lockText, readLock } from '../../scripts/package-lock/index.ts';
import { checkoutDirectory, userDirectory } from '../../scripts/places/index.ts';
import { temporaryDirectory } from '../plan/fixtures.ts';
import { locked, sampleLock } from './sample.ts';

/** What reading a text as a lock tells. */
function findings(text: string): readonly string[] {
  const file = path.join(temporaryDirectory(), 'x.lock.json');
  writeFileSync(file, text);
  try {
    readLock({ file, shown: 'locks/x.lock.json' });
    return [];
  } catch (error) {
    if (!(error instanceof ReportedError)) throw error;
    return error.diagnostics.map(
      ({ code, message, span, hint }) => `${span?.file}:${span?.start.line} ${code} ${message} | ${hint ?? ''}`,
    );
  }
}

test('what is written is what is read, in the same bytes, with a line for each package, sorted', () => {
  const { packages, ...more } = sampleLock({ hardware: 'lab', installer: [locked('curl', '8')] });
  const text = lockText({ packages: packages.toReversed(), ...more });
  const file = path.join(temporaryDirectory(), 'x.lock.json');
  writeFileSync(file, text);
  const again = readLock({ file, shown: 'x' });
  expect(again).toEqual({ packages, ...more });
  expect(lockText(again)).toBe(text);
  const lines = text.split('\n').filter((line) => line.includes('"sha256"'));
  expect(lines.map((line) => /"name": "([^"]+)"/.exec(line)?.[1])).toEqual(['bash', 'libc6', 'curl', 'xorriso']);
});

test('one package that moves is one line that differs', () => {
  const lock = sampleLock();
  const moved = { ...lock, packages: lock.packages.map((one) => (one.name === 'bash' ? locked('bash', '5.3') : one)) };
  const [before, after] = [lock, moved].map((one) => lockText(one).split('\n'));
  expect(after?.filter((line) => !before?.includes(line))).toHaveLength(1);
  expect(after).toHaveLength(before?.length ?? 0);
});

test.each([
  [
    'older',
    0,
    'lock-format the lock has the format 0; this version of phyllome reads 1 | `phyllome lock FLAVOUR --update`',
  ],
  ['newer', 2, 'lock-format the lock has the format 2; this version of phyllome reads 1 | A newer phyllome wrote it'],
])('a lock in an %s format is told as such, at its line, and what to do', (_, format, told) => {
  const [only, ...others] = findings(lockText({ ...sampleLock(), format: format as 1 }));
  expect(others).toEqual([]);
  expect(only).toContain(`locks/x.lock.json:2 ${told}`);
});

test('another file than a lock is told as none', () => {
  expect(findings('{"flavour": "x"}')[0]).toContain('the format of no lock');
});

test('what a merge can do to a lock is found at its line', () => {
  const twice = sampleLock();
  const text = lockText({ ...twice, packages: [...twice.packages, locked('bash', '5.3')] });
  expect(findings(text)).toEqual([
    `locks/x.lock.json:${text.split('\n').findIndex((line) => line.includes('5.3')) + 1} lock-inconsistent the package bash is there twice | \`phyllome lock FLAVOUR --update\` writes a whole one.`,
  ]);
  expect(findings(lockText({ ...twice, packages: [locked('bash', '5', { index: 'sid' })] }))[0]).toContain(
    'bash is of the index sid, which the lock does not have',
  );
  expect(findings(`<<<<<<< HEAD\n${text}`)).not.toEqual([]);
});

test.each<[string, Partial<LockFile['packages'][number]>]>([
  ['a path out of the archive', { path: 'pool/../../etc/x.deb' }],
  ['an absolute path', { path: '/pool/x.deb' }],
  ['a path with a blank, which would be two addresses', { path: 'pool/x http://other/y.deb' }],
  ['a version with a line end', { version: '1\n2' }],
  ['a name that is a path', { name: '../x' }],
  ['a sum that is none', { sha256: 'abc' }],
  ['no size', { size: 0 }],
])('%s is no package', (_, more) => {
  expect(findings(lockText(sampleLock({ packages: [{ ...locked('bash', '5'), ...more }] })))).toHaveLength(1);
});

test("a lock lies beside flavours, the user's own before the checkout's, and a new one is the user's", () => {
  const [mine, checkout] = [temporaryDirectory(), temporaryDirectory()];
  const directories = [userDirectory(mine, 'mine'), checkoutDirectory(checkout)];
  const of = { flavour: 'x', base: 'debian-13' };
  expect(lockPlace(of, directories)).toEqual({
    file: path.join(mine, 'locks/x.debian-13.lock.json'),
    shown: 'mine/locks/x.debian-13.lock.json',
    isThere: false,
  });
  mkdirSync(path.join(checkout, 'kickstarts/locks'), { recursive: true });
  for (const name of ['x.debian-13.lock.json', 'y.debian-13.lab.lock.json', 'README.md'])
    writeFileSync(path.join(checkout, 'kickstarts/locks', name), '');
  expect(lockPlace(of, directories)).toMatchObject({ shown: 'kickstarts/locks/x.debian-13.lock.json', isThere: true });
  expect(lockPlace({ ...of, hardware: 'lab' }, directories).shown).toBe('mine/locks/x.debian-13.lab.lock.json');
  expect(allLocked(directories)).toEqual([of, { flavour: 'y', base: 'debian-13', hardware: 'lab' }]);
});

test('a computer is part of what is locked where the command line names it', () => {
  const at = { file: 'x', start: { line: 1, column: 1, offset: 0 }, end: { line: 1, column: 1, offset: 0 } };
  const hardware = { name: 'lab', summary: '', power: undefined, at, devices: [] } as never;
  const base = { name: 'debian-13' } as never;
  expect(lockedAs({ name: 'x', base, hardware })).toEqual({ flavour: 'x', base: 'debian-13', hardware: 'lab' });
  const own = { ...(hardware as object), askedAt: at } as never;
  expect(lockedAs({ name: 'x', base, hardware: own })).toEqual({ flavour: 'x', base: 'debian-13' });
});
