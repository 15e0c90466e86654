import { closest, type Diagnostic } from '../../diagnostic/index.ts';
import type { Step } from '../../plan/index.ts';
import type { CommandFailed } from '../../process/index.ts';
import type { Question, QuestionKind } from './questions.ts';
import { VALUES_STEP } from './values-stage.ts';

const IN_WORDS: Readonly<Record<QuestionKind, (value: string) => string>> = {
  'time-zone': (value) => `the base has no time zone \`${value}\``,
  locale: (value) => `the base has no locale \`${value}\``,
  'key-map': (value) => `the base has no key map \`${value}\` for the console`,
  layout: (value) => `the base has no keyboard layout \`${value}\` for graphical sessions`,
  unit: (value) => `no installed package has the unit \`${value}\`, and no overlay brings it`,
  'user-unit': (value) => `no installed package has the user unit \`${value}\`, and no overlay brings it`,
  group: (value) => `no installed package has the group \`${value}\``,
};

/** What the packages did not have, at the lines that ask for it; undefined where another step failed, or in another way. */
export function explainValues(
  step: Step,
  failure: CommandFailed,
  questions: readonly Question[],
): readonly Diagnostic[] | undefined {
  if (step.id !== VALUES_STEP) return undefined;
  const lines = failure.completed.stdout.split('\n');
  const missing = new Set(lines.filter((line) => line.startsWith('missing ')));
  if (missing.size === 0) return undefined;
  return questions
    .filter(({ kind, value }) => missing.has(`missing ${kind} ${value}`))
    .map((question) => {
      const start = `known ${question.kind} `;
      return valueMissing(
        question,
        lines.flatMap((line) => (line.startsWith(start) ? [line.slice(start.length)] : [])),
      );
    });
}

/** `known`: what there is instead. */
export function valueMissing({ kind, value, at }: Question, known: readonly string[]): Diagnostic {
  const slip = closest(value, known);
  const hint = hintFor(kind, value, slip);
  return { code: `unknown-${kind}`, severity: 'error', message: IN_WORDS[kind](value), span: at, ...hint };
}

function hintFor(kind: QuestionKind, value: string, slip: string | undefined): { readonly hint?: string } {
  if (slip !== undefined) return { hint: `did you mean \`${slip}\`?` };
  if (kind !== 'group') return {};
  return {
    hint: `a group of your own is made by a component: \`kickstart: [{command: group --name=${value}, reason: …}]\``,
  };
}
