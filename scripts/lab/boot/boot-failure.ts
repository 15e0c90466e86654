import type { Diagnostic } from '../../diagnostic/index.ts';
import type { ConsoleFinding } from '../console/scan.ts';
import { type MilestoneId, milestoneTitles } from './milestones.ts';

/** Why a boot did not come to its end. */
export type BootFailureCode =
  | 'boot-broken'
  | 'boot-stalled'
  | 'boot-too-slow'
  | 'boot-to-rescue'
  | 'machine-ended'
  | 'agent-silent';

/** Ends a boot. Not an error of this program and not one of the user's: the run's verdict. */
export class BootFailed extends Error {
  readonly code: BootFailureCode;
  /** More lines on the cause: start jobs that hang, QEMU's last words. */
  readonly details: readonly string[];

  constructor(code: BootFailureCode, message: string, details: readonly string[] = []) {
    super(message);
    this.name = 'BootFailed';
    this.code = code;
    this.details = details;
  }
}

/** Explains a failed boot: the cause, how far it came, the first bad line, the last lines of the console. */
export function describeBootFailure(
  failure: BootFailed,
  seen: {
    readonly lastMilestone: MilestoneId;
    readonly findings: readonly ConsoleFinding[];
    readonly lastLines: readonly string[];
    readonly consoleLog: string;
  },
): Diagnostic {
  const bad = seen.findings[0];
  return {
    code: failure.code,
    severity: 'error',
    message: failure.message,
    hint: [
      `last milestone: ${seen.lastMilestone} (${milestoneTitles[seen.lastMilestone]})`,
      ...(bad ? [`first bad line (${bad.source} line ${bad.lineNumber}): ${bad.line}`, `  ${bad.explanation}`] : []),
      ...failure.details,
      `last lines of the console (${seen.consoleLog}):`,
      ...(seen.lastLines.length === 0 ? ['  (it stayed empty)'] : seen.lastLines.map((line) => `  ${line}`)),
    ].join('\n'),
  };
}
