import { expect, test } from 'vitest';
import { differenceInWords, type LockRequest, misfits } from '../../scripts/package-lock/index.ts';
import { locked, sampleLock } from './sample.ts';

const of = { flavour: 'x', base: 'debian-13' };

function misfit(change: Partial<LockRequest>, more: object = {}): readonly string[] {
  const lock = sampleLock();
  const wanted = { ...of, request: { ...lock.request, ...change }, tools: lock.tools.request, ...more };
  return misfits(lock, wanted, 'LOCK').map(({ message }) => message);
}

test('a flavour that asks for what it asked for fits', () => {
  expect(misfit({})).toEqual([]);
});

test.each<[string, Partial<LockRequest>, readonly string[]]>([
  [
    'a package more',
    { packages: ['bash', 'htop', 'nano-'] },
    ['the package `htop` is asked for, and the lock was made without it'],
  ],
  ['a package less', { packages: ['bash'] }, ['the package `nano-` is no longer asked for']],
  [
    'another suite',
    { repositories: ['debian sid main'] },
    [
      'the repository `debian sid main` is asked for, and the lock was made without it',
      'the repository `debian trixie main` is no longer asked for',
    ],
  ],
  [
    'weak dependencies',
    { weakDependencies: true },
    ['weak dependencies: true is asked for, and the lock was made with false'],
  ],
  [
    'another architecture',
    { architecture: 'arm64' },
    ['architecture: arm64 is asked for, and the lock was made with amd64'],
  ],
  [
    'a medium that installs',
    { installer: ['curl'] },
    ['the lock has no packages for a medium that installs: the flavour did not say `outputs: [installer-iso]`'],
  ],
])('%s is told by name, with what to do', (_, change, told) => {
  expect(misfit(change)).toEqual(told.map((message) => `LOCK: ${message}`));
  const lock = sampleLock();
  const [first] = misfits(lock, { ...of, request: { ...lock.request, ...change }, tools: ['xorriso'] }, 'LOCK');
  expect(first?.hint).toContain('`phyllome lock x --base debian-13 --update`');
});

test('which repository is the first is part of what is asked for', () => {
  const lock = sampleLock({ request: { ...sampleLock().request, repositories: ['a trixie main', 'b trixie main'] } });
  const request = { ...lock.request, repositories: ['b trixie main', 'a trixie main'] };
  expect(misfits(lock, { ...of, request, tools: ['xorriso'] }, 'LOCK').map(({ message }) => message)).toEqual([
    'LOCK: the order of what is asked for is another one (repository)',
  ]);
});

test('a lock of something else is told as that alone', () => {
  expect(misfit({ packages: [] }, { flavour: 'y' })).toEqual([
    'LOCK: it is a lock of x on debian-13, not of y on debian-13',
  ]);
  expect(misfit({}, { base: 'sid' })).toEqual(['LOCK: it is a lock of x on debian-13, not of x on sid']);
  expect(misfit({}, { hardware: 'lab' })).toEqual([
    'LOCK: it is a lock of x on debian-13, not of x on debian-13 for lab',
  ]);
});

test('another tools tree does not fit', () => {
  expect(misfit({}, { tools: ['xorriso', 'zstd'] })).toEqual([
    'LOCK: the program of the tools tree `zstd` is asked for, and the lock was made without it',
  ]);
});

test('who makes no medium that installs may leave its packages alone', () => {
  const lock = sampleLock({
    request: { ...sampleLock().request, installer: ['curl'] },
    installer: [locked('curl', '8')],
  });
  const { installer: _, ...request } = lock.request;
  expect(misfits(lock, { ...of, request, tools: ['xorriso'] }, 'LOCK')).toEqual([]);
});

test('what differs is told in words: new, gone, moved, other content, and sizes', () => {
  const before = sampleLock({
    packages: [
      locked('bash', '5.2-1'),
      locked('libc6', '2.41', { size: 4096 }),
      locked('nano', '8'),
      locked('zstd', '1'),
    ],
  });
  const now = sampleLock({
    packages: [
      locked('bash', '5.2-1'),
      locked('htop', '3'),
      locked('libc6', '2.42', { size: 2048 }),
      locked('zstd', '1', { sha256: 'f'.repeat(64) }),
    ],
    tools: { ...before.tools, packages: [locked('xorriso', '1.5.7-1')] },
  });
  expect(differenceInWords(before, now)).toEqual([
    'In the system: 4 packages, 14.0 KiB to fetch (+0, −2.0 KiB)',
    '  new: htop 3 (4.0 KiB)',
    '  libc6: 2.41 → 2.42 (−2.0 KiB)',
    '  gone: nano 8 (4.0 KiB)',
    '  zstd 1: other content under the same version',
    'In the tools tree: 1 packages, 7.0 KiB to fetch (+0, +0.0 KiB)',
    '  xorriso: 1.5.6-1 → 1.5.7-1',
  ]);
  expect(differenceInWords(now, now)).toEqual([]);
});

test('of a first lock the numbers are told, and not every package', () => {
  expect(differenceInWords(undefined, sampleLock())).toEqual([
    'In the system: 2 packages, 6.9 KiB to fetch',
    'In the tools tree: 1 packages, 7.0 KiB to fetch',
  ]);
});
