import { printable } from 'kickstart-parser/report';
import { stringify } from 'yaml';
import type { TestRun } from '../../test-run/index.ts';
import { type Case, casesOf, suiteOf } from './cases.ts';

/**
 * Runs as TAP, version 14 (https://testanything.org/tap-version-14-specification.html): each is a subtest, whose points are those
 * of JUnit's cases. `stopped`: why there is not more of it.
 */
export function tapText(runs: readonly TestRun[], stopped?: string): string {
  const lines = [
    'TAP version 14',
    ...runs.flatMap((run, index) => subtest(run, index + 1)),
    stopped === undefined ? plan(runs.length) : `Bail out! ${word(stopped)}`,
  ];
  return `${lines.join('\n')}\n`;
}

const plan = (points: number): string => (points === 0 ? '1..0 # SKIP no machine was started' : `1..${points}`);

function subtest(run: TestRun, number: number): string[] {
  const cases = casesOf(run);
  const name = word(suiteOf(run));
  const points = [`1..${cases.length}`, ...cases.flatMap((one, index) => point(one, index + 1))];
  const failed = cases.some(({ problem }) => problem === 'failure' || problem === 'error');
  return [
    `# Subtest: ${name}`,
    ...points.map((line) => `    ${line}`),
    `${failed ? 'not ok' : 'ok'} ${number} - ${name}`,
  ];
}

function point({ name, durationMs, problem, known, message, detail, output }: Case, number: number): string[] {
  const isOk = problem === undefined || (problem === 'skipped' && known !== true);
  // What is known to fail is TAP's `TODO`: it does not make the run fail.
  const directive = problem === 'skipped' ? ` # ${known ? 'TODO' : 'SKIP'} ${word(message ?? '')}` : '';
  const told = {
    ...(problem !== 'skipped' && message !== undefined && { message }),
    ...(problem === 'failure' || problem === 'error' ? { severity: problem === 'error' ? 'error' : 'fail' } : {}),
    duration_ms: durationMs,
    ...(detail !== undefined && detail !== '' && { detail }),
    ...(output !== undefined && { output }),
  };
  return [`${isOk ? 'ok' : 'not ok'} ${number} - ${word(name)}${directive}`, ...block(told)];
}

/** YAML 1.2, two columns in. What no terminal is to obey is written as pictures first. */
function block(told: Readonly<Record<string, string | number>>): string[] {
  const plain = Object.fromEntries(
    Object.entries(told).map(([key, value]) => [key, typeof value === 'string' ? printable(value) : value]),
  );
  const text = stringify(plain, { lineWidth: 0 }).trimEnd();
  return ['---', ...text.split('\n'), '...'].map((line) => (line === '' ? '' : `  ${line}`));
}

/** Within a line `#` begins a directive, and `\` takes its meaning from it. */
const word = (text: string): string =>
  printable(text.replaceAll(/\s+/g, ' ').trim()).replaceAll('\\', '\\\\').replaceAll('#', '\\#');
