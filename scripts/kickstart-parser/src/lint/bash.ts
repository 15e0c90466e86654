import { spawnSync } from 'node:child_process';
import type { ShellProblem } from './rule.ts';

const MESSAGE = /^[^:]*: (?:line )?(\d+): (.*)$/;

/** What bash said of a script. The same one stands in many kickstarts, and a program costs more than all other rules. */
const known = new Map<string, readonly ShellProblem[]>();
/** More scripts than a set of kickstarts has; whoever checks others all day long keeps no more than these. */
const MOST_KNOWN = 1000;

/** Lets bash read a script without running it. Finds nothing when there is no bash. */
export function checkWithBash(script: string): readonly ShellProblem[] {
  const before = known.get(script);
  if (before !== undefined) return before;
  const result = spawnSync('bash', ['--norc', '-n'], {
    input: script,
    encoding: 'utf8',
    env: { PATH: process.env.PATH, LC_ALL: 'C' },
    timeout: 10_000,
  });
  if (result.error !== undefined) return [];
  const problems = result.status === 0 ? [] : problemsIn(result.stderr);
  if (known.size === MOST_KNOWN) known.clear();
  known.set(script, problems);
  return problems;
}

/** Reads what bash complains about; the second line of a complaint only repeats the source. */
function problemsIn(stderr: string): ShellProblem[] {
  return stderr.split('\n').flatMap((text) => {
    const match = MESSAGE.exec(text);
    const message = match?.[2] ?? '';
    return match === null || message.startsWith('`') ? [] : [{ line: Number(match[1]), message }];
  });
}
