import { printable } from 'kickstart-parser/report';
import { milestoneTitles } from '../../lab/index.ts';
import { nameOf, type TestRun } from '../../test-run/index.ts';
import { cell, row } from './markdown-table.ts';
import { answerWords, seconds } from './words.ts';

const marks = { passed: '✅', failed: '❌', skipped: '⏭️', error: '❌' } as const;

/** Runs as Markdown, for the summary of a job or a comment: a line for each, then what speaks against those that failed. */
export function markdownSummary(runs: readonly TestRun[]): string {
  const rows = runs.map((run) => {
    const { topology, verdict, timings, checks, accelerator } = run;
    const count = (status: string) => checks.filter((check) => check.status === status).length;
    const skipped = count('skipped') === 0 ? '' : `, ${count('skipped')} not asked`;
    return row([
      `${marks[verdict]} ${cell(nameOf(run))}`,
      cell(topology.name === 'default' ? topology.firmware : `${topology.name}, ${topology.firmware}`),
      `${count('passed')} of ${checks.length} checks passed${skipped}`,
      seconds(timings.verdictMs),
      accelerator.chosen,
    ]);
  });
  const failed = runs.filter(({ verdict }) => verdict === 'failed');
  const lines = [
    row(['Image', 'Machine', 'Verdict', 'After', 'By']),
    row(['---', '---', '---', '---', '---']),
    ...rows,
    ...failed.flatMap(trouble),
  ];
  return printable(`${lines.join('\n')}\n`);
}

function trouble(run: TestRun): string[] {
  const last = run.milestones.at(-1);
  const unwell = run.checks.filter(({ status, quarantine }) => status !== 'passed' && quarantine === undefined);
  return [
    '',
    `**${cell(nameOf(run))} on ${cell(run.topology.name)}**${last === undefined ? '' : `, last milestone: ${milestoneTitles[last.id]}`}`,
    '',
    ...run.diagnostics.map(
      ({ code, message, hint }) => `- \`${code}\`: ${cell(message)}${hint === undefined ? '' : `<br>${cell(hint)}`}`,
    ),
    ...(unwell.length === 0 ? [] : ['', row(['Check', 'Answer']), row(['---', '---'])]),
    ...unwell.map((check) => row([`${marks[check.status]} ${cell(check.id)}`, cell(answerWords(check))])),
  ];
}
