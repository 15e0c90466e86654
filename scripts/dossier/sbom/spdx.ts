import type { Bill, BillFile, BillPackage, BillTool, Supplier } from './bill.ts';

const UNKNOWN = 'NOASSERTION';

/** The bill as an SPDX 2.3 document in JSON. */
export function asSpdx(bill: Bill): string {
  const ids = new Ids();
  const system = 'SPDXRef-System';
  const idOf = new Map(bill.packages.map((one) => [one.name, ids.next('Package', one.name)]));
  const loaders = bill.loaders.map((loader) => ({ id: ids.next('Loader', loader.name), loader }));
  const files = bill.files.map((file) => ({ id: ids.next('File', file.name), file }));
  const images = bill.images.map((file) => ({ id: ids.next('Image', file.name), file }));
  const references = new Map(bill.packages.flatMap(({ licence }) => [...(licence?.references ?? [])]));
  const relation = (from: string, relationshipType: string, to: string) => ({
    spdxElementId: from,
    relationshipType,
    relatedSpdxElement: to,
  });
  const document = {
    spdxVersion: 'SPDX-2.3',
    dataLicense: 'CC0-1.0',
    SPDXID: 'SPDXRef-DOCUMENT',
    name: bill.name,
    documentNamespace: `https://phyllo.me/spdx/${bill.name}-${bill.uuid}`,
    creationInfo: {
      created: bill.time,
      creators: bill.tools.map(({ name, version }) => `Tool: ${name}-${version}`),
    },
    documentDescribes: [system],
    packages: [
      { ...bare(system, bill.name), versionInfo: bill.uuid, primaryPackagePurpose: 'OPERATING_SYSTEM' },
      ...bill.packages.map((one) => packageOf(idOf.get(one.name) ?? '', one)),
      ...loaders.map(({ id, loader }) => toolOf(id, loader)),
      ...files.map(({ id, file }) => fileOf(id, file, 'FILE')),
      ...images.map(({ id, file }) => fileOf(id, file, 'ARCHIVE')),
    ],
    hasExtractedLicensingInfos: [...references]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([licenseId, name]) => ({
        licenseId,
        name,
        extractedText: `“${name}” in the copyright files of Debian's packages, /usr/share/doc/PACKAGE/copyright, which have its text.`,
      })),
    relationships: [
      relation('SPDXRef-DOCUMENT', 'DESCRIBES', system),
      ...[...idOf.values()].map((id) => relation(system, 'CONTAINS', id)),
      ...[...loaders, ...files].map(({ id }) => relation(system, 'CONTAINS', id)),
      ...images.map(({ id }) => relation(id, 'GENERATED_FROM', system)),
      ...bill.packages.flatMap(({ name, dependsOn }) =>
        dependsOn.map((other) => relation(idOf.get(name) ?? '', 'DEPENDS_ON', idOf.get(other) ?? '')),
      ),
    ],
  };
  return `${JSON.stringify(document, null, 1)}\n`;
}

function bare(id: string, name: string) {
  return {
    SPDXID: id,
    name,
    downloadLocation: UNKNOWN,
    filesAnalyzed: false,
    licenseConcluded: UNKNOWN,
    licenseDeclared: UNKNOWN,
    copyrightText: UNKNOWN,
  };
}

function toolOf(id: string, { name, version, purl }: BillTool) {
  const reference = { referenceCategory: 'PACKAGE-MANAGER', referenceType: 'purl', referenceLocator: purl };
  return { ...bare(id, name), versionInfo: version, ...(purl !== undefined && { externalRefs: [reference] }) };
}

function packageOf(id: string, one: BillPackage) {
  return {
    ...toolOf(id, one),
    licenseDeclared: one.licence?.expression ?? UNKNOWN,
    supplier: supplierOf(one.supplier),
    sourceInfo: `built from source package ${one.source} ${one.sourceVersion}`,
    ...(one.homepage !== undefined && { homepage: one.homepage }),
    ...(one.sha256 !== undefined && { checksums: [checksum(one.sha256)] }),
    ...(one.isFirmware && { primaryPackagePurpose: 'FIRMWARE' }),
  };
}

/** SPDX 2.3 wants a SHA-1 of what it calls a file, which nobody should need; a package may be one file. */
function fileOf(id: string, { name, sha256, from }: BillFile, primaryPackagePurpose: 'FILE' | 'ARCHIVE') {
  return {
    ...bare(id, name),
    sourceInfo: from,
    ...(sha256 !== '' && { checksums: [checksum(sha256)] }),
    primaryPackagePurpose,
  };
}

const checksum = (checksumValue: string) => ({ algorithm: 'SHA256', checksumValue });

/** Many people together are an organisation. */
function supplierOf({ name, email }: Supplier): string {
  const kind = /\b(?:maintainers?|team|group|developers|project|packag\w+)\b/i.test(name) ? 'Organization' : 'Person';
  return `${kind}: ${name}${email === undefined ? '' : ` (${email})`}`;
}

/** Identifiers of elements: letters, digits, dots and dashes, no two alike. */
class Ids {
  readonly #given = new Set<string>();

  next(kind: string, name: string): string {
    const plain = `SPDXRef-${kind}-${name.replace(/[^A-Za-z0-9.]+/g, '-').replace(/^-/, '')}`;
    let id = plain;
    for (let number = 2; this.#given.has(id); number++) id = `${plain}-${number}`;
    this.#given.add(id);
    return id;
  }
}
