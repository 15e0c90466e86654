import { createHash } from 'node:crypto';
import { chmodSync, copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { billFiles, billOf, readBuiltSide } from '../../scripts/dossier/index.ts';
import type { BuildManifest } from '../../scripts/image/index.ts';
import { recordingContext, scratchDirectory } from '../commands/recording-context.ts';
import { typeIn } from '../commands/type-in.ts';
import { buildDirectory } from '../dossier/build-sample.ts';

const fixtures = path.join(import.meta.dirname, '../fixtures/minisign');
export const publicKey = path.join(fixtures, 'throw-away.pub');
export const sha256 = (content: string | Uint8Array) => createHash('sha256').update(content).digest('hex');

export const image = { file: 'small.iso', sizeBytes: 3, sha256: sha256('iso') };

/** What `build` publishes, of a small system. `more`: of its manifest. */
export function published(more: Partial<BuildManifest> = {}): string {
  const directory = buildDirectory({
    manifest: {
      image: { ...image, kind: 'live-iso' },
      outputs: [{ output: 'live-iso', inputHash: '0123456789abcdef', files: [image] }],
      files: [],
      ...more,
    },
  });
  const { manifest, dossier } = readBuiltSide(directory);
  if (dossier === undefined) throw new Error('the sample has a dossier');
  for (const [name, text] of billFiles(billOf(manifest, dossier, undefined), 'small')) {
    writeFileSync(path.join(directory, name), text);
  }
  writeSums(directory);
  return directory;
}

export const LISTED = ['small.iso', 'contents.json', 'files.gz', 'small.spdx.json', 'small.cdx.json', 'manifest.json'];

export function writeSums(directory: string, files: readonly string[] = LISTED): void {
  const lines = files.map((file) => `${sha256(readFileSync(path.join(directory, file)))}  ${file}\n`);
  writeFileSync(path.join(directory, 'SHA256SUMS'), lines.join(''));
}

export function secretKey(): string {
  const file = path.join(scratchDirectory(), 'key');
  copyFileSync(path.join(fixtures, 'throw-away.key'), file);
  chmodSync(file, 0o600);
  return file;
}

export async function signedDirectory(): Promise<string> {
  const directory = published();
  await typeIn(['sign', directory, '--signing-key', secretKey()], recordingContext().context);
  return directory;
}

/** What `verify` prints, and its exit code. */
export async function verifying(directory: string, ...options: readonly string[]) {
  const before = process.exitCode;
  process.exitCode = 0;
  onTestFinished(() => {
    process.exitCode = before;
  });
  const { context, output } = recordingContext();
  await typeIn(['verify', directory, ...options], context);
  const lines = output().split('\n');
  return { lines, wrong: lines.filter((line) => line.startsWith('wrong')), code: process.exitCode };
}
