import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { indexOf, product, release, releasesOf, tested } from '../channels/release-sample.ts';
import { recordingContext, scratchDirectory } from '../commands/recording-context.ts';
import { typeIn } from '../commands/type-in.ts';
import { answersAt, changed, goodServer } from '../doctor/machine.ts';
import { aHostForEach, at, put, releases, releasesOnline, state } from './releasing-host.ts';

aHostForEach();

const machineIds = Array.from({ length: 200 }, (_, index) => index.toString(16).padStart(32, '0'));

/** Which of these machines belong to that share, as the host's own function says. */
function hostsIn(name: string, percent: number): readonly string[] {
  const script = `. "$PHYLLOME_ROOT/usr/lib/phyllome/releases/index.sh"
for id in "$@"; do echo "$id" > "$PHYLLOME_ROOT/etc/machine-id"; ! has_part_in ${name} ${percent} || echo "$id"; done`;
  const told = execFileSync('sh', ['-euc', script, 'sh', ...machineIds], {
    encoding: 'utf8',
    env: { ...process.env, PHYLLOME_ROOT: at() },
  });
  return told.split('\n').slice(0, -1);
}

describe('phyllome-releases check', () => {
  test('offers a newer release, once in the channel of the host', async () => {
    const from = await releasesOf('2026.1', '2026.2');
    expect(releases(['check', '--from', from])).toEqual({
      status: 1,
      stdout:
        'phyllome-releases: release 2026.2 is offered in the channel stable; this host runs 2026.1\n  Fetch it: phyllome-releases fetch DIRECTORY\n',
      stderr: '',
    });
    put(at('usr/lib/phyllome/releases/address'), `${from}/\n`);
    put(at('usr/lib/phyllome/releases/system'), `${product} 2026.2\n`);
    expect(releases(['check'])).toEqual({
      status: 0,
      stdout: 'phyllome-releases: nothing newer than release 2026.2 is offered\n',
      stderr: '',
    });
    put(at('etc/phyllome/releases/channel'), 'testing\n');
    expect(releases(['check']).stderr).toContain(`${from}/testing.index is not there`);
    put(at('usr/lib/phyllome/releases/system'), 'other-debian-13 1\n');
    expect(releases(['check', '--channel', 'stable']).stdout).toContain('nothing newer than release 1 is offered\n');
    put(at('usr/lib/phyllome/releases/system'), `${product}\n`);
    expect(releases(['check', '--channel', 'stable']).stdout).toContain(
      'release 2026.2 is offered in the channel stable\n',
    );
  });

  test('a share of hosts is found out by each from its machine-id, and stays in while it grows', async () => {
    const from = path.join(scratchDirectory(), 'releases');
    const build = await tested('2026.2');
    const offered = () => releases(['check', '--from', from]).stdout;
    await release(from, build, '--fraction', '20');
    const few = hostsIn(`${product}-2026.2`, 20);
    expect(few.length).toBeGreaterThan(20);
    expect(few.length).toBeLessThan(64);
    put(at('etc/machine-id'), `${few[0]}\n`);
    expect(offered()).toContain('release 2026.2 is offered');
    const more = hostsIn(`${product}-2026.2`, 60);
    expect(few.filter((id) => !more.includes(id))).toEqual([]);
    expect(more.length).toBeGreaterThan(few.length);
    const later = more.find((id) => !few.includes(id));
    put(at('etc/machine-id'), `${later}\n`);
    expect(offered()).toMatch(
      /nothing newer than release 2026\.1 is offered; 2026\.2 is offered to a part of all hosts, and not yet to this one/,
    );
    await release(from, build, '--fraction', '60');
    expect(offered()).toContain('release 2026.2 is offered');
    expect([hostsIn(`${product}-2026.2`, 0), hostsIn(`${product}-2026.2`, 100)]).toEqual([[], machineIds]);
    // Another release begins with other hosts.
    expect(hostsIn(`${product}-2026.3`, 20)).not.toEqual(few);
  });

  test('a release that was withdrawn is not offered, and whoever runs it is told from then on', async () => {
    const from = await releasesOf('2026.1', '2026.2');
    await release(from, '--withdraw', `${product}-2026.2`, '--reason', 'no vfio');
    expect(releases(['check', '--from', from]).stdout).toContain('nothing newer than release 2026.1');
    put(at('usr/lib/phyllome/releases/system'), `${product} 2026.2\n`);
    for (let turn = 0; turn < 2; turn++) {
      expect(releases(['check', '--from', from])).toMatchObject({
        status: 1,
        stdout: expect.stringMatching(
          /^phyllome-releases: release 2026\.2, which this host runs, was withdrawn: no vfio\n.*2026\.1, which is older: only pin/,
        ),
      });
    }
    expect(releases(['history']).stdout).toMatch(/^\S+Z withdrawn small-debian-13-2026\.2 no vfio\n$/);
    const doctor = (files: Readonly<Record<string, string>>) =>
      answersAt(
        changed(goodServer, {
          files: { ...files, 'usr/bin/phyllome-releases': 'x' },
          modes: { 'usr/bin/phyllome-releases': 0o755 },
        }),
      ).of('withdrawn');
    const noted = readFileSync(state('withdrawn'), 'utf8');
    expect(doctor({ 'var/lib/phyllome/releases/withdrawn': noted })).toMatch(
      /^warn: the release that runs was withdrawn: no vfio > /,
    );
    expect(doctor({})).toMatch(/^ok: /);
    await release(from, await tested('2026.3'));
    put(at('usr/lib/phyllome/releases/system'), `${product} 2026.3\n`);
    expect(releases(['check', '--from', from]).status).toBe(0);
    expect(existsSync(state('withdrawn'))).toBe(false);
  });

  test('an older one is offered only where it is pinned', async () => {
    const from = await releasesOf('2026.1', '2026.2');
    put(at('usr/lib/phyllome/releases/system'), `${product} 2026.10\n`);
    expect(releases(['check', '--from', from])).toMatchObject({
      status: 0,
      stdout: expect.stringContaining(
        'the newest in the channel stable is 2026.2, which is older: only pin leads back',
      ),
    });
    const target = path.join(scratchDirectory(), 'fetched');
    expect(releases(['fetch', target, '--from', from]).stderr).toMatch(
      /nothing is offered to this host, which runs release 2026\.10/,
    );
    releases(['pin', '2026.1']);
    expect(releases(['check', '--from', from])).toMatchObject({
      status: 1,
      stdout: expect.stringMatching(/release 2026\.1 is offered .*\n {2}It is older than what runs, and pinned\./),
    });
    expect(releases(['fetch', target, '--from', from]).status).toBe(0);
    await release(from, '--withdraw', `${product}-2026.1`, '--reason', 'bad');
    expect(releases(['check', '--from', from]).stderr).toMatch(/release 2026\.1, which is pinned, was withdrawn/);
    releases(['pin', '7']);
    expect(releases(['check', '--from', from]).stderr).toMatch(
      /release 7, which is pinned, is not in the channel stable\n {2}The newest there is 2026\.2/,
    );
    releases(['unpin']);
    expect(releases(['check', '--from', from]).status).toBe(0);
    expect(releases(['history']).stdout).toMatch(/ pinned 2026\.1\n.* fetched .*\n.* pinned 7\n.* unpinned\n$/);
  });

  test.each([
    [[], {}, 2, /what to do\?/],
    [['chek'], {}, 2, /there is no command chek/],
    [['fetch'], {}, 2, /fetch wants a directory/],
    [['check', 'x'], {}, 2, /check takes no x/],
    [['check', '--form', 'x'], {}, 2, /check has no --form/],
    [['check', '--from', 'releases'], {}, 2, /neither an http\(s\) address nor the absolute path/],
    [['check', '--channel', 'nightly'], {}, 1, /there is no channel nightly/],
    [['pin', '1,2'], {}, 2, /1,2 is no version/],
    [['check'], { USER_ID: '1000' }, 1, /wants root\n {2}Say: sudo phyllome-releases check/],
    [['check'], {}, 1, /\/nowhere\/stable\.index is not there/],
  ] as const)('%j with %j is refused with %i', (args, env, status, words) => {
    const outcome = releases(args, env);
    expect([outcome.status, outcome.stderr]).toEqual([status, expect.stringMatching(words)]);
  });
});

describe('phyllome-releases fetch', () => {
  test('leaves what was signed, and nothing half', async () => {
    const from = await releasesOf('2026.2');
    const target = path.join(scratchDirectory(), 'fetched');
    const fetched = releases(['fetch', target, '--from', from]);
    expect(fetched).toMatchObject({
      status: 0,
      stderr: '',
      stdout: expect.stringContaining('every file is what was signed'),
    });
    const { context, output } = recordingContext();
    await typeIn(
      ['verify', target, '--key', path.join(import.meta.dirname, '../fixtures/minisign/throw-away.pub')],
      context,
    );
    expect(output()).not.toMatch(/^wrong/m);
    expect(existsSync(`${target}.part`)).toBe(false);
    expect(releases(['fetch', target, '--from', from]).stderr).toMatch(/is there already/);
  });

  test('goes on where it was interrupted, over the web', async () => {
    const from = await releasesOf('2026.2');
    const name = `${product}-2026.2`;
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(`${request.url} ${request.headers.range ?? ''}`.trim());
      const file = path.join(from, request.url ?? '');
      if (!existsSync(file)) return void response.writeHead(404).end();
      const [, start = '0'] = /bytes=(\d+)-/.exec(request.headers.range ?? '') ?? [];
      const all = readFileSync(file);
      const ranged = { 'content-range': `bytes ${start}-${all.length - 1}/${all.length}` };
      response
        .writeHead(request.headers.range ? 206 : 200, request.headers.range ? ranged : {})
        .end(all.subarray(Number(start)));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const target = path.join(scratchDirectory(), 'fetched');
    const away = path.join(scratchDirectory(), 'away');
    cpSync(path.join(from, name, 'manifest.json'), away);
    rmSync(path.join(from, name, 'manifest.json'));
    const broken = await releasesOnline(['fetch', target, '--from', address]);
    expect([broken.status, broken.stderr]).toEqual([1, expect.stringMatching(/manifest\.json could not be fetched/)]);
    expect(existsSync(target)).toBe(false);
    cpSync(away, path.join(from, name, 'manifest.json'));
    // The half that came of it.
    writeFileSync(path.join(`${target}.part`, 'manifest.json'), readFileSync(away).subarray(0, 100));
    asked.length = 0;
    const whole = await releasesOnline(['fetch', target, '--from', address]);
    expect([whole.status, whole.stderr]).toEqual([0, '']);
    expect(asked).toEqual([
      '/stable.index',
      `/${name}/SHA256SUMS`,
      `/${name}/SHA256SUMS.minisig`,
      `/${name}/manifest.json bytes=100-`,
    ]);
    expect(readFileSync(path.join(target, 'manifest.json'))).toEqual(readFileSync(away));
  });

  test('what another release left is not taken for this one’s', async () => {
    const from = await releasesOf('2026.2');
    const target = path.join(scratchDirectory(), 'fetched');
    mkdirSync(`${target}.part`);
    writeFileSync(path.join(`${target}.part`, 'of-another'), 'x');
    expect(releases(['fetch', target, '--from', from]).status).toBe(0);
    expect(existsSync(path.join(target, 'of-another'))).toBe(false);
    expect(indexOf(from)).toContain('2026.2');
  });
});
