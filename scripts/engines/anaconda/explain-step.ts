import type { Diagnostic } from '../../diagnostic/index.ts';
import type { Step } from '../../plan/index.ts';
import type { CommandFailed } from '../../process/index.ts';

/** A failed step that is not watched is told by its title, with the code `ENGINE-step-failed`. */
export function explainStep(engine: string): (step: Step, failure: CommandFailed) => Diagnostic {
  return (step, { diagnostics: [original] }) => ({
    code: `${engine}-step-failed`,
    severity: 'error',
    message: `${step.title}: ${original?.message ?? 'failed'}`,
    ...(original?.hint !== undefined && { hint: original.hint }),
  });
}
