import { signatures } from '../signatures/index.ts';
import type { Signature } from '../signatures/signature.ts';
import type { EvidenceSource } from './evidence.ts';

export interface Cause {
  readonly signature: Signature;
  readonly match: RegExpExecArray;
  readonly source: EvidenceSource;
  /** Index of the line in `source.lines`. */
  readonly index: number;
}

/** The first line that names a cause, searching the sources in their order; else the first that is a known symptom. */
export function findCause(
  evidence: readonly EvidenceSource[],
  known: readonly Signature[] = signatures,
): Cause | undefined {
  const causes = known.filter((signature) => signature.isSymptom !== true);
  const symptoms = known.filter((signature) => signature.isSymptom === true);
  return search(evidence, causes) ?? search(evidence, symptoms);
}

/** Patterns look for their words from each character on: a line without end (a progress bar) would take minutes. */
const MOST_CHARACTERS = 2000;

function search(evidence: readonly EvidenceSource[], wanted: readonly Signature[]): Cause | undefined {
  for (const source of evidence) {
    for (const [index, line] of source.lines.entries()) {
      for (const signature of wanted) {
        const match = signature.pattern.exec(line.slice(0, MOST_CHARACTERS));
        if (match) return { signature, match, source, index };
      }
    }
  }
  return undefined;
}
