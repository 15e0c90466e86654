import type { Diagnostic } from '../../../diagnostic/index.ts';
import { fillGroups } from '../signatures/signature.ts';
import type { EvidenceSource } from './evidence.ts';
import { type Cause, findCause } from './find-cause.ts';
import { type GivenKickstart, kickstartPlace } from './kickstart-place.ts';
import { rankLines } from './rank-lines.ts';
import { anacondaVersion } from './script-line.ts';

export interface FailureContext {
  readonly evidence: readonly EvidenceSource[];
  /** How the program ended, or why it was stopped: "livemedia-creator exited with status 1". */
  readonly ending: string;
  readonly kickstart: GivenKickstart;
}

/** Lines shown around the one that names the cause; ten in all. */
const before = 6;
const after = 3;

/** What a failed build is told as: the cause, its place, ten lines around it and what to do. */
export function explainBuildFailure(context: FailureContext): Diagnostic {
  const cause = findCause(context.evidence);
  return cause === undefined ? unknownFailure(context) : knownFailure(cause, context);
}

function knownFailure(cause: Cause, context: FailureContext): Diagnostic {
  const { signature, match, source, told } = cause;
  const span = kickstartPlace(cause, context.kickstart, anacondaVersion(context.evidence));
  return {
    code: `livemedia-${signature.id}`,
    severity: 'error',
    message: fillGroups(signature.cause, match),
    ...(span && { span }),
    hint: [
      fillGroups(signature.advice, match),
      ...(signature.hasScriptLine === true ? scriptOutput(context.evidence) : []),
      `${context.ending}; in ${source.name}:`,
      ...source.lines.slice(Math.max(0, told - before), told + after + 1).map((line) => `  ${line}`),
    ].join('\n'),
  };
}

/** The last lines of the script's own log, where Anaconda kept one. */
function scriptOutput(evidence: readonly EvidenceSource[]): string[] {
  const log = evidence.findLast(({ name }) => name.startsWith('ks-script-'));
  const lines = log?.lines.filter((line) => line.trim() !== '').slice(-10) ?? [];
  return log === undefined || lines.length === 0 ? [] : [`in ${log.name}:`, ...lines.map((line) => `  ${line}`)];
}

function unknownFailure(context: FailureContext): Diagnostic {
  const ranked = rankLines(context.evidence, 10);
  return {
    code: 'livemedia-unknown-failure',
    severity: 'error',
    message: `${context.ending}, for a reason that this program does not know`,
    hint: ['The lines that most likely tell:', ...ranked.map(({ source, line }) => `  ${source}: ${line}`)].join('\n'),
  };
}
