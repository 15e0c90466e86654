import { formatGithub } from 'kickstart-parser';
import type { Diagnostic } from '../../diagnostic/index.ts';
import type { TestRun } from '../../test-run/index.ts';
import { junitXml } from './junit.ts';
import { markdownSummary } from './markdown.ts';
import { tapText } from './tap.ts';

/** How a test is told to programs; `pretty` is for people. */
export const testFormats = ['pretty', 'tap', 'junit', 'github', 'markdown', 'json'] as const;
export type TestFormat = (typeof testFormats)[number];

/** The runs in one document. `stopped`: what ended the work before all that was asked for was tested. */
export function formatTestRuns(
  format: Exclude<TestFormat, 'pretty'>,
  runs: readonly TestRun[],
  stopped: readonly Diagnostic[] = [],
): string {
  switch (format) {
    case 'tap':
      return tapText(runs, stopped.length === 0 ? undefined : stopped.map(({ message }) => message).join('; '));
    case 'junit':
      return junitXml(...runs);
    case 'github':
      return formatGithub([
        ...runs.flatMap(({ verdict, diagnostics }) => (verdict === 'failed' ? diagnostics : [])),
        ...stopped,
      ]);
    case 'markdown':
      return markdownSummary(runs);
    case 'json':
      return `${JSON.stringify(runs, null, 2)}\n`;
  }
}
