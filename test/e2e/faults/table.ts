import type { TestRun } from '../../../scripts/lab/index.ts';
import type { Named } from './running-faults.ts';

/** What a run said of a fault. */
export interface Row {
  readonly id: string;
  readonly fault: string;
  readonly verdict: string;
  readonly code: string;
  /** The message of the diagnostic that names it; empty when none does. */
  readonly cause: string;
  /** From the start of the test to its report. */
  readonly seconds: number;
}

export function rowOf(run: TestRun, { id, fault, code, cause }: Named): Row {
  const naming = run.diagnostics.find(
    (diagnostic) => isCode(diagnostic.code, code) && cause.test(`${diagnostic.message}\n${diagnostic.hint ?? ''}`),
  );
  return {
    ...{ id, fault, verdict: run.verdict },
    code: naming?.code ?? '',
    cause: naming?.message ?? '',
    seconds: Math.round(run.timings.totalMs / 100) / 10,
  };
}

export const isCode = (actual: string, wanted: Named['code']): boolean =>
  typeof wanted === 'string' ? actual === wanted : wanted.test(actual);

/** For people: a table in Markdown. Faults of one boot share its time. */
export function tableOf(rows: readonly Row[]): string {
  const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ').slice(0, 160);
  return [
    '# Seeded faults, and what the lab said of them',
    '',
    '| fault | verdict | code | named cause | seconds |',
    '| --- | --- | --- | --- | ---: |',
    ...rows.map((row) => `| ${[row.fault, row.verdict, row.code, cell(row.cause), row.seconds].join(' | ')} |`),
    '',
  ].join('\n');
}
