import { appendFileSync } from 'node:fs';
import { type Diagnostic, ReportedError, withHint } from '../diagnostic/index.ts';
import { type Command, CommandFailed } from '../process/index.ts';
import { brokenEntry } from './broken-entry.ts';
import type { Execution } from './execution.ts';
import { fillIn, type Step } from './plan.ts';
import { progressReader } from './progress.ts';

/** Where a step runs. */
export interface StepPlace {
  /** What `${…}` stands for now. */
  readonly directories: ReadonlyMap<string, string>;
  /** The step's title, its command and all that it prints are added to this file. */
  readonly logFile: string;
}

/** What a plan makes is for everybody unless a step says otherwise, whatever whoever builds allows others elsewhere. */
export const umask = '022';

/** The command of a step, with its directories filled in. */
export function commandOf(step: Step, directories: ReadonlyMap<string, string>): Command {
  const [program, ...rest] = step.argv.map((word) => fillIn(word, directories));
  return {
    argv: [program ?? '', ...rest],
    umask,
    ...(step.stdin !== undefined && { stdin: step.stdin }),
    ...(step.env && { env: step.env }),
  };
}

/**
 * Runs one step. `onProgress` gets what its lines tell ("unpacking 12/365 libc6").
 * @returns warnings when it failed and may
 * @throws ReportedError when it failed and must not, CommandNotFound, Interrupted
 */
export async function runStep(
  step: Step,
  place: StepPlace,
  execution: Execution,
  onProgress: (text: string) => void,
): Promise<readonly Diagnostic[]> {
  const { logFile, directories } = place;
  appendFileSync(logFile, `# ${step.title}\n`);
  const read = progressReader(step.progress, execution.packageTotals(directories));
  const command = commandOf(step, directories);
  try {
    await execution.runner.run(
      { ...command, env: { ...command.env, ...(execution.offline && { PHYLLOME_OFFLINE: '1' }) } },
      {
        logFile,
        ...(execution.signal && { signal: execution.signal }),
        onLine: (line) => {
          const text = read(line);
          if (text !== undefined) onProgress(text);
        },
      },
    );
    return [];
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error;
    const diagnostics = describeFailure(step, error, logFile, execution);
    if (step.onFailure !== 'warn') throw new ReportedError(diagnostics);
    return diagnostics.map((diagnostic) => ({ ...diagnostic, severity: 'warning' }));
  }
}

function describeFailure(
  step: Step,
  failure: CommandFailed,
  logFile: string,
  { explain, cache }: Execution,
): readonly Diagnostic[] {
  const original = failure.diagnostics[0];
  const unexplained: Diagnostic = {
    code: 'step-failed',
    severity: 'error',
    message: `${step.title}: ${original?.message ?? 'failed'}`,
    ...(original?.hint !== undefined && { hint: original.hint }),
  };
  return [brokenEntry(failure, cache.root) ?? explain(step, failure) ?? unexplained]
    .flat()
    .map((one) => ({ ...one, ...(step.origin && one.span === undefined && { span: step.origin }) }))
    .map((one, index, all) => (index === all.length - 1 ? withHint(one, `log: ${logFile}`) : one));
}
