import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aptGet } from '../../../scripts/engines/direct/apt.ts';
import { explainPackages } from '../../../scripts/engines/tools/index.ts';
import type { Step } from '../../../scripts/plan/index.ts';
import { CommandFailed } from '../../../scripts/process/index.ts';
import { temporaryDirectory } from '../../plan/fixtures.ts';

const folder = path.resolve('test/fixtures/apt-repository');
const read = (name: string) => readFileSync(path.join(folder, name));
const PAGE = Buffer.from('<!DOCTYPE html><html><body>Welcome to our hotel. Please log in.</body></html>');

type Answer = (response: ServerResponse) => void;
const answer =
  (status: number, body: Buffer = Buffer.from('')): Answer =>
  (response) => {
    response.writeHead(status, { 'content-length': body.length }).end(body);
  };
const changed = (bytes: Buffer) => Buffer.from(bytes.map((byte, index) => (index === 3 ? byte ^ 1 : byte)));
const hangUp: Answer = (response) => response.destroy();

/** What goes wrong at which file, by the first part of the address. */
const FAULTS: Readonly<Record<string, readonly (readonly [RegExp, Answer])[]>> = {
  fine: [],
  portal: [[/./, answer(200, PAGE)]],
  login: [[/./, answer(511, PAGE)]],
  broken: [[/./, answer(503)]],
  forbidden: [[/./, answer(403)]],
  proxy: [[/./, answer(407)]],
  silent: [[/./, hangUp]],
  absent: [[/./, answer(404)]],
  unsigned: [
    [/InRelease$/, answer(404)],
    [/Release$/, answer(200, read('Release.unsigned'))],
    [/gpg$/, answer(404)],
  ],
  expired: [[/InRelease$/, answer(200, read('InRelease.expired'))]],
  future: [[/InRelease$/, answer(200, read('InRelease.future'))]],
  strange: [[/InRelease$/, answer(200, read('InRelease.other-key'))]],
  altered: [[/InRelease$/, answer(200, read('InRelease.altered'))]],
  'index-gone': [[/Packages$/, answer(404)]],
  'index-altered': [[/Packages$/, answer(200, changed(read('Packages')))]],
  'package-gone': [[/deb$/, answer(404)]],
  'package-broken': [[/deb$/, answer(500)]],
  'package-altered': [[/deb$/, answer(200, changed(read('hello.deb')))]],
  'package-longer': [[/deb$/, answer(200, Buffer.concat([read('hello.deb'), PAGE]))]],
  'package-portal': [[/deb$/, answer(200, PAGE)]],
  'package-cut': [
    [
      /deb$/,
      (response) => {
        response.writeHead(200, { 'content-length': 41 });
        response.write(read('hello.deb').subarray(0, 10), () => response.destroy());
      },
    ],
  ],
};

const GOOD: readonly (readonly [RegExp, Answer])[] = [
  [/InRelease$/, answer(200, read('InRelease.good'))],
  [/Packages$/, answer(200, read('Packages'))],
  [/deb$/, answer(200, read('hello.deb'))],
  [/./, answer(404)],
];

const server = createServer(({ url = '' }, response) => {
  const [, name = ''] = url.split('/');
  [...(FAULTS[name] ?? []), ...GOOD].find(([file]) => file.test(url))?.[1](response);
});
let address = '';
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

const step: Step = { id: 'x', title: 'Fetching', argv: ['apt-get'], needs: [] };

/** The codes and messages that apt's output is told as; addresses begin with the mirror's name. */
function told(stderr: string): readonly string[] {
  const completed = { exitCode: 100, signal: null, stdout: '', stderr, durationMs: 1, timedOut: false };
  const found = explainPackages(step, new CommandFailed({ argv: ['bwrap'] }, completed));
  return [found ?? []].flat().map(({ code, message, hint }) => `${code} ${message.replaceAll(address, '')} | ${hint}`);
}

/** Fetches indexes as the direct engine does, without waiting between tries, and one package: apt's downloader of single files says the same. */
async function fetchFrom(mirror: string): Promise<readonly string[]> {
  const directory = temporaryDirectory();
  for (const name of ['lists/partial', 'cache', 'archives/partial'])
    mkdirSync(path.join(directory, name), { recursive: true });
  writeFileSync(path.join(directory, 'sources.list'), `deb [signed-by=${folder}/key.asc] ${mirror} test main\n`);
  const base = { name: 'test', architecture: 'amd64', repositories: [] };
  const options = ['-oAcquire::Retries=0', '-oAcquire::Check-Valid-Until=true', '-oAcquire::Check-Date=true'];
  const apt = (...words: string[]) => {
    const [program = '', ...rest] = aptGet(base, directory, path.join(directory, 'archives'), [...options, ...words]);
    return new Promise<{ readonly failed: boolean; readonly output: string }>((resolve) => {
      const env = { ...process.env, LC_ALL: 'C.UTF-8', http_proxy: '', no_proxy: '*' };
      execFile(program, rest, { env }, (error, stdout, stderr) =>
        resolve({ failed: error !== null, output: stdout + stderr }),
      );
    });
  };
  const update = await apt('update', '--error-on=any');
  const all = update.failed ? update : await apt('install', '--download-only', '--yes', 'hello');
  return all.failed ? told(all.output) : [];
}

const index = (name: string, file: string) => `/${name}/dists/test/${file}`;
const deb = (name: string) => `/${name}/pool/hello_1_amd64.deb`;

// apt itself is asked, where there is one: what it says is what counts.
describe.runIf(existsSync('/usr/bin/apt-get'))('a mirror, and an apt that asks it', { timeout: 60_000 }, () => {
  test('that is well', async () => expect(await fetchFrom(`${address}/fine`)).toEqual([]));

  test.each([
    ['portal', 'mirror-captive-portal', index('portal', 'InRelease'), 'log in with a browser'],
    ['login', 'mirror-captive-portal', index('login', 'InRelease'), 'log in with a browser'],
    ['broken', 'mirror-server-error', index('broken', 'InRelease'), '--offline'],
    ['forbidden', 'mirror-refuses', index('forbidden', 'InRelease'), 'http_proxy'],
    ['proxy', 'mirror-refuses', index('proxy', 'InRelease'), 'http_proxy'],
    ['silent', 'mirror-unreachable', index('silent', 'InRelease'), 'Check the network'],
    ['absent', 'mirror-not-found', index('absent', 'Release'), 'name no repository'],
    ['unsigned', 'mirror-unsigned', index('unsigned', 'Release'), 'may have changed it'],
    ['expired', 'mirror-expired', index('expired', 'InRelease'), 'no longer brought up to date'],
    ['future', 'mirror-future', index('future', 'InRelease'), 'clock is most likely wrong'],
    ['strange', 'mirror-unknown-key', index('strange', 'InRelease'), 'may have changed it'],
    ['altered', 'mirror-bad-signature', index('altered', 'InRelease'), 'may have changed it'],
    ['index-gone', 'mirror-not-found', index('index-gone', 'main/binary-amd64/Packages'), '--refresh'],
    [
      'index-altered',
      'mirror-hash-mismatch',
      index('index-altered', 'main/binary-amd64/Packages'),
      'may have changed it',
    ],
    ['package-gone', 'mirror-not-found', deb('package-gone'), '--refresh'],
    ['package-broken', 'mirror-server-error', deb('package-broken'), 'Try again later'],
    ['package-altered', 'mirror-hash-mismatch', deb('package-altered'), 'may have changed it'],
    ['package-longer', 'mirror-hash-mismatch', deb('package-longer'), 'may have changed it'],
    ['package-portal', 'mirror-hash-mismatch', deb('package-portal'), 'log in with a browser'],
    ['package-cut', 'mirror-unreachable', deb('package-cut'), 'Check the network'],
  ])('%s: %s, with its address', async (mirror, code, url, hint) => {
    const [only, ...others] = await fetchFrom(`${address}/${mirror}`);
    expect(others).toEqual([]);
    expect(only?.slice(0, only.indexOf(' '))).toBe(code);
    expect(only).toContain(`\n  ${url}\n`);
    expect(only).toContain(hint);
  });

  test.each([
    ['that nobody runs', 'http://127.0.0.1:1/debian', 'refused'],
    ['whose name nobody knows', 'http://mirror.invalid/debian', 'resolv'],
  ])('%s', async (_title, mirror, reason) => {
    const [only] = await fetchFrom(mirror);
    expect(only).toMatch(/^mirror-unreachable /);
    expect(only).toContain(`\n  ${mirror}/dists/test/InRelease\n`);
    expect(only).toContain(reason);
  });
});

test.each([
  ['Missing key 8A96D297F54B11BBFB8A47C9E1A160E12E61E291, which is needed to verify signature.', 'mirror-unknown-key'],
  ['Verifying signature:            Message has been manipulated', 'mirror-bad-signature'],
])('the words of apt 3, which has another program compare signatures: %s', (words, code) => {
  const of = 'http://mirror.example/debian trixie InRelease';
  const why = `Sub-process /usr/bin/sqv returned an error code (1), error message is: ${words}`;
  const all = told(
    `Err:1 ${of}\n  ${why}\nW: OpenPGP signature verification failed: ${of}: ${why}\nE: The repository '${of}' is not signed.\n`,
  );
  expect(all).toHaveLength(1);
  expect(all[0]).toContain(`${code} `);
  expect(all[0]).toContain('\n  http://mirror.example/debian/dists/trixie/InRelease\n');
});

test('of many files of one kind some are named, and how many more there are', () => {
  const lines = Array.from(
    { length: 300 },
    (_, number) => `E: Failed to fetch http://m/pool/${number}.deb  404  Not Found [IP: 192.0.2.1 80]`,
  );
  const [only] = told(lines.join('\n'));
  expect(only?.match(/\.deb/g)).toHaveLength(5);
  expect(only).toContain('and 295 more');
});

test('several kinds are told apart, what smells of tampering first', () => {
  const all = told(
    'E: Failed to fetch http://m/a.deb  404  Not Found\nE: Failed to fetch http://m/b.deb  Hash Sum mismatch\n',
  );
  expect(all.map((one) => one.split(' ')[0])).toEqual(['mirror-hash-mismatch', 'mirror-not-found']);
});

test('a package that has left the cache is named, and not the command that wanted it', () => {
  const [only] = told("ln: failed to access '/cache/packages/libc6_2.41-12_amd64.deb': No such file or directory\n");
  expect(only).toContain(
    'package-not-downloaded packages were not downloaded, or have left the cache since:\n  /cache/packages/libc6_2.41-12_amd64.deb |',
  );
});
