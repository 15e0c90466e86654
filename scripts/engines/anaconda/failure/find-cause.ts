import { signatures } from '../signatures/index.ts';
import type { Signature } from '../signatures/signature.ts';
import type { EvidenceSource } from './evidence.ts';
import { endOfTraceback, paragraphBelow } from './problem-below.ts';

export interface Cause {
  readonly signature: Signature;
  readonly match: RegExpExecArray;
  readonly source: EvidenceSource;
  /** Index of the line in `source.lines`. */
  readonly index: number;
  /** Index of the line that says most: the end of a traceback, else `index`. */
  readonly told: number;
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
        const cause = match && causeAt(signature, match, source, index);
        if (cause) return cause;
      }
    }
  }
  return undefined;
}

/** Undefined where what is said below the line is not what the signature wants there. */
function causeAt(
  signature: Signature,
  match: RegExpExecArray,
  source: EvidenceSource,
  index: number,
): Cause | undefined {
  const { problemBelow, isTraceback } = signature;
  if (problemBelow === undefined && isTraceback === undefined) return { signature, match, source, index, told: index };
  const { text: problem, end } = (isTraceback ? endOfTraceback : paragraphBelow)(source.lines, index);
  if (problemBelow instanceof RegExp && !problemBelow.test(problem)) return undefined;
  const told = isTraceback ? end : index;
  return { signature, match: Object.assign(match, { groups: { ...match.groups, problem } }), source, index, told };
}
