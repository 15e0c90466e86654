import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { printable } from 'kickstart-parser/report';
import { makeDirectory } from '../../files/index.ts';
import type { LeftOut, MachineOutcome } from '../../test-run/index.ts';

/** What playing scenarios came to. */
export interface ScenariosResult {
  readonly outcomes: readonly MachineOutcome[];
  readonly leftOut: readonly LeftOut[];
}

/** Writes `scenarios.json`: each machine with its verdict and the directory of its report. */
export async function writeScenarios(result: ScenariosResult, directory: string): Promise<void> {
  const machines = result.outcomes.map((outcome) => {
    const { id, scenarios } = outcome.machine;
    if ('stopped' in outcome) return { id, scenarios, verdict: 'not-run' };
    const { verdict, reusedFrom, checks } = outcome.run;
    const reusedChecks = checks.flatMap((check) => (check.reusedFrom === undefined ? [] : [check.id]));
    return { id, scenarios, verdict, report: outcome.runDir, reusedChecks, ...(reusedFrom && { reusedFrom }) };
  });
  makeDirectory(directory);
  const content = { schema: 1, machines, leftOut: result.leftOut };
  await writeFile(path.join(directory, 'scenarios.json'), `${printable(JSON.stringify(content, null, 2))}\n`);
}

/** A line for each machine, one for each scenario left out, and a count. */
export function summarizeScenarios({ outcomes, leftOut }: ScenariosResult): string[] {
  const width = Math.max(0, ...outcomes.map(({ machine }) => machine.id.length));
  const lines = outcomes.map((outcome) => {
    const name = `${outcome.machine.id.padEnd(width)}  ${outcome.machine.scenarios.join(', ')}`;
    if ('stopped' in outcome) return `  not run ${name}`;
    const { verdict, reusedFrom, checks, timings } = outcome.run;
    const mark = verdict === 'passed' ? 'ok' : 'FAILED';
    const of = (test: (check: (typeof checks)[number]) => boolean) => checks.filter(test).length;
    const remarks = [
      `${of(({ status }) => status === 'passed')} of ${checks.length} checks passed`,
      ...count(
        of(({ status }) => status === 'skipped'),
        'skipped',
      ),
      ...count(
        of(({ quarantine }) => quarantine !== undefined),
        'in quarantine',
      ),
      ...count(
        of((check) => check.reusedFrom !== undefined && reusedFrom === undefined),
        'reused',
      ),
      reusedFrom === undefined ? `${(timings.totalMs / 1000).toFixed(0)} s` : `reused from ${reusedFrom.slice(0, 19)}`,
    ];
    return `  ${mark.padEnd(7)} ${name}: ${remarks.join(', ')}`;
  });
  const failed = outcomes.filter((outcome) => 'run' in outcome && outcome.run.verdict === 'failed').length;
  const notRun = outcomes.filter((outcome) => 'stopped' in outcome).length;
  return [
    ...lines,
    ...leftOut.map(({ scenario, reason }) => `  left out ${scenario}: ${reason}`),
    [
      `${outcomes.length - failed - notRun} of ${outcomes.length} machines passed`,
      ...count(failed, 'failed'),
      ...count(notRun, 'not run'),
    ].join(', '),
  ];
}

const count = (number: number, what: string): string[] => (number === 0 ? [] : [`${number} ${what}`]);
