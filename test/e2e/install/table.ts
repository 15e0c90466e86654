import type { Answers } from './installed.ts';

/** What came of one case. Times are in seconds of this computer's clock. */
export interface Row {
  readonly name: string;
  /** From power-on to power-off of the computer that is installed. */
  readonly installedSeconds: number;
  /** Then, from power-on to the first question for a name at the console, passphrases included. */
  readonly startSeconds: number;
  readonly checks: number;
  /** How much slower than the reference this computer emulates, or runs, others. */
  readonly timeScale: number;
}

export function rowOf(name: string, installedSeconds: number, { run }: Answers): Row {
  const login = run.milestones.find(({ id }) => id === 'login');
  if (login === undefined) throw new Error(`${name} asked nobody to log in`);
  return {
    name,
    installedSeconds,
    startSeconds: login.atMs / 1000,
    checks: run.checks.filter(({ status }) => status === 'passed').length,
    timeScale: run.accelerator.timeScale,
  };
}

/** For people: a table in Markdown. */
export function tableOf(rows: readonly Row[]): string {
  const line = ({ name, installedSeconds, startSeconds, checks, timeScale }: Row) =>
    [
      name,
      ...[installedSeconds, startSeconds, installedSeconds + startSeconds].map(Math.round),
      checks,
      timeScale.toFixed(1),
    ].join(' | ');
  return [
    '# Installations',
    '',
    '| case | installed after s | then asks for a login after s | power-on to first login, s | checks passed | slower than the reference, times |',
    '| --- | ---: | ---: | ---: | ---: | ---: |',
    ...rows.map((row) => `| ${line(row)} |`),
    '',
  ].join('\n');
}
