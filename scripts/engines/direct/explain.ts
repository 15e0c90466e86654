import type { Diagnostic } from '../../diagnostic/index.ts';
import type { Step } from '../../plan/index.ts';
import { type CommandFailed, describeEnd, lastLines } from '../../process/index.ts';
import { explainPackages } from '../tools/index.ts';

/** Says what a failed step of this engine means, where the program's own words would not help its user. */
export function explainFailure(step: Step, failure: CommandFailed): Diagnostic | undefined {
  return explainPackages(step, failure) ?? failedScript(step, failure);
}

function failedScript(step: Step, failure: CommandFailed): Diagnostic | undefined {
  if (!step.origin) return undefined;
  const resolving = /resolv|network is unreachable/i.test(`${failure.completed.stdout}${failure.completed.stderr}`);
  return {
    code: 'script-failed',
    severity: 'error',
    message: `${step.title} ${describeEnd(failure.completed)}`,
    span: step.origin,
    hint: [
      ...lastLines(failure.completed, 12).map((line) => `  ${line}`),
      ...(resolving
        ? ['Scripts have no network in the direct engine: what they fetch belongs in %packages or an overlay.']
        : []),
    ].join('\n'),
  };
}
