import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import type { KickstartModel } from 'kickstart-parser';
import { bootProgramsOn, fileSource } from '../../bits/index.ts';
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
  unclaimedUnits,
  unitsFound,
  writeManifest,
} from '../../image/index.ts';
import type { ImageKind, OutputId } from '../../outputs/index.ts';
import { holdsSecret, type Prepared } from '../../prepare/index.ts';
import type { RenderedMap } from '../../render/index.ts';
import { signedStart } from '../../secure-boot/index.ts';
import type { PublishedImage } from '../engine/index.ts';

/** What an engine that works with Fedora's installer made, and that lies in the build directory now. */
interface Installed {
  readonly flavour: string;
  readonly prepared: Prepared;
  readonly model: KickstartModel;
  readonly output: OutputId;
  /** What firmware starts it as, as the system itself; absent where it starts none of it, or an installer. */
  readonly kind?: ImageKind;
  /** Of a live ISO. */
  readonly volumeId?: string;
  /** Names in the build directory with their checksums, the image itself first. */
  readonly sums: readonly [FileSum, ...FileSum[]];
  /** Texts of the installer's logs. */
  readonly logs: readonly string[];
  /** What is on the image, where somebody could look at it. */
  readonly found?: Found | undefined;
}

interface FileSum {
  readonly file: string;
  readonly sha256: string;
}

/**
 * Writes the manifest and checksums of what was made, so that `sign`, `verify`, `test` and `run` take it as they take what the direct
 * engine made.
 * @throws ReportedError where what is in the image is not what was asked for: it stays where it is, without a manifest
 */
export function publishInstalled(installed: Installed): readonly PublishedImage[] {
  const { flavour, prepared, model, sums, found } = installed;
  const packages = installedPackages(installed.logs);
  const { rendered, buildDirectory } = prepared;
  const looked = found && lookedAt(model, rendered.map, found, { isDisk: installed.kind === 'disk' });
  const withSize = (one: FileSum) => ({ ...one, sizeBytes: statSync(path.join(buildDirectory, one.file)).size });
  const [first, ...others] = sums;
  // Of a compressed disk nothing is known here; `phyllome test` looks into it.
  const secureBoot = signedStart(bootProgramsOn(fileSource(path.join(buildDirectory, first.file))));
  const manifest = manifestOfInstalled({
    flavour,
    base: prepared.flavour.base.name,
    output: installed.output,
    ...(installed.kind !== undefined && { kind: installed.kind }),
    ...(installed.volumeId !== undefined && { volumeId: installed.volumeId }),
    kernelArguments: kernelArguments(model),
    map: rendered.map,
    accountsWithPassword: accountsWithPassword(model),
    files: [withSize(first), ...others.map(withSize)],
    packages,
    ...(found && { found }),
    ...(looked && { compared: looked.compared }),
    ...(secureBoot && { secureBoot }),
  });
  const differences = looked?.differences ?? [];
  if (differences.length > 0) {
    // Nobody is to sign it, either.
    for (const name of ['manifest.json', 'SHA256SUMS']) rmSync(path.join(buildDirectory, name), { force: true });
    const image = `the image: ${path.join(buildDirectory, first.file)}`;
    throw new ReportedError(differences.map((one) => withHint(one, image)));
  }
  writeManifest(buildDirectory, manifest, { secret: holdsSecret(prepared.flavour) });
  const bytes = manifest.outputs.flatMap(({ files }) => files).reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const known = manifest.unknown?.includes('packages') ? 'an unknown number of' : manifest.packages.length;
  const summary = `${(bytes / 2 ** 20).toFixed(0)} MiB, ${known} packages`;
  return sums.map(({ file }, index) => ({
    file: path.join(buildDirectory, file),
    ...(index === 0 && { summary }),
  }));
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

/** What a list of `HASH  NAME`, as sha256sum writes it, says. @throws where it is empty */
export function sumsIn(list: string): readonly [FileSum, ...FileSum[]] {
  const lines = readFileSync(list, 'utf8').split('\n');
  const [first, ...others] = lines.flatMap((line) =>
    line === '' ? [] : [{ sha256: line.slice(0, 64), file: line.slice(66) }],
  );
  if (first === undefined) throw new Error(`${list} has no checksum`);
  return [first, ...others];
}
