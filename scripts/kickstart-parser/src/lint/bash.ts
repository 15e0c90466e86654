import { spawnSync } from 'node:child_process';
import type { ShellProblem } from './rule.ts';

const MESSAGE = /^[^:]*: (?:line )?(\d+): (.*)$/;

/** Lets bash read a script without running it. Finds nothing when there is no bash. */
export function checkWithBash(script: string): ShellProblem[] {
  const result = spawnSync('bash', ['--norc', '-n'], {
    input: script,
    encoding: 'utf8',
    env: { PATH: process.env.PATH, LC_ALL: 'C' },
    timeout: 10_000,
  });
  if (result.error !== undefined || result.status === 0) return [];
  return problemsIn(result.stderr);
}

/** Reads what bash complains about; the second line of a complaint only repeats the source. */
function problemsIn(stderr: string): ShellProblem[] {
  return stderr.split('\n').flatMap((text) => {
    const match = MESSAGE.exec(text);
    const message = match?.[2] ?? '';
    return match === null || message.startsWith('`') ? [] : [{ line: Number(match[1]), message }];
  });
}
