import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import type { KickstartModel } from 'kickstart-parser';
import { ReportedError, withHint } from '../../diagnostic/index.ts';
import {
  accountsWithPassword,
  compareInstalled,
  type Found,
  installedDifferences,
  installedPackages,
  kernelArguments,
  manifestOfInstalled,
  presetDifferences,
  readFound,
  unclaimedUnits,
  unitsFound,
  writeManifest,
} from '../../image/index.ts';
import type { ImageKind, OutputId } from '../../outputs/index.ts';
import { holdsSecret, type Prepared } from '../../prepare/index.ts';
import type { RenderedMap } from '../../render/index.ts';
import type { PublishedImage } from '../engine/index.ts';

/** An image that Fedora's installer made and that lies in the build directory now. */
interface Installed {
  readonly flavour: string;
  readonly prepared: Prepared;
  readonly model: KickstartModel;
  readonly output: OutputId;
  readonly kind: ImageKind;
  /** Of a live ISO. */
  readonly volumeId?: string;
  /** Name in the build directory. */
  readonly fileName: string;
  readonly sha256: string;
  /** Texts of the installer's logs. */
  readonly logs: readonly string[];
  /** The directory of what was noted about the image, where somebody looked at it. */
  readonly facts?: string;
}

/**
 * Writes the manifest and checksums of an image, so that `test` and `run` take it as they take one of the direct engine.
 * @throws ReportedError where what is in the image is not what was asked for: it stays where it is, without a manifest
 */
export function publishInstalled(installed: Installed): PublishedImage {
  const { flavour, prepared, model, fileName } = installed;
  const packages = installedPackages(installed.logs);
  const found = installed.facts === undefined ? undefined : readFound(installed.facts);
  const { rendered } = prepared;
  const looked = found && lookedAt(model, rendered.map, found, { isDisk: installed.kind === 'disk' });
  const file = path.join(prepared.buildDirectory, fileName);
  const manifest = manifestOfInstalled({
    flavour,
    base: prepared.flavour.base.name,
    output: installed.output,
    kind: installed.kind,
    ...(installed.volumeId !== undefined && { volumeId: installed.volumeId }),
    kernelArguments: kernelArguments(model),
    map: rendered.map,
    accountsWithPassword: accountsWithPassword(model),
    fileName,
    sizeBytes: statSync(file).size,
    sha256: installed.sha256,
    packages,
    ...(found && { found }),
    ...(looked && { compared: looked.compared }),
  });
  const differences = looked?.differences ?? [];
  if (differences.length > 0) {
    rmSync(path.join(prepared.buildDirectory, 'manifest.json'), { force: true });
    throw new ReportedError(differences.map((one) => withHint(one, `the image: ${file}`)));
  }
  writeManifest(prepared.buildDirectory, manifest, { secret: holdsSecret(prepared.flavour) });
  const size = `${(manifest.image.sizeBytes / 2 ** 20).toFixed(0)} MiB`;
  return {
    file,
    summary: `${size}, ${manifest.unknown?.includes('packages') ? 'an unknown number of' : manifest.packages.length} packages`,
  };
}

/**
 * The same question of an image that gets no manifest: no computer starts it by itself.
 * @throws ReportedError where what was noted in `facts` is not what was asked for
 */
export function refuseDifferent(model: KickstartModel, map: RenderedMap, facts: string): void {
  const found = readFound(facts);
  const differences = found ? lookedAt(model, map, found, { isDisk: false }).differences : [];
  if (differences.length > 0) throw new ReportedError(differences);
}

/** What was asked for beside what is on the image, and what of that must not be. */
function lookedAt(model: KickstartModel, map: RenderedMap, found: Found, how: { readonly isDisk: boolean }) {
  const compared = compareInstalled(model, found, how);
  const differences = [
    ...installedDifferences(compared),
    ...presetDifferences(unitsFound(map, found)),
    ...unclaimedUnits(map, found),
  ];
  return { compared, differences };
}

/** Texts of all logs right in these directories. */
export function textsOfLogs(directories: readonly string[]): readonly string[] {
  return directories
    .filter((directory) => existsSync(directory))
    .flatMap((directory) =>
      readdirSync(directory, { withFileTypes: true })
        .filter((entry) => entry.isFile() && entry.name.endsWith('log'))
        .map((entry) => readFileSync(path.join(directory, entry.name), 'utf8')),
    );
}

/** The checksum of a file in a list of `HASH  NAME`. */
export function checksumIn(list: string, fileName: string): string {
  const line = readFileSync(list, 'utf8')
    .split('\n')
    .find((one) => one.slice(64).trim() === fileName);
  if (line === undefined) throw new Error(`${list} has no checksum of ${fileName}`);
  return line.slice(0, 64);
}
