import { PackageURL } from 'packageurl-js';
import { type Fields, fieldsOf, objectsOf, textOf } from '../files/index.ts';

/** `NAME VERSION ARCHITECTURE` → SHA-256, empty where none is told. */
export type PackageSums = ReadonlyMap<string, string>;

export interface PackageList {
  readonly packages: PackageSums;
  /** Name → SHA-256, where the document tells images. */
  readonly images?: ReadonlyMap<string, string>;
  /** By their addresses (purl), where the document has those. */
  readonly purls?: PackageSums;
}

/** The packages that a manifest, `contents.json`, or a bill of materials has. Undefined where it is no such document. */
export function packagesIn(file: string, document: Fields | undefined): PackageList | undefined {
  if (document === undefined) return undefined;
  if (file.endsWith('.spdx.json')) return ofSpdx(document);
  if (file.endsWith('.cdx.json')) return ofCycloneDx(document);
  return { packages: new Map(objectsOf(document.packages).map((one) => [plainName(one), textOf(one.sha256)])) };
}

const plainName = ({ name, version, architecture }: Fields) =>
  [name, version, architecture].map((part) => textOf(part)).join(' ');

/** Of elements our own writer tells by their identifiers what they are: see `dossier/sbom/spdx.ts`. */
function ofSpdx(document: Fields): PackageList {
  const elements = objectsOf(document.packages).map((one) => ({
    id: textOf(one.SPDXID),
    name: textOf(one.name),
    purl: textOf(objectsOf(one.externalRefs).find(({ referenceType }) => referenceType === 'purl')?.referenceLocator),
    sha256: textOf(objectsOf(one.checksums).find(({ algorithm }) => algorithm === 'SHA256')?.checksumValue),
  }));
  const packages = elements.filter(({ id }) => id.startsWith('SPDXRef-Package-'));
  const images = elements.filter(({ id }) => id.startsWith('SPDXRef-Image-'));
  return listOf(packages, images);
}

function ofCycloneDx(document: Fields): PackageList {
  const read = (list: unknown) =>
    objectsOf(list).map((one) => ({
      id: textOf(one['bom-ref']),
      name: textOf(one.name),
      purl: textOf(one.purl),
      sha256: textOf(objectsOf(one.hashes).find(({ alg }) => alg === 'SHA-256')?.content),
    }));
  const system = fieldsOf(fieldsOf(document.metadata)?.component);
  const packages = read(document.components).filter(({ id, purl }) => id === purl);
  const images = read(system?.components).filter(({ id }) => id.startsWith('image '));
  return listOf(packages, images);
}

interface Element {
  readonly name: string;
  readonly purl: string;
  readonly sha256: string;
}

function listOf(packages: readonly Element[], images: readonly Element[]): PackageList {
  return {
    packages: new Map(packages.map(({ name, purl, sha256 }) => [namedBy(purl) ?? name, sha256])),
    purls: new Map(packages.map(({ purl, sha256 }) => [purl, sha256])),
    images: new Map(images.map(({ name, sha256 }) => [name, sha256])),
  };
}

function namedBy(purl: string): string | undefined {
  try {
    const { name, version, qualifiers } = PackageURL.fromString(purl);
    return [name, version ?? '', qualifiers?.arch ?? ''].join(' ');
  } catch {
    return undefined;
  }
}
