import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { expect, test, vi } from 'vitest';
import { billFiles, billOf, readBuiltSide } from '../../scripts/dossier/index.ts';
import type { PlacedStatement } from '../../scripts/render/index.ts';
import { buildDirectory } from './build-sample.ts';
import { cycloneDxValidator } from './cyclonedx-schema.ts';
import { openVexSchema } from './openvex-schema.ts';

const statement = (more: Partial<PlacedStatement> = {}): PlacedStatement => ({
  id: 'CVE-2026-0001',
  package: 'glibc',
  status: 'not_affected',
  justification: 'vulnerable_code_not_in_execute_path',
  reason: 'nobody calls it',
  until: '2999-01-31',
  file: 'overlays/net/component.yaml',
  line: 9,
  ...more,
});

const { justification: _, ...without } = statement();
const all = [
  statement(),
  { ...without, id: 'CVE-2026-0002', status: 'affected', reason: 'switch it off' } as const,
  { ...without, id: 'CVE-2026-0003', status: 'fixed', package: 'bash' } as const,
  { ...without, id: 'CVE-2026-0004', status: 'under_investigation', package: 'nowhere' } as const,
];

function written(vulnerabilities: readonly PlacedStatement[]): ReadonlyMap<string, string> {
  return writtenOf(buildDirectory({ manifest: { vulnerabilities } }));
}

function writtenOf(directory: string): ReadonlyMap<string, string> {
  const { manifest, dossier } = readBuiltSide(directory);
  if (dossier === undefined) throw new Error('the sample has a dossier');
  return billFiles(billOf(manifest, dossier, undefined), 'small');
}

interface Vex {
  readonly statements: readonly { readonly status: string; readonly products: readonly object[] }[];
}

function valid(text: string): Vex {
  const ajv = new Ajv({ allErrors: true, strict: false });
  formats.default(ajv, ['date-time', 'uri']);
  const validate = ajv.compile(openVexSchema);
  const document = JSON.parse(text) as Vex;
  validate(document);
  expect(validate.errors ?? []).toEqual([]);
  // The schema would tell.
  expect(validate({ ...document, statements: [] })).toBe(false);
  return document;
}

test('the OpenVEX document has what the specification asks for; its packages are those of the bill', () => {
  const files = written(all);
  const { statements } = valid(files.get('small.openvex.json') ?? '');
  expect(statements.map(({ status }) => status)).toEqual(all.map(({ status }) => status));
  expect(statements[0]).toMatchObject({
    vulnerability: { name: 'CVE-2026-0001' },
    justification: 'vulnerable_code_not_in_execute_path',
    status_notes: 'nobody calls it (counts until 2999-01-31)',
    products: [{ subcomponents: [{ '@id': 'pkg:deb/debian/libc6@2.41-12?arch=amd64&distro=debian-13' }] }],
  });
  expect(statements[1]).toMatchObject({ action_statement: 'switch it off' });
  expect(statements[3]?.products).toEqual([{ '@id': expect.stringMatching(/^urn:uuid:/) as string }]);
});

test('the CycloneDX document has the same as its own analyses, and is one by its published schema', () => {
  const text = written(all).get('small.cdx.json') ?? '';
  const validate = cycloneDxValidator();
  const document = JSON.parse(text) as { readonly vulnerabilities: readonly object[] };
  validate(document);
  expect(validate.errors ?? []).toEqual([]);
  expect(validate({ ...document, vulnerabilities: [{ analysis: { state: 'harmless' } }] })).toBe(false);
  expect(document.vulnerabilities[0]).toEqual({
    'bom-ref': 'vulnerability CVE-2026-0001 glibc',
    id: 'CVE-2026-0001',
    analysis: {
      state: 'not_affected',
      justification: 'code_not_reachable',
      detail: 'vulnerable_code_not_in_execute_path: nobody calls it (counts until 2999-01-31)',
    },
    affects: [{ ref: 'pkg:deb/debian/libc6@2.41-12?arch=amd64&distro=debian-13' }],
  });
  expect(document.vulnerabilities.map((one) => (one as { analysis: { state: string } }).analysis.state)).toEqual([
    'not_affected',
    'exploitable',
    'resolved',
    'in_triage',
  ]);
});

test('where nothing is stated, or nothing that counted when the newest package was made, there is no such document', () => {
  for (const files of [written([]), written([statement({ until: '2000-01-01' })])]) {
    expect([...files.keys()]).toEqual(['small.spdx.json', 'small.cdx.json']);
    expect(files.get('small.cdx.json')).not.toContain('vulnerabilities');
  }
});

test('they are the same on another day', () => {
  const directory = buildDirectory({ manifest: { vulnerabilities: all } });
  const today = writtenOf(directory);
  vi.useFakeTimers({ now: new Date('2999-12-31') });
  try {
    expect(writtenOf(directory)).toEqual(today);
  } finally {
    vi.useRealTimers();
  }
});
