import type { TestRun } from '../../../scripts/test-run/index.ts';
import type { Named } from './running-faults.ts';

/** What a run said of a fault. */
export interface Row {
  readonly id: string;
  readonly fault: string;
  readonly verdict: string;
  readonly code: string;
  /** The words of the diagnostic that name it; empty when none does. */
  readonly cause: string;
  /** From the start of the test to its report. */
  readonly seconds: number;
}

export function rowOf(run: TestRun, { id, fault, code, cause }: Named): Row {
  const naming = run.diagnostics.find(
    (diagnostic) => diagnostic.code === code && cause.test(`${diagnostic.message}\n${diagnostic.hint ?? ''}`),
  );
  return {
    id,
    fault,
    verdict: run.verdict,
    code: naming?.code ?? '',
    cause: naming === undefined ? '' : wordsFor(naming, cause),
    seconds: Math.round(run.timings.totalMs / 100) / 10,
  };
}

/** The message, and the line behind it that names the cause where the message alone does not. */
function wordsFor({ message, hint = '' }: TestRun['diagnostics'][number], cause: RegExp): string {
  if (cause.test(message)) return message;
  const lines = hint.split('\n');
  // The first line without which the cause would not be named.
  const last = lines.findIndex((_, index) => cause.test([message, ...lines.slice(0, index + 1)].join('\n')));
  return `${message} – ${(lines[last] ?? '').trim()}`;
}

/** For people: a table in Markdown. Faults of one boot share its time. */
export function tableOf(rows: readonly Row[]): string {
  const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ').slice(0, 300);
  return [
    '# Seeded faults, and what the lab said of them',
    '',
    '| fault | verdict | code | named cause | seconds |',
    '| --- | --- | --- | --- | ---: |',
    ...rows.map((row) => `| ${[row.fault, row.verdict, row.code, cell(row.cause), row.seconds].join(' | ')} |`),
    '',
  ].join('\n');
}
