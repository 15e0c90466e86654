import { existsSync, mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { EnvironmentError } from '../../scripts/diagnostic/index.ts';
import { baseNamed } from '../../scripts/flavour/index.ts';
import { directoriesOf } from '../../scripts/prepare/index.ts';
import { securityData } from '../../scripts/vulnerabilities/copies.ts';
import { recordingContext } from '../commands/recording-context.ts';
import { tracker } from './tracker-sample.ts';

/** A server in the place of Debian's; how often it was asked. */
async function serving(answer: () => { status: number; text: string }) {
  let asked = 0;
  const server = createServer((_request, response) => {
    asked++;
    const { status, text } = answer();
    response.writeHead(status).end(text);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => void server.close());
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/data/`, asked: () => asked };
}

function host() {
  const { context } = recordingContext();
  const { base } = baseNamed('debian-13', directoriesOf(context.places));
  if (base === undefined) throw new Error('there is no debian-13');
  return { context, base, folder: path.join(context.places.cache, 'security-data') };
}

test('it is fetched once, and again only when somebody asks', async () => {
  const { context, base, folder } = host();
  let text = JSON.stringify(tracker);
  const { address, asked } = await serving(() => ({ status: 200, text }));
  const first = await securityData(base, {}, context, address);
  expect(Object.keys(first.debian ?? {})).toEqual(Object.keys(tracker));
  text = JSON.stringify({ bash: tracker.bash });
  expect(Object.keys((await securityData(base, { offline: true }, context, address)).debian ?? {})).toContain('glibc');
  expect(asked()).toBe(1);
  const longAgo = new Date('2026-01-01T00:00:00Z');
  utimesSync(first.files[0] ?? '', longAgo, longAgo);
  expect((await securityData(base, {}, context, address)).dated).toEqual(longAgo);
  const now = await securityData(base, { refresh: true }, context, address);
  expect(Object.keys(now.debian ?? {})).toEqual(['bash']);
  expect(Date.now() - now.dated.getTime()).toBeLessThan(60_000);
  expect(readdirSync(folder)).toEqual(['debian']);
});

test.each([
  ['an error', { status: 503, text: 'no' }, '503'],
  ['a page', { status: 200, text: '<html></html>' }, "is not the data of Debian's Security Tracker"],
])('%s takes no copy’s place', async (_what, answer, told) => {
  const { context, base, folder } = host();
  let isBroken = false;
  const { address } = await serving(() => (isBroken ? answer : { status: 200, text: JSON.stringify(tracker) }));
  await securityData(base, {}, context, address);
  isBroken = true;
  await expect(securityData(base, { refresh: true }, context, address)).rejects.toThrow(told);
  expect((await securityData(base, {}, context, address)).debian).toBeDefined();
  expect(readdirSync(folder)).toEqual(['debian']);
});

test('without a copy and without a network there is nothing to tell, and how else it can come', async () => {
  const { context, base, folder } = host();
  const failures = [
    securityData(base, { offline: true }, context),
    // Nobody listens at the first port.
    securityData(base, {}, context, 'http://127.0.0.1:1/data/'),
  ];
  for (const failure of failures) {
    const error = await failure.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(EnvironmentError);
    expect((error as EnvironmentError).diagnostics[0]?.hint).toContain('`--data FILE` takes a copy');
  }
  expect(existsSync(folder) ? readdirSync(folder) : []).toEqual([]);
});

test('a directory of the cache that holds nothing is no copy', async () => {
  const { context, base, folder } = host();
  mkdirSync(path.join(folder, 'debian'), { recursive: true });
  const { address } = await serving(() => ({ status: 200, text: JSON.stringify(tracker) }));
  expect((await securityData(base, {}, context, address)).debian).toBeDefined();
  writeFileSync(path.join(folder, 'debian/json'), '{}');
  await expect(securityData(base, {}, context, address)).rejects.toThrow('debian/json is not the data');
});
