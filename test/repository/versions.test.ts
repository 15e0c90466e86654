import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { compareDebianVersions, compareRpmVersions } from '../../scripts/repository/index.ts';

/** Each differs from others in what the order is about: epoch, tilde, letters, zeros, lengths, hyphens, colons. */
const debian = [
  '0',
  '0~',
  '1',
  '1~',
  '1~a',
  '01',
  '1.0',
  '1-0',
  '1-1',
  '1:0',
  '1:1-1~',
  '2:0.1',
  '1.0-1',
  '1.0-1+b1',
  '1.0-1+deb13u1',
  '1.0-1+deb13u10',
  '1.0-1~bpo12+1',
  '1.0+dfsg-1',
  '1.0a',
  '1.0Z',
  '1.0a1',
  '1.0+',
  '1.10',
  '1.9',
  '6.12.43+1',
  '6.12.43-1',
  '6.12.100-1',
  '9999999999999999999999999-1',
  '10000000000000000000000000-1',
  '2.41-12+deb13u2~',
];

const pairs = debian.flatMap((a, index) => debian.slice(index).map((b) => [a, b] as const));

test.runIf(existsSync('/usr/bin/dpkg'))(
  `Debian's order is dpkg's, of ${pairs.length} pairs`,
  () => {
    const script =
      'while read -r a b; do if dpkg --compare-versions "$a" lt "$b"; then echo -1; elif dpkg --compare-versions "$a" eq "$b"; then echo 0; else echo 1; fi; done';
    const input = pairs.map(([a, b]) => `${a} ${b}\n`).join('');
    const { stdout } = spawnSync('sh', ['-c', script], { input, encoding: 'utf8' });
    const judged = stdout.trim().split('\n').map(Number);
    expect(judged).toHaveLength(pairs.length);
    const found = pairs.map(([a, b]) => `${a} ${b} ${Math.sign(compareDebianVersions(a, b))}`);
    expect(found).toEqual(pairs.map(([a, b], index) => `${a} ${b} ${judged[index]}`));
    expect(
      pairs.every(([a, b]) => Math.sign(compareDebianVersions(b, a)) === -Math.sign(compareDebianVersions(a, b)) + 0),
    ).toBe(true);
  },
  60_000,
);

/** What `rpm.vercmp` of rpm 4.18 says of them. */
const rpm: readonly (readonly [string, string, -1 | 0 | 1])[] = [
  ['1.0', '1.0', 0],
  ['1.0', '2.0', -1],
  ['2.0.1a', '2.0.1', 1],
  ['5.5p10', '5.5p1', 1],
  ['10xyz', '10.1xyz', -1],
  ['xyz10', 'xyz10.1', -1],
  ['xyz.4', '8', -1],
  ['5.5p2', '5.6p1', -1],
  ['6.0.rc1', '6.0', 1],
  ['10b2', '10a1', 1],
  ['1.0aa', '1.0a', 1],
  ['10.0001', '10.1', 0],
  ['4.999.9', '5.0', -1],
  ['20101121', '20101122', -1],
  ['2_0', '2.0', 0],
  ['a+', 'a_', 0],
  ['1.0~rc1', '1.0', -1],
  ['1.0~rc1', '1.0~rc2', -1],
  ['1.0~rc1~git1', '1.0~rc1', -1],
  ['1.0^', '1.0', 1],
  ['1.0^git1', '1.0^git2', -1],
  ['1.0^git1', '1.01', -1],
  ['1.0^20160101', '1.0.1', -1],
  ['1.0~rc1^git1', '1.0~rc1', 1],
  ['1.0^git1~pre', '1.0^git1', -1],
  ['1b.fc17', '1.fc17', -1],
  ['1.fc44', '1.fc44.1', -1],
  ['99999999999999999999', '100000000000000000000', -1],
];

test.each(rpm)('rpm: %s, %s: %i', (a, b, order) => {
  expect(Math.sign(compareRpmVersions(a, b))).toBe(order);
  expect(Math.sign(compareRpmVersions(b, a))).toBe(0 - order);
});

test.each([
  ['1:1.0-1', '2.0-1', 1],
  ['0:1.0-1', '1.0-1', 0],
  ['1.0-1.fc44', '1.0-2.fc44', -1],
  ['1.0-10.fc44', '1.0-9.fc44', 1],
  ['1.0', '1.0-1', 0],
] as const)('rpm: epoch and release: %s, %s: %i', (a, b, order) => {
  expect(Math.sign(compareRpmVersions(a, b))).toBe(order);
});
