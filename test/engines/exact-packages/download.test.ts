import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { downloadPackages } from '../../../scripts/engines/exact-packages/index.ts';
import { temporaryDirectory } from '../../plan/fixtures.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const packages = {
  'bash_5.2_amd64.deb': 'bash',
  'libstdc++6_2%3a14_amd64.deb': 'libstdc',
  'zlib1g_1.3_amd64.deb': 'z',
};
type Name = keyof typeof packages;

/** Two servers in one: what each has, by its path. `%3a` in the name of a file is its own, so that it is quoted on the way. */
const has: Record<string, string> = {};
const asked: string[] = [];
const server = createServer(({ url = '' }, response) => {
  asked.push(decodeURIComponent(url));
  const body = has[decodeURIComponent(url)];
  response.writeHead(body === undefined ? 404 : 200, { 'content-length': body?.length ?? 0 }).end(body);
});
let address = '';
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

/** What the mirror and the snapshot have, and what the download cache holds already. */
async function download(
  there: { mirror?: Partial<Record<Name, string>>; snapshot?: Partial<Record<Name, string>> },
  cached: Partial<Record<Name, string>> = {},
  env: NodeJS.ProcessEnv = {},
) {
  const root = temporaryDirectory();
  const at = (...parts: string[]) => path.join(root, ...parts);
  mkdirSync(at('archives'));
  for (const key of Object.keys(has)) delete has[key];
  asked.length = 0;
  const poolName = (name: string) => name.replace('%3a', '');
  for (const [server_, files] of Object.entries(there))
    for (const [name, text] of Object.entries(files)) has[`/${server_}/${poolName(name)}`] = text;
  for (const [name, text] of Object.entries(cached)) writeFileSync(at('archives', name), text);
  const names = Object.keys(packages) as Name[];
  const lines = (line: (name: Name) => string) => names.map((name) => `${line(name)}\n`).join('');
  writeFileSync(
    at('lock'),
    lines((name) => `${name} ${packages[name].length} SHA256:${sha256(packages[name])}`),
  );
  const from = (name: Name) => ['mirror', 'snapshot'].map((one) => `${address}/${one}/${poolName(name)}`).join(' ');
  writeFileSync(
    at('addresses'),
    lines((name) => `${name} ${from(name)}`),
  );
  const child = spawn('sh', ['-euc', downloadPackages, at('archives'), at('lock'), at('addresses')], {
    env: { ...process.env, LC_ALL: 'C.UTF-8', http_proxy: '', no_proxy: '*', ...env },
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const status = await new Promise((resolve) => child.on('close', resolve));
  expect(readdirSync(at('archives/partial'))).toEqual([]);
  const files = Object.fromEntries(
    readdirSync(at('archives'))
      .filter((name) => name !== 'partial')
      .map((name) => [name, readFileSync(at('archives', name), 'utf8')]),
  );
  return { status, stdout, stderr: stderr.replaceAll(address, ''), files };
}

const apt = existsSync('/usr/lib/apt/apt-helper');

test.runIf(apt)('what is not in the cache is fetched from the first place, and what is there is not', async () => {
  const result = await download({ mirror: packages, snapshot: packages }, { 'bash_5.2_amd64.deb': 'bash' });
  expect(result).toMatchObject({ status: 0, stderr: '', files: packages });
  expect(asked.sort()).toEqual(['/mirror/libstdc++6_214_amd64.deb', '/mirror/zlib1g_1.3_amd64.deb']);
});

test.runIf(apt)('what the first place has no longer, or has another one of, the next one is asked for', async () => {
  const mirror = { 'bash_5.2_amd64.deb': 'HASH', 'zlib1g_1.3_amd64.deb': 'z' };
  const result = await download({ mirror, snapshot: packages });
  expect(result).toMatchObject({ status: 0, files: packages });
  expect(result.stdout).toContain('not there: Failed to fetch');
  expect(asked.filter((url) => url.startsWith('/snapshot')).sort()).toEqual([
    '/snapshot/bash_5.2_amd64.deb',
    '/snapshot/libstdc++6_214_amd64.deb',
  ]);
});

test.runIf(apt)(
  'what no place has as the list says is named, with what each of them answered, and nothing else is',
  async () => {
    const { 'libstdc++6_2%3a14_amd64.deb': _, ...others } = packages;
    const result = await download({
      mirror: { 'zlib1g_1.3_amd64.deb': 'z' },
      snapshot: { ...others, 'zlib1g_1.3_amd64.deb': 'z', 'bash_5.2_amd64.deb': 'bash' },
    });
    expect(result.status).toBe(1);
    expect(result.stderr.split('\n').filter((line) => line.startsWith('missing: '))).toEqual([
      'missing: libstdc++6_2%3a14_amd64.deb',
    ]);
    expect(result.stderr).toMatch(/E: Failed to fetch \/mirror\/libstdc\S+ +404/);
    expect(result.stderr).toMatch(/E: Failed to fetch \/snapshot\/libstdc\S+ +404/);
    expect(result.stderr).not.toContain('bash');
    expect(result.files).toEqual(others);
  },
);

test.runIf(apt)('another file under the right name is not taken from anywhere', async () => {
  const altered = { ...packages, 'bash_5.2_amd64.deb': 'HASH' };
  const result = await download({ mirror: altered, snapshot: altered }, { 'bash_5.2_amd64.deb': 'BASH' });
  expect(result.status).toBe(1);
  expect(result.stdout).toContain('bash_5.2_amd64.deb is not what the list says');
  expect(result.stderr).toMatch(/\/snapshot\/bash_5\.2_amd64\.deb +Hash Sum mismatch/);
  expect(Object.keys(result.files).sort()).toEqual(Object.keys(packages).slice(1));
});

test.runIf(apt)('offline nothing is asked for, and what is missing is named', async () => {
  const result = await download({ mirror: packages }, { 'bash_5.2_amd64.deb': 'bash' }, { PHYLLOME_OFFLINE: '1' });
  expect(result).toMatchObject({
    status: 1,
    stderr: 'offline: nothing is fetched\nmissing: libstdc++6_2%3a14_amd64.deb\nmissing: zlib1g_1.3_amd64.deb\n',
  });
  expect(asked).toEqual([]);
});
