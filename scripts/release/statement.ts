import type { Sum } from './sums.ts';

/** Statements about what was published, in in-toto's words. https://github.com/in-toto/attestation/blob/main/spec/v1 */
export const STATEMENT = 'https://in-toto.io/Statement/v1';
export const PROVENANCE = 'https://slsa.dev/provenance/v1';
export const TEST_RESULT = 'https://in-toto.io/attestation/test-result/v0.1';
/** Of the envelopes that statements are signed in. */
export const PAYLOAD = 'application/vnd.in-toto+json';

/** What a build says of itself, before anybody signs it. */
export const PROVENANCE_FILE = 'provenance.json';
/** An envelope each line: what was built how, and each test of it. */
export const ATTESTATIONS = 'attestations.intoto.jsonl';

export interface Resource {
  readonly name?: string;
  readonly uri?: string;
  readonly digest?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, unknown>>;
}

export interface Statement {
  readonly _type: typeof STATEMENT;
  readonly subject: readonly Resource[];
  readonly predicateType: string;
  readonly predicate: Readonly<Record<string, unknown>>;
}

export function statementOf(
  subject: readonly Sum[],
  predicateType: string,
  predicate: Statement['predicate'],
): Statement {
  return {
    _type: STATEMENT,
    subject: subject.map(({ file, sha256 }) => ({ name: file, digest: { sha256 } })),
    predicateType,
    predicate,
  };
}
