import { chmodSync, copyFileSync, existsSync, linkSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { writeWhole } from '../files/index.ts';
import { sha256 } from './make-manifest.ts';
import type { Manifest } from './manifest.ts';

/** Puts image, manifest and checksums into the build directory, each at once whole. */
export function publish(
  buildDirectory: string,
  cachedImage: string,
  manifest: Manifest,
): { imageFile: string; manifestFile: string } {
  mkdirSync(buildDirectory, { recursive: true });
  const imageFile = path.join(buildDirectory, manifest.image.file);
  if (!sameFile(imageFile, cachedImage)) placeFile(cachedImage, imageFile);
  return { imageFile, manifestFile: writeManifest(buildDirectory, manifest) };
}

/** Writes manifest and checksums beside an image that is in the build directory already. */
export function writeManifest(buildDirectory: string, manifest: Manifest): string {
  const imageFile = path.join(buildDirectory, manifest.image.file);
  // An image with somebody's password hash in it is not for every user of this machine.
  if (manifest.accountsWithPassword.length > 0) chmodSync(imageFile, 0o600);
  const manifestText = `${JSON.stringify(manifest, null, 2)}\n`;
  const manifestFile = path.join(buildDirectory, 'manifest.json');
  writeWhole(manifestFile, manifestText);
  const sums = [
    [manifest.image.sha256, manifest.image.file],
    [sha256(manifestText), 'manifest.json'],
  ];
  writeWhole(path.join(buildDirectory, 'SHA256SUMS'), sums.map(([hash, name]) => `${hash}  ${name}\n`).join(''));
  return manifestFile;
}

function sameFile(left: string, right: string): boolean {
  if (!existsSync(left)) return false;
  const [one, other] = [statSync(left), statSync(right)];
  return one.ino === other.ino && one.dev === other.dev;
}

/** A hard link where the file system allows it, else a copy. `secret`: for its owner only. */
export function placeFile(from: string, to: string, options: { readonly secret?: boolean } = {}): void {
  if (options.secret === true) chmodSync(from, 0o600);
  const temporary = `${to}.${process.pid}.tmp`;
  rmSync(temporary, { force: true });
  try {
    linkSync(from, temporary);
  } catch {
    copyFileSync(from, temporary);
  }
  renameSync(temporary, to);
}
