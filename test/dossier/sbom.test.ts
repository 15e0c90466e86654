import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { expect, test } from 'vitest';
import { run as sbom } from '../../scripts/commands/sbom.ts';
import type { BillFormatId } from '../../scripts/dossier/index.ts';
import { declaredLicence } from '../../scripts/dossier/sbom/licences.ts';
import { recordingContext } from '../commands/recording-context.ts';
import { buildDirectory, type SampleChange } from './build-sample.ts';
import { cycloneDxValidator } from './cyclonedx-schema.ts';
import { usual } from './facts-sample.ts';
import { spdxSchema } from './spdx-schema.ts';

function written(format: BillFormatId, change?: SampleChange): string {
  const { context, output } = recordingContext();
  sbom({ image: buildDirectory(change), format }, context);
  return output();
}

interface CycloneDx {
  readonly components: readonly Readonly<Record<string, unknown>>[];
  readonly metadata: { readonly tools: { readonly components: readonly { readonly name: string }[] } };
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
}

test('the CycloneDX document is one by its published schema, and the schema would tell', () => {
  const validate = cycloneDxValidator();
  const document = JSON.parse(written('cyclonedx')) as CycloneDx;
  validate(document);
  expect(validate.errors ?? []).toEqual([]);
  expect(validate({ ...document, components: [{ type: 'package', name: 'x' }] })).toBe(false);
});

test('CycloneDX: a package has its licence, checksum, supplier and what it depends on; our files their place', () => {
  const { components, metadata, dependencies } = JSON.parse(written('cyclonedx')) as CycloneDx;
  const byName = (name: string) => components.find((one) => one.name === name);
  const bash = 'pkg:deb/debian/bash@5.2.37-2+b5?arch=amd64&distro=debian-13';
  expect(byName('bash')).toEqual({
    'bom-ref': bash,
    type: 'library',
    name: 'bash',
    version: '5.2.37-2+b5',
    purl: bash,
    supplier: { name: 'Matthias Klose', contact: [{ name: 'Matthias Klose', email: 'doko@debian.org' }] },
    licenses: [
      {
        expression: 'GFDL-1.3-no-invariants-only AND GPL-3.0-or-later',
        acknowledgement: 'declared',
      },
    ],
    hashes: [{ alg: 'SHA-256', content: '1'.repeat(64) }],
    externalReferences: [{ type: 'website', url: 'http://tiswww.case.edu/php/chet/bash/bashtop.html' }],
    properties: [
      { name: 'debian:source', value: 'bash' },
      { name: 'debian:source-version', value: '5.2.37-2' },
    ],
  });
  // Nobody guesses: neither a licence out of a text for people, nor a checksum that no lock names.
  expect(byName('libc6')).not.toHaveProperty('licenses');
  expect(byName('libc6')).not.toHaveProperty('hashes');
  expect(byName('/etc/motd')).toMatchObject({
    type: 'file',
    hashes: [{ content: 'b'.repeat(64) }],
    properties: [{ name: 'phyllome:from', value: 'component net: overlays/net/rootfs/etc/motd' }],
  });
  expect(byName('seabios')).toMatchObject({ type: 'firmware' });
  expect(byName('small.ks')).toMatchObject({ type: 'file' });
  expect(metadata.tools.components.map(({ name }) => name)).toEqual(['phyllome', 'node', 'grub-common']);
  const needs = dependencies.find(({ ref }) => ref.includes('iputils-ping'))?.dependsOn;
  expect(needs).toEqual(['pkg:deb/debian/libc6@2.41-12?arch=amd64&distro=debian-13']);
});

interface Spdx {
  readonly packages: readonly (Readonly<Record<string, unknown>> & {
    readonly SPDXID: string;
    readonly name: string;
  })[];
  readonly relationships: readonly { readonly spdxElementId: string; readonly relatedSpdxElement: string }[];
  readonly hasExtractedLicensingInfos: readonly { readonly licenseId: string }[];
}

test('the SPDX document has what the specification asks for, and names nothing that is not in it', () => {
  const ajv = new Ajv({ allErrors: true });
  formats.default(ajv, ['date-time', 'uri']);
  const validate = ajv.compile(spdxSchema);
  const text = written('spdx', { facts: { group: usual.group } });
  const document = JSON.parse(text) as Spdx;
  validate(document);
  expect(validate.errors ?? []).toEqual([]);
  const ids = ['SPDXRef-DOCUMENT', ...document.packages.map(({ SPDXID }) => SPDXID)];
  expect(new Set(ids).size).toBe(ids.length);
  for (const { spdxElementId, relatedSpdxElement } of document.relationships) {
    expect(ids).toContain(spdxElementId);
    expect(ids).toContain(relatedSpdxElement);
  }
  const mentioned = new Set(text.match(/LicenseRef-[A-Za-z0-9.-]+/g));
  expect([...mentioned].sort()).toEqual(document.hasExtractedLicensingInfos.map(({ licenseId }) => licenseId));
  const named = (name: string) => document.packages.find((one) => one.name === name);
  expect(named('iputils-ping')).toMatchObject({
    supplier: 'Person: Noah Meyerhans (noahm@debian.org)',
    licenseDeclared: 'NOASSERTION',
    checksums: [{ algorithm: 'SHA256', checksumValue: '3'.repeat(64) }],
    sourceInfo: 'built from source package iputils 3:20240905-3',
  });
  expect(named('libc6')).toMatchObject({
    supplier: 'Organization: GNU Libc Maintainers (debian-glibc@lists.debian.org)',
  });
});

test.each(['spdx', 'cyclonedx'] as const)(
  'the same image has the same %s document, another one has another',
  (format) => {
    const time = (text: string) => text.replace(/"(?:created|timestamp)": "[^"]*"/, '');
    expect(time(written(format))).toBe(time(written(format)));
    const other = written(format, { manifest: { inputHash: 'fedcba9876543210' } });
    expect(time(other)).not.toBe(time(written(format)));
  },
);

test('an image of which nothing is known, or that is none, has no document', () => {
  const { context } = recordingContext();
  const ask = (image: string) => () => sbom({ image, format: 'spdx' }, context);
  expect(ask(buildDirectory({ withoutDossier: true }))).toThrow(/its build did not note what is in the image/);
  expect(ask('nano')).toThrow(/nano has not been built/);
  expect(ask('nanoo')).toThrow(/nanoo/);
  expect(ask('/nowhere/out')).toThrow(/has not been built/);
});

test.each([
  [['GPL-2+'], 'GPL-2.0-or-later'],
  [['GPL-2', 'Expat'], 'GPL-2.0-only AND MIT'],
  [['LGPL-2.1+'], 'LGPL-2.1-or-later'],
  [['LGPL-2.0+'], 'LGPL-2.0-or-later'],
  [['AGPL-3'], 'AGPL-3.0-only'],
  [['BSD-3-clause'], 'BSD-3-Clause'],
  [['MPL-1.1+'], 'MPL-1.1+'],
  [['GPL-2 or Expat and ISC'], 'GPL-2.0-only OR (MIT AND ISC)'],
  [['Artistic or GPL-1+'], 'Artistic-1.0 OR GPL-1.0-or-later'],
  [['GPL-2+ or AFL-2.1, and Expat'], '(GPL-2.0-or-later OR AFL-2.1) AND MIT'],
  [['Expat', 'LGPL-3+ or GPL-2+'], '(LGPL-3.0-or-later OR GPL-2.0-or-later) AND MIT'],
  [['GPL-3+ with Bison exception'], 'GPL-3.0-or-later WITH Bison-exception-2.2'],
  [['GPL-2+ with Autoconf exception'], 'GPL-2.0-or-later WITH Autoconf-exception-2.0'],
  [['GPL-2 with Linux-syscall-note exception'], 'GPL-2.0-only WITH Linux-syscall-note'],
  [['GPL-2+ with OpenSSL exception'], 'LicenseRef-Debian-GPL-2-or-later-with-OpenSSL-exception'],
  [['public-domain'], 'LicenseRef-Debian-public-domain'],
])('%j in Debian’s words is %s in SPDX’s', (names, expression) => {
  expect(declaredLicence(names)?.expression).toBe(expression);
});

test('a licence that SPDX does not list keeps its name', () => {
  expect([...(declaredLicence(['MIT/X11 and public-domain'])?.references ?? [])]).toEqual([
    ['LicenseRef-Debian-MIT-X11', 'MIT/X11'],
    ['LicenseRef-Debian-public-domain', 'public-domain'],
  ]);
  expect(declaredLicence([])).toBeUndefined();
});
