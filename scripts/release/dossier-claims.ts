import { unpackFiles } from '../dossier/index.ts';
import { type Fields, fieldsOf, objectIn, objectsOf, textOf } from '../files/index.ts';
import { type Claim, notClaimed, someOf, verified, wrong } from './claim.ts';
import { type PackageSums, packagesIn } from './package-lists.ts';
import type { Measured } from './published.ts';

export const MANIFEST = 'manifest.json';
const CONTENTS = 'contents.json';
/** What is in the image, file by file. */
export const FILES = 'files.gz';

/** Whether a file belongs to what a build says of an image. */
export const isOfDossier = (file: string): boolean =>
  [MANIFEST, CONTENTS, FILES].includes(file) || /\.(?:spdx|cdx)\.json$/.test(file);

/** What the manifest says of the files of images. */
export function imagesIn(manifest: Fields | undefined): readonly ImageFile[] {
  return objectsOf(manifest?.outputs)
    .flatMap(({ files }) => objectsOf(files))
    .map(imageOf);
}

const imageOf = ({ file, sha256, sizeBytes }: Fields): ImageFile => ({
  file: textOf(file),
  sha256: textOf(sha256),
  sizeBytes: Number(sizeBytes),
});

export interface ImageFile {
  readonly file: string;
  readonly sha256: string;
  readonly sizeBytes: number;
}

/** `files`: what was read and is what the list of checksums says, with the content of the dossier's. */
export function dossierClaims(files: ReadonlyMap<string, Measured>): readonly Claim[] {
  const manifest = objectIn(files.get(MANIFEST)?.content);
  if (manifest === undefined) {
    return [files.has(MANIFEST) ? wrong(`${MANIFEST} is no manifest`) : notClaimed(`there is no ${MANIFEST}`)];
  }
  return [imageClaim(manifest, files), packageClaim(manifest, files), fileClaim(manifest, files)];
}

function imageClaim(manifest: Fields, files: ReadonlyMap<string, Measured>): Claim {
  const images = imagesIn(manifest);
  if (images.length === 0) return wrong(`${MANIFEST} knows no image`);
  const main = fieldsOf(manifest.image);
  const different = [...images, ...(main ? [imageOf(main)] : [])].filter(({ file, sha256, sizeBytes }) => {
    const found = files.get(file);
    return found?.sha256 !== sha256 || found.bytes !== sizeBytes;
  });
  return different.length === 0
    ? verified(`${MANIFEST} has sums and sizes of ${images.map(({ file }) => file).join(', ')}`)
    : wrong(`${MANIFEST} has other sums or sizes of ${someOf([...new Set(different.map(({ file }) => file))])}`);
}

function packageClaim(manifest: Fields, files: ReadonlyMap<string, Measured>): Claim {
  const bills = [...files.keys()].filter((file) => isOfDossier(file) && ![MANIFEST, FILES].includes(file)).sort();
  if (bills.length === 0) return notClaimed('packages: there is neither contents.json nor a bill of materials');
  const lists = bills.map((file) => ({ file, list: packagesIn(file, objectIn(files.get(file)?.content)) }));
  const named = packagesIn(MANIFEST, manifest);
  // Checksums are in the first of them; a manifest has none.
  const reference = lists[0]?.list ?? named;
  const faults = [
    ...differences(MANIFEST, named?.packages, reference?.packages, bills[0] ?? '', { sums: false }),
    ...lists
      .slice(1)
      .flatMap(({ file, list }) => differences(file, list?.packages, reference?.packages, bills[0] ?? '')),
    ...lists.flatMap(({ file, list }) => (list?.images ? imageFaults(file, list.images, manifest) : [])),
  ];
  const other = objectIn(files.get(CONTENTS)?.content)?.inputHash;
  if (files.has(CONTENTS) && other !== manifest.inputHash)
    faults.push(`${CONTENTS} is of another build than ${MANIFEST}`);
  if (faults.length > 0) return wrong(someOf(faults));
  return verified(`${[MANIFEST, ...bills].join(', ')} have the same ${named?.packages.size ?? 0} packages`);
}

function differences(
  file: string,
  found: PackageSums | undefined,
  reference: PackageSums | undefined,
  referenceFile: string,
  { sums = true } = {},
): string[] {
  if (found === undefined || reference === undefined) return [`${found ? referenceFile : file} cannot be read`];
  const names = [...new Set([...found.keys(), ...reference.keys()])].filter(
    (name) => !found.has(name) || !reference.has(name) || (sums && found.get(name) !== reference.get(name)),
  );
  return names.length === 0 ? [] : [`${file} and ${referenceFile} differ in ${someOf(names)}`];
}

function imageFaults(file: string, images: ReadonlyMap<string, string>, manifest: Fields): readonly string[] {
  const right = new Map(imagesIn(manifest).map((image) => [image.file, image.sha256]));
  const names = [...new Set([...images.keys(), ...right.keys()])].filter(
    (name) => images.get(name) !== right.get(name),
  );
  return names.length === 0 ? [] : [`${file} has another sum of ${someOf(names)}`];
}

/** Secret files have no sum that anybody could compare, and what nobody could look at has none. */
function fileClaim(manifest: Fields, files: ReadonlyMap<string, Measured>): Claim {
  const packed = files.get(FILES)?.content;
  if (packed === undefined) return notClaimed(`the files of the system: there is no ${FILES}`);
  try {
    const records = unpackFiles(packed);
    const there = new Map(records.map((record) => [record.path, record]));
    const added = objectsOf(manifest.files).filter(({ sha256 }) => textOf(sha256) !== '');
    const different = added
      .map((file) => ({ ...file, path: textOf(file.path), sha256: textOf(file.sha256) }))
      .filter((file) => there.get(file.path)?.sha256 !== file.sha256);
    return different.length === 0
      ? verified(`${FILES} has ${records.length} files, and the ${added.length} of components as ${MANIFEST} says`)
      : wrong(`${FILES} and ${MANIFEST} differ in ${someOf(different.map((file) => file.path))}`);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return wrong(`${FILES} is no list of files, or not all of one`);
  }
}
