const id = { type: 'string', pattern: '^SPDXRef-[A-Za-z0-9.-]+$' };
const text = { type: 'string', minLength: 1 };

function closed(required: Readonly<Record<string, object>>, optional: Readonly<Record<string, object>> = {}) {
  const properties = { ...required, ...optional };
  return { type: 'object', additionalProperties: false, required: Object.keys(required), properties };
}

const list = (items: object) => ({ type: 'array', items });

/** What SPDX 2.3 says of the parts that we write (clauses 6, 7, 10 and 11), and nothing else besides. */
export const spdxSchema = closed({
  spdxVersion: { const: 'SPDX-2.3' },
  dataLicense: { const: 'CC0-1.0' },
  SPDXID: { const: 'SPDXRef-DOCUMENT' },
  name: text,
  documentNamespace: { type: 'string', format: 'uri', pattern: '^[^#]+$' },
  creationInfo: closed({
    created: { type: 'string', format: 'date-time', pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ$' },
    creators: { ...list({ type: 'string', pattern: '^(Person|Organization|Tool): .+' }), minItems: 1 },
  }),
  documentDescribes: { ...list(id), minItems: 1 },
  packages: list(
    closed(
      {
        SPDXID: id,
        name: text,
        downloadLocation: { const: 'NOASSERTION' },
        filesAnalyzed: { const: false },
        licenseConcluded: text,
        licenseDeclared: text,
        copyrightText: text,
      },
      {
        versionInfo: text,
        supplier: { type: 'string', pattern: '^(Person|Organization): .+' },
        sourceInfo: text,
        homepage: { type: 'string', format: 'uri' },
        checksums: list(
          closed({ algorithm: { const: 'SHA256' }, checksumValue: { type: 'string', pattern: '^[0-9a-f]{64}$' } }),
        ),
        externalRefs: list(
          closed({
            referenceCategory: { const: 'PACKAGE-MANAGER' },
            referenceType: { const: 'purl' },
            referenceLocator: { type: 'string', pattern: '^pkg:deb/debian/[^@/]+@[^@/]+$' },
          }),
        ),
        primaryPackagePurpose: { enum: ['OPERATING_SYSTEM', 'FIRMWARE', 'FILE', 'ARCHIVE'] },
      },
    ),
  ),
  hasExtractedLicensingInfos: list(
    closed({ licenseId: { type: 'string', pattern: '^LicenseRef-[A-Za-z0-9.-]+$' }, name: text, extractedText: text }),
  ),
  relationships: list(
    closed({
      spdxElementId: id,
      relationshipType: { enum: ['DESCRIBES', 'CONTAINS', 'DEPENDS_ON', 'GENERATED_FROM'] },
      relatedSpdxElement: id,
    }),
  ),
});
