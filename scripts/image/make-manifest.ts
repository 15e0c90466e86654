import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { AskedImage } from './asked-image.ts';
import { readTreeFacts, unitState } from './facts.ts';
import type { ImageKind, Manifest } from './manifest.ts';

/** Output directories of the direct engine's stages, and what the image was asked to be. */
export interface StagedImage extends AskedImage {
  readonly directories: { readonly configure: string; readonly initramfs: string; readonly image: string };
  /** Key of the image stage: a hash over everything that decided its content. */
  readonly inputHash: string;
}

/** @throws when the stages' outputs are not there */
export function makeManifest(built: StagedImage): Manifest {
  const { configure, initramfs, image } = built.directories;
  const facts = readTreeFacts(path.join(configure, 'facts'));
  const changes = readChanges(path.join(configure, 'changes'));
  const size = (...parts: string[]) => statSync(path.join(...parts)).size;
  return {
    schema: 1,
    flavour: built.flavour,
    base: built.base,
    inputHash: built.inputHash,
    image: {
      file: built.fileName,
      kind: built.kind,
      ...(built.kind === 'live-iso' && { volumeId: readFileSync(path.join(image, 'volume-id'), 'utf8').trim() }),
      sizeBytes: size(image, cachedImageFile(built.kind)),
      sha256: (readFileSync(path.join(image, 'sha256'), 'utf8').split(' ')[0] ?? '').trim(),
    },
    kernelArguments: built.kernelArguments,
    packages: facts.packages,
    units: built.map.units.map((unit) => ({ ...unit, state: unitState(facts.unitStates, unit.name) })),
    userUnits: built.map.userUnits.map((unit) => ({ ...unit, state: unitState(facts.userUnitStates, unit.name) })),
    files: built.map.files.map((file) => ({ ...file, sha256: changes.get(file.path) ?? '' })),
    sizes: {
      rootBytes: facts.rootBytes,
      ...(built.kind === 'live-iso' && {
        squashfsBytes: Number(readFileSync(path.join(image, 'squashfs-size'), 'utf8')),
      }),
      initramfsBytes: size(initramfs, 'initrd.img'),
      kernelBytes: size(initramfs, 'vmlinuz'),
    },
    accountsWithPassword: built.accountsWithPassword,
    acknowledged: built.map.acknowledged,
    budgets: built.map.budgets,
    checks: built.map.checks,
  };
}

/** Name of the image in the image stage's output. */
export function cachedImageFile(kind: ImageKind): string {
  return kind === 'live-iso' ? 'image.iso' : 'image.qcow2';
}

/** Path → SHA-256 of every regular file that configuration wrote. */
function readChanges(file: string): ReadonlyMap<string, string> {
  const records = readFileSync(file, 'utf8')
    .split('\n')
    .map((line) => line.split('\t'));
  return new Map(
    records.filter(([, state]) => /^[0-9a-f]{64}$/.test(state ?? '')).map(([name, hash]) => [name ?? '', hash ?? '']),
  );
}

/** SHA-256 of a text, hexadecimal. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
