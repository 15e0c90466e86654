import type { Bill, BillFile, BillPackage, BillTool } from './bill.ts';
import { asVulnerabilities } from './vex.ts';

/** The bill as a CycloneDX 1.6 document in JSON. */
export function asCycloneDx(bill: Bill): string {
  const system = 'system';
  const references = new Map(bill.packages.map((one) => [one.name, one.purl ?? one.name]));
  const inside = [
    ...bill.packages.map(packageOf),
    ...bill.loaders.map((loader) => ({
      ...toolOf(loader, 'firmware'),
      'bom-ref': `loader ${loader.purl ?? loader.name}`,
    })),
    ...bill.files.map((file) => ({ 'bom-ref': `file ${file.name}`, ...fileOf(file) })),
  ];
  const document = {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: `urn:uuid:${bill.uuid}`,
    version: 1,
    metadata: {
      timestamp: bill.time,
      tools: { components: bill.tools.map((tool) => toolOf(tool, 'application')) },
      component: {
        type: 'operating-system',
        'bom-ref': system,
        name: bill.name,
        version: bill.uuid,
        components: bill.images.map((image) => ({ 'bom-ref': `image ${image.name}`, ...fileOf(image) })),
      },
    },
    components: inside,
    dependencies: [
      { ref: system, dependsOn: inside.map((component) => component['bom-ref']) },
      ...bill.packages.map(({ name, dependsOn }) => ({
        ref: references.get(name) ?? name,
        dependsOn: dependsOn.map((other) => references.get(other) ?? other),
      })),
    ],
    ...(bill.statements.length > 0 && { vulnerabilities: asVulnerabilities(bill.statements, system) }),
  };
  return `${JSON.stringify(document, null, 1)}\n`;
}

function toolOf({ name, version, purl }: BillTool, type: string) {
  return { type, name, version, ...(purl !== undefined && { purl }) };
}

function packageOf(one: BillPackage) {
  const { supplier, licence, sha256, homepage } = one;
  const contact = supplier.email === undefined ? {} : { contact: [{ name: supplier.name, email: supplier.email }] };
  return {
    'bom-ref': one.purl ?? one.name,
    ...toolOf(one, one.isFirmware ? 'firmware' : 'library'),
    supplier: { name: supplier.name, ...contact },
    ...(licence && { licenses: [{ expression: licence.expression, acknowledgement: 'declared' }] }),
    ...(sha256 !== undefined && { hashes: [hash(sha256)] }),
    ...(homepage !== undefined && { externalReferences: [{ type: 'website', url: homepage }] }),
    properties: [
      { name: 'debian:source', value: one.source },
      { name: 'debian:source-version', value: one.sourceVersion },
    ],
  };
}

function fileOf({ name, sha256, from }: BillFile) {
  return {
    type: 'file',
    name,
    ...(sha256 !== '' && { hashes: [hash(sha256)] }),
    properties: [{ name: 'phyllome:from', value: from }],
  };
}

const hash = (content: string) => ({ alg: 'SHA-256', content });
