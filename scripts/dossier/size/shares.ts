import type { BuildManifest } from '../../image/index.ts';
import type { ContentsPackage, FileRecord } from '../contents.ts';
import { madeFor } from '../reasons/maker.ts';

/** What files of one kind take, in bytes. */
export interface Share {
  readonly installedBytes: number;
  readonly compressedBytes: number;
  readonly files: number;
}

/** How the compressed sizes were found out: none of them is measured for itself. */
export type CompressedBy =
  /** The size of the root file system of the image was shared out by how well the .deb of each package is compressed. */
  | 'shared by .deb'
  /** The same, by the size of files: the build did not note sizes of .deb files. */
  | 'shared by size'
  /** As the .deb files are compressed: the image has no compressed root file system to share out. */
  | 'as in .deb'
  | 'unknown';

export interface Shares {
  readonly packages: ReadonlyMap<string, Share>;
  /** Of what components' overlays write, by component. */
  readonly overlays: ReadonlyMap<string, Share>;
  readonly configured: Share;
  /** What scripts of packages made at their installation, of no package. */
  readonly made: Share;
  readonly total: Share;
  readonly compressedBy: CompressedBy;
}

interface Sum {
  bytes: number;
  files: number;
}

/** Shares out the files of a system: whose each of them is, and what that takes. What a package has twice counts once. */
export function sharesOf(
  manifest: BuildManifest,
  all: readonly ContentsPackage[],
  files: readonly FileRecord[],
): Shares {
  const known = new Map(all.map((one) => [one.name, one]));
  const overlayOf = new Map(manifest.files.map(({ path, component }) => [path, component]));
  const sums = new Map<string, Sum>();
  const seen = new Set<string>();
  for (const file of files) {
    if (file.type !== 'file') continue;
    const key = keyOf(file, overlayOf, known);
    const content = `${key} ${file.sha256 ?? file.path}`;
    // Hard links: perl and perl5.40 are one file.
    const bytes = seen.has(content) ? 0 : file.size;
    seen.add(content);
    const sum = sums.get(key) ?? { bytes: 0, files: 0 };
    sums.set(key, { bytes: sum.bytes + bytes, files: sum.files + 1 });
  }
  const squashfs = manifest.sizes.squashfsBytes;
  const ratios = new Map(all.flatMap((one) => ratioOf(one)));
  const withDebs = ratios.size > 0;
  const parts = [...sums].map(([key, { bytes }]) => ({ key, bytes, ratio: ratios.get(key) ?? MIDDLING }));
  const exponent = squashfs === undefined ? 1 : exponentFor(squashfs, parts);
  const packed = new Map(parts.map(({ key, bytes, ratio }) => [key, bytes * ratio ** exponent]));
  const compressedBy = howKnown(squashfs, withDebs);
  const shareOf = (key: string): Share => {
    const { bytes, files: count } = sums.get(key) ?? { bytes: 0, files: 0 };
    const compressed = compressedBy === 'unknown' ? 0 : (packed.get(key) ?? 0);
    return { installedBytes: bytes, compressedBytes: Math.round(compressed), files: count };
  };
  const sharesWith = (prefix: string) =>
    new Map(
      [...sums.keys()].flatMap((key) => (key.startsWith(prefix) ? [[key.slice(prefix.length), shareOf(key)]] : [])),
    );
  return {
    packages: new Map(all.map(({ name }) => [name, shareOf(`package ${name}`)])),
    overlays: sharesWith('component '),
    configured: shareOf('configured'),
    made: shareOf('made'),
    total: addShares([...sums.keys()].map(shareOf)),
    compressedBy,
  };
}

export function addShares(shares: readonly Share[]): Share {
  return {
    installedBytes: sumOf(shares.map((one) => one.installedBytes)),
    compressedBytes: sumOf(shares.map((one) => one.compressedBytes)),
    files: sumOf(shares.map((one) => one.files)),
  };
}

const sumOf = (numbers: readonly number[]) => numbers.reduce((sum, one) => sum + one, 0);

function howKnown(squashfs: number | undefined, withDebs: boolean): CompressedBy {
  if (squashfs !== undefined) return withDebs ? 'shared by .deb' : 'shared by size';
  return withDebs ? 'as in .deb' : 'unknown';
}

function keyOf(
  file: FileRecord,
  overlayOf: ReadonlyMap<string, string>,
  known: ReadonlyMap<string, ContentsPackage>,
): string {
  const component = overlayOf.get(file.path);
  if (component !== undefined) return `component ${component}`;
  if (file.package !== undefined && known.has(file.package)) return `package ${file.package}`;
  if (file.configured === true) return 'configured';
  const made = madeFor(file.path, known);
  return made === undefined ? 'made' : `package ${made}`;
}

/** How much smaller a package is in its .deb: what documentation was left out of the image is compressed like the rest. */
function ratioOf({ name, debBytes, installedKiB }: ContentsPackage): readonly (readonly [string, number])[] {
  if (debBytes === undefined || installedKiB === 0) return [];
  return [[`package ${name}`, Math.min(1, debBytes / (installedKiB * 1024))]];
}

/** Of what has no .deb of its own. */
const MIDDLING = 0.3;

interface Part {
  readonly bytes: number;
  readonly ratio: number;
}

/**
 * The exponent of the ratios with which the parts make up the measured whole. A .deb is compressed by xz, a squashfs by zstd, in
 * blocks: what xz makes a fifth of becomes a fourth there, and what nothing compresses stays as it is, so that a common factor
 * will not do. Measured on packages of nano (zstd -3 of each by itself): within 15 % of most, 25 % of the worst.
 */
function exponentFor(whole: number, parts: readonly Part[]): number {
  const sum = (exponent: number) => sumOf(parts.map(({ bytes, ratio }) => bytes * ratio ** exponent));
  let [low, high] = [0, 4];
  for (let step = 0; step < 40; step++) {
    const middle = (low + high) / 2;
    if (sum(middle) > whole) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
