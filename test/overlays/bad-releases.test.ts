import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { product, release, releasesOf } from '../channels/release-sample.ts';
import { scratchDirectory } from '../commands/recording-context.ts';
import { publicKey } from '../release/published-sample.ts';
import { aHostForEach, at, put, releases, releasesOnSmallDisk, state } from './releasing-host.ts';

aHostForEach();

const DAY = 86_400;
const now = () => Math.floor(Date.now() / 1000);

/** What is wrong with what is published or with the host, and what the host says of it. */
interface Bad {
  readonly name: string;
  /** `from`: what is published, with 2026.2 in it. */
  readonly spoil: (from: string) => void | Promise<void>;
  readonly clock?: () => number;
  readonly reason: RegExp;
}

const image = (from: string) => path.join(from, `${product}-2026.2`, 'small.iso');
const change = (file: string, from: string | RegExp, to: string) =>
  writeFileSync(file, readFileSync(file, 'latin1').replace(from, to), 'latin1');

/** Each is refused by the program that hosts have, with its cause, and leaves the host as it was. */
const bad: readonly Bad[] = [
  {
    name: 'the index is signed by another key',
    spoil: () => {
      const other = readFileSync(path.join(path.dirname(publicKey), 'throw-away-encrypted.pub'), 'utf8').split('\n')[1];
      put(at('usr/lib/phyllome/releases/keys'), `${other}\n`);
    },
    reason: /stable\.index is not signed by a key that this system trusts, or was changed/,
  },
  {
    name: 'the index was changed: all hosts instead of some',
    spoil: (from) => change(path.join(from, 'stable.index'), / 2026\.2 100 /, ' 2026.2 99 '),
    reason: /is not signed by a key that this system trusts/,
  },
  {
    name: 'half of the index came',
    spoil: (from) => truncateSync(path.join(from, 'stable.index'), 400),
    reason: /is not signed by a key that this system trusts/,
  },
  {
    name: 'there is a page of a portal where the index was',
    spoil: (from) => writeFileSync(path.join(from, 'stable.index'), '<html>\nWelcome! Log in:\n</html>\n'),
    reason: /is not signed by a key that this system trusts/,
  },
  {
    name: 'the index is larger than any',
    spoil: (from) => truncateSync(path.join(from, 'stable.index'), 2 ** 21),
    reason: /stable\.index is larger than it may be/,
  },
  {
    name: 'the index of testing stands in the place of that of stable',
    spoil: async (from) => {
      await release(from, path.join(from, `${product}-2026.2`), '--channel', 'testing');
      writeFileSync(path.join(from, 'stable.index'), readFileSync(path.join(from, 'testing.index')));
    },
    reason: /stable\.index is the index of the channel testing/,
  },
  {
    name: 'an index that this host has seen is replaced by an older one',
    spoil: async (from) => {
      const older = readFileSync(path.join(from, 'stable.index'));
      await release(from);
      releases(['check', '--from', from]);
      writeFileSync(path.join(from, 'stable.index'), older);
    },
    reason: /the index of \S+ is older than one that this host has seen, of \S+\n {2}An old one was put in its place/,
  },
  {
    name: 'the index is held back: it has expired',
    spoil: () => {},
    clock: () => now() + 31 * DAY,
    reason:
      /the index expired on \S+: somebody holds newer ones back, or nobody has renewed it\n {2}This host's clock says /,
  },
  {
    name: 'the clock is wrong: years behind',
    spoil: () => {},
    clock: () => now() - 900 * DAY,
    reason: /this host's clock is wrong: it says \S+, and the index was written on /,
  },
  {
    name: 'the machine has no id',
    spoil: () => put(at('etc/machine-id'), ''),
    reason: /\/etc\/machine-id is missing or empty/,
  },
  {
    name: 'a byte of the image is another one',
    spoil: (from) => writeFileSync(image(from), 'isO'),
    reason: /small-debian-13-2026\.2\/small\.iso is not what was signed: damaged on the way, or changed/,
  },
  {
    name: 'half of the image came',
    spoil: (from) => truncateSync(image(from), 1),
    reason: /small\.iso is not what was signed/,
  },
  {
    name: 'the image is that of another release, with its own right list',
    spoil: async (from) => {
      const [one, two] = ['2026.1', '2026.2'].map((version) => path.join(from, `${product}-${version}`));
      for (const name of ['SHA256SUMS', 'SHA256SUMS.minisig', 'manifest.json']) {
        writeFileSync(path.join(two ?? '', name), readFileSync(path.join(one ?? '', name)));
      }
    },
    reason: /SHA256SUMS is not what was signed/,
  },
  {
    name: 'the signature of the release is gone',
    spoil: (from) => writeFileSync(path.join(from, `${product}-2026.2`, 'SHA256SUMS.minisig'), ''),
    reason: /SHA256SUMS\.minisig is not what was signed/,
  },
  {
    name: 'nothing is mounted there',
    spoil: (from) => execFileSync('sh', ['-c', 'rm -r "$0"/*', from]),
    reason: /stable\.index is not there\n {2}Is the directory mounted/,
  },
];

describe('a bad release is refused with its cause, and the host stays as it was', () => {
  test.each(bad)('$name', async ({ spoil, clock, reason }) => {
    const from = await releasesOf('2026.1', '2026.2');
    await spoil(from);
    const seen = existsSync(state('seen-stable')) ? readFileSync(state('seen-stable'), 'utf8') : '';
    const target = path.join(scratchDirectory(), 'fetched');
    const env: Readonly<Record<string, string>> = clock === undefined ? {} : { CLOCK: String(clock()) };
    const outcome = releases(['fetch', target, '--from', from], env);
    expect([outcome.status, outcome.stderr]).toEqual([1, expect.stringMatching(reason)]);
    expect(existsSync(target)).toBe(false);
    // What was refused does not count as seen; where only the image is bad, the index was good.
    if (seen !== '') expect(readFileSync(state('seen-stable'), 'utf8')).toBe(seen);
    expect(outcome.stdout).toBe('');
    // The right one is taken afterwards.
    expect(readdirSync(path.dirname(target)).filter((name) => name !== 'fetched.part')).toEqual([]);
  });

  test('what was damaged once is fetched anew, and is whole then', async () => {
    const from = await releasesOf('2026.2');
    const right = readFileSync(image(from));
    writeFileSync(image(from), 'isO');
    const target = path.join(scratchDirectory(), 'fetched');
    expect(releases(['fetch', target, '--from', from]).stderr).toMatch(/the same command goes on/);
    writeFileSync(image(from), right);
    expect(releases(['fetch', target, '--from', from])).toMatchObject({ status: 0, stderr: '' });
    expect(readFileSync(path.join(target, 'small.iso'))).toEqual(right);
  });

  // With room for the two files that are there before, and one page more each time, until there is room for all.
  test.each([
    ['check', [], 3],
    ['fetch', ['disk/fetched'], 6],
  ] as const)(
    '%s on a full disk ends with its cause at each step of writing, never with half a file',
    async (command, targets, steps) => {
      const from = await releasesOf('2026.1', '2026.2');
      // The disk runs full after it was asked.
      put(at('bin/df'), '#!/bin/sh\nprintf "Avail\\n9000\\n"\n');
      chmodSync(at('bin/df'), 0o755);
      const told = new Set<string>();
      let pages = 2;
      for (; pages < 60; pages++) {
        put(state('seen-stable'), '1000000000\n');
        put(state('withdrawn'), 'of old\n');
        const { status, stderr, left } = releasesOnSmallDisk(pages, [
          command,
          ...targets.map((name) => at(name)),
          '--from',
          from,
        ]);
        expect(left).not.toContain('.new');
        expect(left).toMatch(/state\/seen-stable: \d{10} \n/);
        if (stderr === '') {
          expect(left.includes('./fetched/small.iso: iso')).toBe(command === 'fetch');
          break;
        }
        const own = /^phyllome-releases: (.*)$/m.exec(stderr)?.[1] ?? stderr;
        expect([pages, status, own]).toEqual([
          pages,
          1,
          expect.stringMatching(/could not be copied|no room|cannot be/),
        ]);
        expect(left).not.toContain('./fetched/');
        told.add(own.replace(/\/tmp\.\w+/, ''));
      }
      expect(pages).toBeLessThan(60);
      expect([...told].length).toBeGreaterThanOrEqual(steps);
    },
  );

  test('too little room for a release is told before it is fetched', async () => {
    const from = await releasesOf('2026.2');
    put(at('bin/df'), '#!/bin/sh\nprintf "Avail\\n1\\n"\n');
    chmodSync(at('bin/df'), 0o755);
    const target = path.join(scratchDirectory(), 'fetched');
    expect(releases(['fetch', target, '--from', from]).stderr).toMatch(
      /has 1 MiB left, and release 2026\.2 takes 2 more/,
    );
  });
});
