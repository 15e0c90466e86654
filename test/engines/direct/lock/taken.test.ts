import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { fetchedIndexes } from '../../../../scripts/engines/direct/lock/index-files.ts';
import { afterMove } from '../../../../scripts/engines/direct/lock/moved.ts';
import { knownPackages, resolvedPackages } from '../../../../scripts/engines/direct/lock/resolved.ts';
import { type LockedPackage, listLines } from '../../../../scripts/package-lock/index.ts';
import { locked, sampleLock } from '../../../package-lock/sample.ts';
import { temporaryDirectory } from '../../../plan/fixtures.ts';

const release = (date: string, more = '') =>
  `-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nOrigin: Debian\nDate: ${date}\n${more}SHA256:\n`;

const stanza = ({ name, version, size, sha256, path: file }: LockedPackage) =>
  `Package: ${name}\nVersion: ${version}\nInstalled-Size: 1\nArchitecture: amd64\nDepends: x\nDescription: Size: 3\n more\nFilename: ${file}\nSize: ${size}\nMD5sum: 0\nSHA256: ${sha256}\n\n`;

const repositories = [
  {
    id: 'debian',
    url: 'http://mirror.example:8080/debian/',
    suite: 'trixie',
    components: ['main', 'non-free-firmware'],
  },
  { id: 'debian-security', url: 'http://mirror.example:8080/security', suite: 'trixie-security', components: ['main'] },
];

const bash = locked('bash', '5.2-1');
const kernel = locked('linux-image', '6.12', { index: 'debian-security' });
const firmware = locked('firmware', '1');

/** apt's directory of lists for these two repositories. */
function lists(): string {
  const directory = temporaryDirectory();
  const write = (name: string, text: string) => writeFileSync(path.join(directory, name), text);
  const [main, security] = [
    'mirror.example:8080_debian_dists_trixie',
    'mirror.example:8080_security_dists_trixie-security',
  ];
  write(`${main}_InRelease`, release('Sat, 21 Nov 2026 09:15:44 UTC'));
  write(`${main}_main_binary-amd64_Packages`, stanza(bash));
  write(`${main}_non-free-firmware_binary-amd64_Packages`, stanza(firmware));
  const limit = 'Valid-Until: Sun, 06 Dec 2026 00:53:14 UTC\n';
  write(`${security}_InRelease`, release('Sun, 29 Nov 2026 00:53:14 UTC', limit));
  // A point release has taken this one over.
  write(`${security}_main_binary-amd64_Packages`, stanza(bash) + stanza(kernel));
  write('mirror.example:8080_other_dists_trixie_main_binary-amd64_Packages', stanza(locked('other', '1')));
  return directory;
}

test('an index is told by its signed Release: date, limit, sum and where it was fetched', () => {
  const directory = lists();
  const [debian, security] = fetchedIndexes(directory, repositories);
  expect(debian).toMatchObject({
    name: 'debian',
    repository: 'debian',
    suite: 'trixie',
    date: '2026-11-21T09:15:44Z',
    inRelease: createHash('sha256').update(release('Sat, 21 Nov 2026 09:15:44 UTC')).digest('hex'),
    madeFrom: 'http://mirror.example:8080/debian/',
  });
  expect(debian).not.toHaveProperty('validUntil');
  expect(security).toMatchObject({ date: '2026-11-29T00:53:14Z', validUntil: '2026-12-06T00:53:14Z' });
});

test('what apt resolved is found in the indexes, with path and index; the first repository that has it counts', () => {
  const directory = lists();
  const known = knownPackages(directory, fetchedIndexes(directory, repositories));
  expect(known.size).toBe(3);
  const resolved = temporaryDirectory();
  writeFileSync(path.join(resolved, 'lock'), listLines([bash, kernel, firmware]));
  expect(resolvedPackages(resolved, known)).toEqual([bash, firmware, kernel]);
  writeFileSync(path.join(resolved, 'lock'), listLines([locked('htop', '3')]));
  expect(() => resolvedPackages(resolved, known)).toThrow('no index has htop_3_amd64.deb');
});

test('of a lock that moves in part, what stays is of the index as it is now where that has it, else of the one as it was', () => {
  const directory = lists();
  mkdirSync(directory, { recursive: true });
  const indexes = fetchedIndexes(directory, repositories);
  const known = knownPackages(directory, indexes);
  const now = indexes.map(({ files: _, ...index }) => index);
  const [old] = sampleLock().indexes;
  if (old === undefined) throw new Error('the sample has an index');
  const older = { ...old, date: '2026-10-01T00:00:00Z' };
  const gone = locked('gone', '1');
  const superseded = locked('openssl', '3.5.1');
  const before = sampleLock({ indexes: [older], packages: [bash, gone, superseded, locked('linux-image', '6.1')] });
  const after = afterMove(before, { fetched: [kernel], removed: new Set(['gone', '']) }, now, known);
  const name = 'debian@2026-10-01T00:00:00Z';
  expect(after.packages).toEqual([bash, { ...superseded, index: name }, kernel]);
  expect(after.indexes).toEqual([...now, { ...older, name }]);
  // The next time it is found by that name.
  const again = afterMove({ ...before, ...after }, { fetched: [], removed: new Set() }, now, known);
  expect(again).toEqual(after);
});
