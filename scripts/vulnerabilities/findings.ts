import type { Diagnostic } from '../diagnostic/index.ts';
import { isStatedAway, isUnimportant } from './found.ts';
import type { Judgement } from './judge.ts';

/** A judgement as findings: an error for each that has a fix waiting, a warning for other open ones, else a note. */
export function asFindings({ flavour, base, found }: Judgement): readonly Diagnostic[] {
  return found.map((one): Diagnostic => {
    const { id, source, installed, fixed, urgency, packages, state, why, at } = one;
    const what = fixed === undefined ? 'no fix yet' : `mended in ${fixed}`;
    const isSettled = isUnimportant(one) || isStatedAway(one) || state === 'undetermined';
    const severity = isSettled ? 'info' : fixed === undefined ? 'warning' : 'error';
    return {
      code: id,
      severity,
      message: `${flavour} on ${base}: ${source} ${installed} (${packages.join(', ')}) has ${id}, ${urgency}, ${what}`,
      ...(at && { span: { file: at.file, start: start(at.line), end: start(at.line) } }),
      ...(why !== undefined && { hint: `Why it is there: ${why}` }),
    };
  });
}

const start = (line: number) => ({ offset: 0, line, column: 1 });
