import { chmodSync, copyFileSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { recordingContext, scratchDirectory } from '../commands/recording-context.ts';
import { typeIn } from '../commands/type-in.ts';
import { publicKey, verifying, writeSums } from '../release/published-sample.ts';
import { built, indexOf, product, refusal, release, releasesOf, report, run, sign, tested } from './release-sample.ts';

const one = `${product}-2026.1`;

describe('a release', () => {
  test('is what was tested and signed, and nothing else; the index says whose it is', async () => {
    const directory = await releasesOf('2026.1');
    expect(readdirSync(directory).sort()).toEqual([one, 'stable.index']);
    // Neither the map of lines nor logs.
    expect(readdirSync(path.join(directory, one)).sort()).toEqual([
      'SHA256SUMS',
      'SHA256SUMS.minisig',
      'attestations.intoto.jsonl',
      'contents.json',
      'files.gz',
      'manifest.json',
      'small.cdx.json',
      'small.iso',
      'small.spdx.json',
      'test',
    ]);
    expect((await verifying(path.join(directory, one), '--key', publicKey)).code).toBe(0);
    expect(indexOf(directory)).toMatch(
      new RegExp(
        `^phyllome-releases 1\nchannel stable\nwritten \\d+\nexpires \\d+\nrelease ${product} 2026\\.1 100 [0-9a-f]{64} \\d+\n$`,
      ),
    );
  });

  test('said again changes nothing; what is left out renews the index', async () => {
    const directory = path.join(scratchDirectory(), 'releases');
    const build = await tested('2026.1');
    await release(directory, build, '--fraction', '10');
    const before = readFileSync(path.join(directory, 'stable.index'));
    const inode = statSync(path.join(directory, one)).ino;
    expect(await release(directory, build, '--fraction', '10')).toMatch(/was there already\n.*says so already/);
    expect(readFileSync(path.join(directory, 'stable.index'))).toEqual(before);
    expect(statSync(path.join(directory, one)).ino).toBe(inode);
    await release(directory, '--days', '7');
    const [written = 0, expires = 0] = [...indexOf(directory).matchAll(/^(?:written|expires) (\d+)$/gm)].map(Number);
    expect(indexOf(directory)).toMatch(/ 2026\.1 10 /);
    expect(readFileSync(path.join(directory, 'stable.index'))).not.toEqual(before);
    const times = [...indexOf(directory).matchAll(/^(?:written|expires) (\d+)$/gm)].map(([, seconds]) =>
      Number(seconds),
    );
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBe(7 * 86_400);
    expect([written, expires]).toHaveLength(2);
  });

  test('may go to more hosts, into another channel, and never to fewer', async () => {
    const directory = path.join(scratchDirectory(), 'releases');
    await release(directory, await tested('2026.1'), '--channel', 'testing', '--fraction', '10');
    const there = path.join(directory, one);
    await release(directory, there, '--channel', 'testing', '--fraction', '50');
    expect(indexOf(directory, 'testing')).toMatch(/ 2026\.1 50 /);
    expect(await refusal(directory, there, '--channel', 'testing', '--fraction', '49')).toMatch(
      /is offered to 50 % of hosts, and no host is taken back out\nIs it no good: --withdraw small-debian-13-2026\.1/,
    );
    await release(directory, there);
    expect(indexOf(directory)).toMatch(/^channel stable$/m);
    expect(indexOf(directory)).toMatch(/ 2026\.1 100 /);
  });

  test('that is withdrawn is offered no more, for ever', async () => {
    const directory = await releasesOf('2026.1', '2026.2');
    await release(directory, '--withdraw', `${product}-2026.2`, '--reason', 'no  vfio in its kernel');
    expect(indexOf(directory)).toContain(`\nwithdrawn ${product} 2026.2 no vfio in its kernel\n`);
    expect(indexOf(directory)).not.toContain(' 2026.2 100 ');
    expect(await refusal(directory, path.join(directory, `${product}-2026.2`))).toMatch(/was withdrawn: no vfio/);
    expect(await refusal(directory, '--withdraw', `${product}-2026.3`, '--reason', 'x')).toMatch(
      /no release small-debian-13-2026\.3 .*\nThere are: small-debian-13-2026\.1, small-debian-13-2026\.2/,
    );
    expect(await refusal(directory, '--withdraw', one)).toMatch(/hosts are told why/);
  });

  test('has a version that is greater than all before; numbers are compared as such', async () => {
    const directory = await releasesOf('2026.9', '2026.10');
    expect(indexOf(directory)).toMatch(/ 2026\.9 .*\n.* 2026\.10 /);
    expect(await refusal(directory, await tested('2026.9.1'))).toMatch(/is older than small-debian-13-2026\.10/);
    const other = await tested('2026.10');
    writeFileSync(
      path.join(other, 'small.spdx.json'),
      readFileSync(path.join(other, 'small.spdx.json'), 'utf8').concat('\n'),
    );
    writeSums(other);
    await sign(other);
    expect(await refusal(directory, other)).toMatch(/is published already, and it was another build/);
  });

  test('of a dry run is only told', async () => {
    const directory = path.join(scratchDirectory(), 'releases');
    expect(await release(directory, await tested('2026.1'), '--dry-run')).toMatch(
      /^would publish small-debian-13-2026\.1 \(10 files\)\nwould write .*stable\.index:\nphyllome-releases 1\n/,
    );
    expect(existsSync(directory)).toBe(false);
  });
});

describe('is refused', () => {
  const nowhere = () => path.join(scratchDirectory(), 'releases');

  test.each([
    [
      'a test failed',
      'secure-boot',
      run('failed', ['protection', 'kvm']),
      /test\/secure-boot failed: protection, kvm\n/,
    ],
    ['a test came after the signature', 'uefi', run('passed'), /test\/uefi\/results\.json is not signed/],
  ])('where %s, with its name', async (_, name, what, words) => {
    const build = await tested('2026.1');
    report(build, name, what);
    const directory = nowhere();
    expect(await refusal(directory, build)).toMatch(words);
    if (name === 'secure-boot') {
      await sign(build);
      expect(await refusal(directory, build)).toMatch(words);
    }
    expect(existsSync(directory)).toBe(false);
  });

  test('where no test has started the image, or a report says something else than was signed', async () => {
    const untested = built('2026.1');
    await sign(untested);
    expect(await refusal(nowhere(), untested)).toMatch(/no signed test has started small\.iso/);
    const build = await tested('2026.1');
    report(build, 'bios', run('passed', ['another-check']));
    expect(await refusal(nowhere(), build)).toMatch(/test\/bios\/results\.json is another report/);
    const changed = await tested('2026.1');
    writeFileSync(path.join(changed, 'manifest.json'), '{}');
    expect(await refusal(nowhere(), changed)).toMatch(/manifest\.json is another file than SHA256SUMS says/);
    expect(await refusal(nowhere(), built('2026.1'))).toMatch(
      /not claimed: a signature: there is no SHA256SUMS\.minisig/,
    );
  });

  test('where its hosts would not know which release they run', async () => {
    const nameless = built('');
    report(nameless, 'bios', run('passed'));
    await sign(nameless);
    expect(await refusal(nowhere(), nameless)).toMatch(/could not tell which release they run/);
    const other = built('2026.1', `${product} 2025.9\n`);
    report(other, 'bios', run('passed'));
    await sign(other);
    expect(await refusal(nowhere(), other)).toMatch(/does not say small-debian-13 2026\.1/);
  });

  test('where the index that is there is somebody else’s, changed, or of a later time', async () => {
    const directory = await releasesOf('2026.1');
    const file = path.join(directory, 'stable.index');
    const right = readFileSync(file, 'utf8');
    writeFileSync(file, right.replace(' 2026.1 100 ', ' 2026.1 99 '));
    expect(await refusal(directory)).toMatch(/stable\.index: its signature does not fit/);
    writeFileSync(file, right);
    // The next key of somebody who changes keys.
    const fixtures = path.dirname(publicKey);
    const key = path.join(scratchDirectory(), 'key');
    copyFileSync(path.join(fixtures, 'throw-away-encrypted.key'), key);
    chmodSync(key, 0o600);
    const password = path.join(scratchDirectory(), 'password');
    writeFileSync(password, 'throw-away\n', { mode: 0o600 });
    const byOther = (...more: readonly string[]) =>
      typeIn(
        ['release', directory, '--signing-key', key, '--password-file', password, ...more],
        recordingContext().context,
      );
    await expect(byOther()).rejects.toMatchObject({
      diagnostics: [{ message: expect.stringMatching(/is by another key, 4D788919362ACB8A/) }],
    });
    await byOther('--previous-key', publicKey);
    expect(await refusal(directory)).toMatch(/is by another key, FA01F71731660BEB/);
    writeFileSync(file, right);
    vi.useFakeTimers({ now: new Date('2020-01-01'), toFake: ['Date'] });
    try {
      expect(await refusal(directory)).toMatch(/this computer's clock says 2020-01-01/);
    } finally {
      vi.useRealTimers();
    }
  });

  test('where the copy that is there was damaged', async () => {
    const directory = path.join(scratchDirectory(), 'releases');
    const build = await tested('2026.1');
    await release(directory, build);
    writeFileSync(path.join(directory, one, 'small.iso'), 'bad');
    expect(await refusal(directory, build)).toMatch(/small\.iso is another file than SHA256SUMS says/);
  });

  test.each([
    [['--fraction', '50'], /--fraction is for releases/],
    [['--reason', 'x'], /--reason is for what is withdrawn/],
    [['--channel', 'nightly'], /must be stable, testing/],
    [['--withdraw', 'x', '--reason', 'a\nb'], /must be one line/],
    [['--days', '0'], /from 1 on/],
  ])('with %j', async (words, expected) => {
    expect(await refusal(nowhere(), ...words)).toMatch(expected);
  });
});
