import type { Diagnostic } from '../../diagnostic/index.ts';
import type { Step } from '../../plan/index.ts';
import { type CommandFailed, describeEnd, lastLines } from '../../process/index.ts';
import { explainPackages } from '../tools/index.ts';
import { explainValues, valueMissing } from './values/explain-values.ts';
import type { Question } from './values/questions.ts';

/** Says what a failed step of this engine means, where the program's own words would not help its user. */
export function explainFailure(
  step: Step,
  failure: CommandFailed,
  questions: readonly Question[] = [],
): Diagnostic | readonly Diagnostic[] | undefined {
  return (
    explainValues(step, failure, questions) ??
    absentUnit(failure, questions) ??
    explainPackages(step, failure) ??
    failedScript(step, failure)
  );
}

/** systemctl names the unit; whoever asked for it wrote another line than the one that called systemctl. */
function absentUnit(failure: CommandFailed, questions: readonly Question[]): readonly Diagnostic[] | undefined {
  const words = failure.completed.stderr.matchAll(
    /\b[Uu]nit (?:file )?'?([^\s']+?\.[a-z]+)'? (?:does not exist|not found)/g,
  );
  const names = new Set([...words].map(([, name]) => name));
  const asked = questions.filter(({ kind, value }) => /unit$/.test(kind) && names.has(value));
  return asked.length === 0 ? undefined : asked.map((question) => valueMissing(question, []));
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
