import { createHash } from 'node:crypto';
import type { Bill, BillStatement } from './bill.ts';

/**
 * What is stated about vulnerabilities as an OpenVEX 0.2.0 document, and undefined where nothing is: the format has no empty one.
 * No clock is in it: its time is that of the newest package.
 */
export function asOpenVex({ statements, uuid, time, tools }: Bill): string | undefined {
  if (statements.length === 0) return undefined;
  const [maker] = tools;
  const said = statements.map(({ id, status, justification, reason, until, packages }) => ({
    vulnerability: { name: id },
    products: [
      {
        '@id': `urn:uuid:${uuid}`,
        ...(packages.length > 0 && {
          subcomponents: packages.map(({ purl, name }) => ({ '@id': purl ?? `urn:package:${name}` })),
        }),
      },
    ],
    status,
    ...(justification !== undefined && { justification }),
    // Of what is affected the format wants to know what is to be done.
    ...(status === 'affected' && { action_statement: reason }),
    status_notes: `${reason} (counts until ${until})`,
  }));
  const hash = createHash('sha256').update(JSON.stringify(said)).digest('hex').slice(0, 16);
  const document = {
    '@context': 'https://openvex.dev/ns/v0.2.0',
    '@id': `urn:uuid:${uuid}#vex-${hash}`,
    author: 'Phyllome OS',
    role: 'maker of the image',
    timestamp: time,
    version: 1,
    tooling: `${maker?.name ?? 'phyllome'} ${maker?.version ?? ''}`.trim(),
    statements: said,
  };
  return `${JSON.stringify(document, null, 1)}\n`;
}

const STATES = {
  not_affected: 'not_affected',
  affected: 'exploitable',
  fixed: 'resolved',
  under_investigation: 'in_triage',
} as const satisfies Readonly<Record<BillStatement['status'], string>>;

/** CycloneDX's own words; OpenVEX's stand in the detail. */
const JUSTIFICATIONS = {
  component_not_present: 'code_not_present',
  vulnerable_code_not_present: 'code_not_present',
  vulnerable_code_not_in_execute_path: 'code_not_reachable',
  vulnerable_code_cannot_be_controlled_by_adversary: 'requires_environment',
  inline_mitigations_already_exist: 'protected_by_mitigating_control',
} as const satisfies Readonly<Record<NonNullable<BillStatement['justification']>, string>>;

/** The same as CycloneDX's `vulnerabilities`. `system`: the reference of the whole, for what no package of the bill is. */
export function asVulnerabilities(statements: readonly BillStatement[], system: string) {
  return statements.map(({ id, package: about, status, justification, reason, until, packages }) => ({
    'bom-ref': `vulnerability ${id} ${about}`,
    id,
    analysis: {
      state: STATES[status],
      ...(justification !== undefined && { justification: JUSTIFICATIONS[justification] }),
      detail: `${justification === undefined ? '' : `${justification}: `}${reason} (counts until ${until})`,
    },
    affects: packages.length > 0 ? packages.map(({ purl, name }) => ({ ref: purl ?? name })) : [{ ref: system }],
  }));
}
