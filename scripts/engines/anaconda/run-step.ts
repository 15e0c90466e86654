import { ReportedError } from '../../diagnostic/index.ts';
import type { Step } from '../../plan/index.ts';
import { type Command, CommandFailed, type Runner } from '../../process/index.ts';

/** The command of a step whose directories are filled in. */
export function commandOf(step: Step): Command {
  return {
    argv: step.argv,
    ...(step.stdin !== undefined && { stdin: step.stdin }),
    ...(step.env && { env: step.env }),
  };
}

/**
 * Runs a step that is not watched; one that fails is told by its title, with the code `ENGINE-step-failed`.
 * @throws ReportedError, Interrupted
 */
export async function runStep(
  step: Step,
  options: {
    readonly engine: 'livemedia' | 'netinst';
    readonly runner: Runner;
    readonly logFile: string;
    readonly signal?: AbortSignal;
  },
): Promise<void> {
  const { engine, runner, logFile, signal } = options;
  try {
    await runner.run(commandOf(step), { logFile, ...(signal && { signal }) });
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error;
    const [original] = error.diagnostics;
    throw new ReportedError({
      code: `${engine}-step-failed`,
      severity: 'error',
      message: `${step.title}: ${original?.message ?? 'failed'}`,
      ...(original?.hint !== undefined && { hint: original.hint }),
    });
  }
}
