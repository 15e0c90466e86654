import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Manifest } from '../../../scripts/image/index.ts';
import { archiveName, type LockFile, lockText } from '../../../scripts/package-lock/index.ts';
import { forgetStage, phyllome, places, stagesMade, withoutStage } from './phyllome.ts';

/** A directory of one's own, where the lock goes. */
const own = mkdtempSync(path.join(places.out, 'own-'));
const lockFile = path.join(own, 'locks/nano.debian-13.lock.json');
const packages = path.join(places.cache, 'packages');
const saved = path.join(own, 'saved');
const read = (): LockFile => JSON.parse(readFileSync(lockFile, 'utf8')) as LockFile;
const manifest = (): Manifest =>
  JSON.parse(readFileSync(path.join(places.out, 'nano/manifest.json'), 'utf8')) as Manifest;

/**
 * In the place of Debian's servers, as a proxy: what each of them has of the saved packages, by the addresses that the real ones
 * have. It has no index.
 */
const servers = {
  mirror: /^http:\/\/deb\.debian\.org\/debian(?:-security)?\/pool\//,
  snapshot: /^http:\/\/snapshot\.debian\.org\/archive\/debian(?:-security)?\/\d{8}T\d{6}Z\/pool\//,
};
let open: readonly (keyof typeof servers)[] = [];
const asked: string[] = [];
const proxy = createServer(({ url = '' }, response) => {
  asked.push(url);
  const isOpen = open.some((name) => servers[name].test(url));
  try {
    if (!isOpen) throw new Error(url);
    const name = path.basename(decodeURIComponent(url));
    const body = readFileSync(path.join(saved, name));
    response.writeHead(200, { 'content-length': body.length }).end(body);
  } catch {
    response.writeHead(404, { 'content-length': 0 }).end();
  }
});
let env: NodeJS.ProcessEnv = {};

let unlocked: Manifest['packages'] = [];
let first = '';

beforeAll(async () => {
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  env = { http_proxy: address, https_proxy: address };
  mkdirSync(saved);
  expect((await phyllome(['build', 'nano'])).exitCode).toBe(0);
  unlocked = manifest().packages;
  expect(manifest().lock).toBe('not locked');
  const { exitCode, stderr, stdout } = await phyllome(['--dir', own, 'lock', 'nano']);
  expect(stderr).not.toContain('error');
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(new RegExp(`In the system: ${unlocked.length} packages`));
  first = readFileSync(lockFile, 'utf8');
  for (const name of ['dbus-broker', 'zstd', 'tzdata']) copyFileSync(cached(name), path.join(saved, poolName(name)));
});
afterEach(() => {
  writeFileSync(lockFile, first);
  for (const name of ['dbus-broker', 'zstd', 'tzdata']) copyFileSync(path.join(saved, poolName(name)), cached(name));
  open = [];
  asked.length = 0;
});
afterAll(async () => {
  await new Promise((resolve) => proxy.close(resolve));
  rmSync(own, { recursive: true });
});

async function withUmask<Result>(umask: number, action: () => Promise<Result>): Promise<Result> {
  const before = process.umask(umask);
  try {
    return await action();
  } finally {
    process.umask(before);
  }
}

const packageOf = (name: string) => {
  const found = read().packages.find((one) => one.name === name);
  if (found === undefined) throw new Error(`nano has no ${name}`);
  return found;
};
const cached = (name: string) => path.join(packages, archiveName(packageOf(name)));
const poolName = (name: string) => path.basename(packageOf(name).path);
const build = (more: readonly string[] = []) => phyllome(['--dir', own, 'build', 'nano', '--locked', ...more], { env });

test('what is locked is what was built, and a locked build needs neither network nor new packages', async () => {
  const { exitCode, stderr } = await build();
  expect(stderr).toContain(`locked: exactly the ${unlocked.length} packages of`);
  expect(exitCode).toBe(0);
  expect(asked).toEqual([]);
  expect(stagesMade('nano')).not.toContain('root-tree');
  expect(manifest().packages).toEqual(unlocked);
  expect(manifest().lock).toMatchObject({
    file: `${path.basename(own)}/locks/nano.debian-13.lock.json`,
    sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
  expect(lockText(read())).toBe(first);
});

test('what the cache has altered or lost comes from the snapshots alone, by the time of its index, and makes the same bits', async () => {
  const before = manifest();
  for (const id of ['root-tree', 'configure', 'initramfs', 'squashfs', 'live-iso']) forgetStage('nano', id);
  writeFileSync(cached('dbus-broker'), 'altered');
  rmSync(cached('zstd'));
  open = ['snapshot'];
  const { exitCode, stderr } = await withUmask(0o077, build);
  expect(stderr).not.toContain('error');
  expect(exitCode).toBe(0);
  expect(stagesMade('nano')).toEqual(expect.arrayContaining(['root-tree', 'initramfs', 'squashfs', 'live-iso']));
  expect(manifest()).toEqual(before);
  expect(asked.filter((url) => servers.mirror.test(url)).map((url) => path.basename(decodeURIComponent(url)))).toEqual(
    expect.arrayContaining([poolName('dbus-broker'), poolName('zstd')]),
  );
  const index = read().indexes.find(({ name }) => name === packageOf('dbus-broker').index);
  const time = index?.date.replaceAll(/[-:]/g, '');
  expect(decodeURIComponent(asked.join('\n'))).toContain(
    `http://snapshot.debian.org/archive/${index?.name === 'debian-security' ? 'debian-security' : 'debian'}/${time}/${packageOf('dbus-broker').path}`,
  );
});

test('a package that is nowhere is named, with who was asked, and nothing is made', async () => {
  await withoutStage('nano', 'root-tree', async () => {
    rmSync(cached('tzdata'));
    const { exitCode, stderr } = await build();
    expect(exitCode).toBe(1);
    expect(stderr).toContain('[locked-package-missing]');
    expect(stderr).toContain(`\n  ${archiveName(packageOf('tzdata'))}\n`);
    expect(stderr).toMatch(/http:\/\/deb\.debian\.org\/\S+tzdata\S+\n +404/);
    expect(stderr).toMatch(/http:\/\/snapshot\.debian\.org\/\S+tzdata\S+\n +404/);
    expect(stderr).toContain('lock nano --base debian-13 --update');
    expect(stderr).not.toContain('zstd_');
  });
});

test('a lock with another sum takes no package, wherever that comes from', async () => {
  const wrong = { ...packageOf('zstd'), sha256: '0'.repeat(64) };
  const lock = read();
  writeFileSync(
    lockFile,
    lockText({ ...lock, packages: lock.packages.map((one) => (one.name === 'zstd' ? wrong : one)) }),
  );
  open = ['mirror', 'snapshot'];
  const { exitCode, stderr } = await build();
  expect(exitCode).toBe(1);
  expect(stderr).toContain('[locked-package-missing]');
  expect(stderr).toContain(archiveName(wrong));
  expect(stderr).toContain('Hash Sum mismatch');
});

test('a lock of another flavour, and a flavour that asks for more, are refused before anything is asked or made', async () => {
  mkdirSync(path.join(own, 'flavours'), { recursive: true });
  writeFileSync(
    path.join(own, 'flavours/more.yaml'),
    'flavour: more\nsummary: nano with more\nextends: nano\npackages: [chrony]\n',
  );
  const others = path.join(own, 'locks/more.debian-13.lock.json');
  const build_ = () => phyllome(['--dir', own, 'build', 'more', '--locked'], { env });
  writeFileSync(others, first);
  expect((await build_()).stderr).toContain('it is a lock of nano on debian-13, not of more on debian-13');
  writeFileSync(others, lockText({ ...read(), flavour: 'more' }));
  const { exitCode, stderr } = await build_();
  expect(stderr).toContain('the package `chrony` is asked for, and the lock was made without it');
  expect(exitCode).toBe(1);
  expect(asked).toEqual([]);
});

test('an update tells what moves before it writes; of some packages alone, only those and what they need', async () => {
  const lock = read();
  const older = (name: string) => ({ ...packageOf(name), version: `0~${packageOf(name).version}` });
  const packages_ = lock.packages.map((one) => (one.name === 'tzdata' ? older('tzdata') : one));
  writeFileSync(lockFile, lockText({ ...lock, packages: packages_ }));
  const { exitCode, stdout } = await phyllome(['--dir', own, 'lock', 'nano', '--update', '--offline'], { env });
  expect(exitCode).toBe(0);
  expect(stdout).toContain(
    `\n    tzdata: 0~${packageOf('tzdata').version} → ${packageOf('tzdata').version}\n`.trimEnd(),
  );
  expect(readFileSync(lockFile, 'utf8')).toBe(first);
  const none = await phyllome(['--dir', own, 'lock', 'nano', '--update', '--package', 'tzdata', '--offline'], { env });
  expect(none.stdout).toContain('tzdata: the repositories have no newer one');
  expect(readFileSync(lockFile, 'utf8')).toBe(first);
});

test('a lock that was just made has no security update waiting', async () => {
  const { exitCode, stdout } = await phyllome(['--dir', own, 'lock', 'nano', '--check', '--offline'], { env });
  expect(stdout).toContain('fits, and no security update is waiting by the index of');
  expect(exitCode).toBe(0);
});
