import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { places } from '../image/phyllome.ts';

const mirror = process.env.PHYLLOME_MIRROR ?? 'http://deb.debian.org/debian';
/** In the cache of whoever runs the tests: a place that all users share would be the first one's. */
const directory = path.join(places.cache, 'foreign');
let index: string | undefined;

/** A package of Debian 13, unpacked: its root. Kept for the next run, as its file name has its version. */
export async function unpackedPackage(name: string): Promise<string> {
  index ??= gunzipSync(await fetched(`${mirror}/dists/trixie/main/binary-amd64/Packages.gz`)).toString();
  const paragraph = index.split('\n\n').find((one) => one.startsWith(`Package: ${name}\n`));
  const field = (key: string) => new RegExp(`^${key}: (.*)$`, 'm').exec(paragraph ?? '')?.[1] ?? '';
  const file = field('Filename');
  if (file === '') throw new Error(`Debian has no package ${name}`);
  const root = path.join(directory, path.basename(file, '.deb'));
  if (existsSync(root)) return root;
  const bytes = await fetched(`${mirror}/${file}`);
  const sum = createHash('sha256').update(bytes).digest('hex');
  if (sum !== field('SHA256')) throw new Error(`${file} is not what the index says`);
  mkdirSync(directory, { recursive: true });
  const archive = `${root}.deb`;
  writeFileSync(archive, bytes);
  execFileSync('dpkg', ['--extract', archive, `${root}.part`]);
  rmSync(archive);
  execFileSync('mv', [`${root}.part`, root]);
  return root;
}

async function fetched(address: string): Promise<Buffer> {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return Buffer.from(await answer.arrayBuffer());
}

/** The file of an installer's set that is needed, by its path in the package. */
export const inInstaller = (root: string, file: string): string =>
  path.join(root, 'usr/lib/debian-installer/images/13/amd64', file);
