import type { CheckResult } from '../checks/index.ts';
import type { Diagnostic } from '../diagnostic/index.ts';
import { type BootFailed, describeBootFailure } from './boot/boot-failure.ts';
import type { LabRun } from './boot/lab-run.ts';
import type { ConsoleFinding } from './console/scan.ts';

/** Everything that makes a run fail, the boot first. Empty for a good run. */
export function diagnose(seen: {
  readonly failure?: BootFailed;
  readonly results: readonly CheckResult[];
  readonly findings: readonly ConsoleFinding[];
  readonly run: Pick<LabRun, 'milestones' | 'lastLines'>;
  readonly consoleLog: string;
}): Diagnostic[] {
  const boot =
    seen.failure === undefined
      ? []
      : [
          describeBootFailure(seen.failure, {
            lastMilestone: seen.run.milestones.last,
            findings: seen.findings,
            lastLines: seen.run.lastLines,
            consoleLog: seen.consoleLog,
          }),
        ];
  return [...boot, ...seen.results.flatMap(ofCheck), ...seen.findings.map(ofFinding)];
}

function ofCheck(result: CheckResult): Diagnostic[] {
  if (result.status === 'passed' || result.status === 'skipped') return [];
  return [
    {
      code: `check-${result.id}`,
      severity: 'error',
      message: `${result.id}: ${result.summary}`,
      hint: [result.proves, ...result.evidence.map((line) => `  ${line}`)].join('\n'),
    },
  ];
}

function ofFinding(finding: ConsoleFinding): Diagnostic {
  return {
    code: `console-${finding.pattern}`,
    severity: 'error',
    message: `${finding.source} line ${finding.lineNumber}: ${finding.line}`,
    hint: finding.explanation,
  };
}
