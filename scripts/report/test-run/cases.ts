import type { CheckResult } from '../../checks/index.ts';
import { nameOf, type TestRun } from '../../test-run/index.ts';
import { answerWords } from './words.ts';

/** One thing that was asked, as programs count them: the boot, each check, the console. */
export interface Case {
  readonly name: string;
  readonly durationMs: number;
  /** `skipped`: it was not asked, or is known to fail. */
  readonly problem?: 'failure' | 'error' | 'skipped';
  /** It failed, and is known to. */
  readonly known?: true;
  readonly message?: string;
  readonly detail?: string;
  readonly output?: string;
}

/** What programs call a run: its image and its machine. */
export function suiteOf(run: TestRun): string {
  const { name, firmware } = run.topology;
  return `${nameOf(run)}.${name === 'default' ? firmware : name}`;
}

export function casesOf(run: TestRun): readonly Case[] {
  return [bootCase(run), ...run.checks.map(checkCase), consoleCase(run)];
}

function bootCase(run: TestRun): Case {
  const name = 'boot';
  const durationMs = run.timings.settledMs ?? run.timings.verdictMs;
  const failure = run.booted ? undefined : run.diagnostics[0];
  return failure === undefined
    ? { name, durationMs }
    : { name, durationMs, problem: 'failure', message: failure.message, detail: failure.hint ?? '' };
}

function checkCase(result: CheckResult): Case {
  const common = { name: result.id, durationMs: result.durationMs };
  const output = [answerWords(result), ...result.evidence].join('\n');
  if (result.status === 'passed') return { ...common, output };
  const known = result.quarantine !== undefined;
  const problem = known ? 'skipped' : result.status === 'failed' ? 'failure' : result.status;
  return {
    ...common,
    problem,
    ...(known && { known }),
    message: answerWords(result),
    detail: [result.proves, ...result.evidence].join('\n'),
  };
}

function consoleCase(run: TestRun): Case {
  const name = 'console';
  if (run.findings.length === 0) return { name, durationMs: 0 };
  const detail = run.findings.map((f) => `${f.source} line ${f.lineNumber}: ${f.line}\n  ${f.explanation}`).join('\n');
  return { name, durationMs: 0, problem: 'failure', message: `${run.findings.length} bad lines`, detail };
}
