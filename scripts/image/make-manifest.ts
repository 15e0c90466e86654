import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { OutputId } from '../outputs/index.ts';
import type { SignedStart } from '../secure-boot/index.ts';
import type { AskedImage } from './asked-image.ts';
import { readTreeFacts, unitState } from './facts.ts';
import type { BuildManifest, ManifestLock, ManifestOutput } from './manifest.ts';
import { firstImage } from './manifest-for.ts';

/** Output directories of the direct engine's stages, and what was asked for. */
export interface StagedBuild extends AskedImage {
  readonly lock: ManifestLock;
  /** `squashfs`: where an output has one. */
  readonly directories: { readonly configure: string; readonly initramfs: string; readonly squashfs?: string };
  /** In the order in which they were asked for; at least one. */
  readonly outputs: readonly StagedOutput[];
}

/** What the stages of one output left. */
export interface StagedOutput {
  readonly output: OutputId;
  /** A hash over everything that decided its content. */
  readonly inputHash: string;
  /** Directory with `sums`, lines `SHA-256  NAME` as sha256sum writes them, and with `volume-id` where it has one. */
  readonly directory: string;
  /** The image itself first. */
  readonly files: readonly StagedFile[];
  /** Of what UEFI starts. */
  readonly secureBoot?: SignedStart;
}

export interface StagedFile {
  /** Absolute, in the cache; its last part is its name in `sums`. */
  readonly cached: string;
  /** Its path in the build directory. */
  readonly file: string;
}

/** @throws when the stages' outputs are not there */
export function makeManifest(built: StagedBuild): BuildManifest {
  const { configure, initramfs, squashfs } = built.directories;
  const facts = readTreeFacts(path.join(configure, 'facts'));
  const changes = readChanges(path.join(configure, 'changes'));
  const size = (...parts: string[]) => statSync(path.join(...parts)).size;
  const outputs = built.outputs.map(describeOutput);
  const image = firstImage(outputs);
  const main = outputs.find(({ files }) => files[0]?.file === image?.file) ?? outputs[0];
  return {
    schema: 1,
    flavour: built.flavour,
    base: built.base,
    inputHash: main?.inputHash ?? '',
    lock: built.lock,
    ...(image && { image }),
    outputs,
    kernelArguments: built.kernelArguments,
    packages: facts.packages,
    units: built.map.units.map((unit) => ({ ...unit, state: unitState(facts.unitStates, unit.name) })),
    userUnits: built.map.userUnits.map((unit) => ({ ...unit, state: unitState(facts.userUnitStates, unit.name) })),
    files: built.map.files.map((file) => ({ ...file, sha256: changes.get(file.path) ?? '' })),
    sizes: {
      rootBytes: facts.rootBytes,
      ...(squashfs !== undefined && { squashfsBytes: size(squashfs, 'squashfs.img') }),
      initramfsBytes: size(initramfs, 'initrd.img'),
      kernelBytes: size(initramfs, 'vmlinuz'),
    },
    accountsWithPassword: built.accountsWithPassword,
    acknowledged: built.map.acknowledged,
    ...(built.map.releases && { releases: built.map.releases }),
    ...(built.map.posture && { posture: built.map.posture }),
    ...(built.map.vulnerabilities && { vulnerabilities: built.map.vulnerabilities }),
    budgets: built.map.budgets,
    checks: built.map.checks,
  };
}

function describeOutput({ output, inputHash, directory, files, secureBoot }: StagedOutput): ManifestOutput {
  const sums = new Map(
    readFileSync(path.join(directory, 'sums'), 'utf8')
      .split('\n')
      .map((line) => [line.slice(66), line.slice(0, 64)] as const),
  );
  const volumeId = path.join(directory, 'volume-id');
  return {
    output,
    inputHash,
    files: files.map(({ cached, file }) => {
      const sha256 = sums.get(path.basename(cached));
      if (sha256 === undefined) throw new Error(`${directory}/sums has no checksum of ${path.basename(cached)}`);
      return { file, sizeBytes: statSync(cached).size, sha256 };
    }),
    ...(existsSync(volumeId) && { volumeId: readFileSync(volumeId, 'utf8').trim() }),
    ...(secureBoot && { secureBoot }),
  };
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

/** SHA-256 of a text or of bytes, hexadecimal. */
export function sha256(text: string | Uint8Array): string {
  return createHash('sha256').update(text).digest('hex');
}
