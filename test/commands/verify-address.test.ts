import { createReadStream, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { publicKey, signedDirectory, verifying } from '../release/published-sample.ts';
import { recordingContext } from './recording-context.ts';

const byKey = ['--key', publicKey] as const;

type Answers = Readonly<Record<string, (response: ServerResponse) => unknown>>;

/** Serves a directory, with other answers for some of its files; tells what was asked for. */
async function serving(directory: string, answers: Answers = {}) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const name = decodeURIComponent((request.url ?? '').replace(/^\/release\//, ''));
    asked.push(name);
    const file = path.join(directory, name);
    if (answers[name] !== undefined) answers[name](response);
    else if (existsSync(file)) createReadStream(file).pipe(response);
    else response.writeHead(404).end('no such file');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { address: `http://127.0.0.1:${port}/release`, asked };
}

test('what lies behind an address is verified, the list and its signature first', async () => {
  const { address, asked } = await serving(await signedDirectory());
  const { lines, wrong, code } = await verifying(address, ...byKey);
  expect(lines.slice(0, 2)).toEqual([
    expect.stringMatching(/^verified {5}SHA256SUMS is signed by/),
    expect.stringMatching(/^verified {5}all 6 files are what SHA256SUMS says/),
  ]);
  expect([wrong, code]).toEqual([[], 0]);
  expect(asked.slice(0, 3)).toEqual(['SHA256SUMS', 'SHA256SUMS.minisig', 'manifest.json']);
});

test('of a list whose signature is wrong or missing nothing is believed', async () => {
  const directory = await signedDirectory();
  const changed = await serving(directory, {
    SHA256SUMS: (response) => response.end(readFileSync(path.join(directory, 'SHA256SUMS'), 'utf8').toUpperCase()),
  });
  expect(await verifying(changed.address, ...byKey)).toMatchObject({
    lines: ['wrong        the signature of SHA256SUMS does not fit: one of the two was changed'],
    code: 1,
  });
  expect(changed.asked).toEqual(['SHA256SUMS', 'SHA256SUMS.minisig']);
  rmSync(path.join(directory, 'SHA256SUMS.minisig'));
  const { address } = await serving(directory);
  expect((await verifying(address, ...byKey)).code).toBe(1);
  expect((await verifying(address, '--unsigned')).code).toBe(0);
});

test('a file that is larger than it may be is not read to its end', async () => {
  const endless = (response: ServerResponse) => {
    response.on('error', () => {});
    const more = () => {
      while (!response.destroyed && response.write(Buffer.alloc(2 ** 16))) {}
      if (!response.destroyed) response.once('drain', more);
    };
    more();
  };
  const directory = await signedDirectory();
  const image = await serving(directory, { 'small.iso': endless });
  expect((await verifying(image.address, ...byKey)).wrong).toContain(
    'wrong        small.iso is larger than the 3 bytes that it may have',
  );
  const list = await serving(directory, { SHA256SUMS: endless });
  await expect(verifying(list.address, ...byKey)).rejects.toThrow('SHA256SUMS is larger than the 1048576 bytes');
  const told = await serving(directory, {
    'SHA256SUMS.minisig': (response) => response.writeHead(200, { 'content-length': 8193 }).write('x'),
  });
  expect((await verifying(told.address, ...byKey)).lines).toEqual([
    'wrong        SHA256SUMS.minisig is larger than the 8192 bytes that it may have',
  ]);
});

test('what a server refuses, packs or breaks off is told', async () => {
  const directory = await signedDirectory();
  const { address } = await serving(directory, {
    'small.iso': (response) => response.writeHead(500).end(),
    'files.gz': (response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(readFileSync(path.join(directory, 'files.gz'))),
  });
  expect((await verifying(address, ...byKey)).wrong).toEqual([
    'wrong        small.iso is refused by the server: 500 Internal Server Error',
    'wrong        files.gz is sent as gzip, and not as it is',
    'wrong        manifest.json has other sums or sizes of small.iso',
  ]);
  const broken = await serving(directory, {
    'contents.json': (response) => {
      response.writeHead(200, { 'content-length': 100 }).write('{');
      setTimeout(() => response.destroy(), 20);
    },
  });
  await expect(verifying(broken.address, ...byKey)).rejects.toMatchObject({
    exitCode: 3,
    message: expect.stringMatching(/^http:.*\/release\/contents.json cannot be read: /),
  });
});

test('an address without a server, or with a password in it, is told', async () => {
  const { address } = await serving('/nowhere');
  await expect(verifying(address)).rejects.toThrow(`${address}: SHA256SUMS is missing`);
  const port = new URL(address).port;
  await expect(verifying(`http://ada:secret@127.0.0.1:${port}/x`)).rejects.toMatchObject({
    exitCode: 2,
    message: 'that is no address of a directory: it has a name or password in it',
  });
  await expect(verifying(`${address}?x=1`)).rejects.toMatchObject({ exitCode: 2 });
  await expect(verifying('http://127.0.0.1:1/x')).rejects.toMatchObject({ exitCode: 3 });
});

test('what was verified is kept where that is asked for, and nothing else', async () => {
  const { scratch } = recordingContext();
  const directory = await signedDirectory();
  const { address } = await serving(directory);
  const into = path.join(scratch, 'release');
  expect((await verifying(address, ...byKey, '--into', into)).code).toBe(0);
  expect(readdirSync(into).sort()).toEqual([
    'SHA256SUMS',
    'SHA256SUMS.minisig',
    'contents.json',
    'files.gz',
    'manifest.json',
    'small.cdx.json',
    'small.iso',
    'small.spdx.json',
  ]);
  expect(readFileSync(path.join(into, 'small.iso'), 'utf8')).toBe('iso');
  expect((await verifying(into, ...byKey)).code).toBe(0);
  await expect(verifying(address, ...byKey, '--into', into)).rejects.toMatchObject({ exitCode: 2 });
  await expect(verifying(directory, ...byKey, '--into', `${into}-2`)).rejects.toMatchObject({ exitCode: 2 });
  const changed = await serving(directory, { 'small.iso': (response) => response.end('ISO') });
  expect((await verifying(changed.address, ...byKey, '--into', `${into}-2`)).code).toBe(1);
  expect((await verifying(address, '--into', `${into}-2`)).code).toBe(1);
  const broken = await serving(directory, { 'small.iso': (response) => response.destroy() });
  await expect(verifying(broken.address, ...byKey, '--into', `${into}-2`)).rejects.toMatchObject({ exitCode: 3 });
  await expect(verifying(address, ...byKey, '--into', path.join(scratch, 'no/where'))).rejects.toThrow('ENOENT');
  expect(readdirSync(scratch)).toEqual(['release']);
});
