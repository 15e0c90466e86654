import path from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import { closest, type Diagnostic, ReportedError } from '../diagnostic/index.ts';
import { checkAgainst, readYaml, type YamlSource } from '../flavour/index.ts';
import schema from './expectation.schema.json' with { type: 'json' };
import type { ExpectationFile, Step } from './expectation-file.ts';

/** An expectation with the places of its values. */
export interface Expectation {
  readonly data: ExpectationFile;
  readonly source: YamlSource;
}

/** Names that an expectation may use, and that are not its own. */
export interface KnownNames {
  readonly checks: readonly string[];
  readonly scenarios: readonly string[];
  /** Ids of bad lines. */
  readonly patterns: readonly string[];
}

/**
 * Reads what is expected of an image.
 * @throws ReportedError with what is wrong in it and where
 */
export function loadExpectation(file: string, names: KnownNames): Expectation {
  const source = readYaml(path.resolve(file), file);
  const options = { strict: true, strictRequired: false, allErrors: true, verbose: true };
  const validate: ValidateFunction<ExpectationFile> = new Ajv(options).compile<ExpectationFile>(schema);
  const { data, diagnostics } = checkAgainst(validate, source);
  if (data === undefined) throw new ReportedError(diagnostics);
  const wrong = inconsistencies({ data, source }, names);
  if (wrong.length > 0) throw new ReportedError(wrong);
  return { data, source };
}

/** What a schema cannot say. */
function inconsistencies({ data, source }: Expectation, names: KnownNames): Diagnostic[] {
  const unknown = (kind: string, path: readonly string[], given: readonly string[] = [], known: readonly string[]) =>
    given.flatMap((name, index): Diagnostic[] => {
      if (known.includes(name)) return [];
      const slip = closest(name, known);
      return [
        {
          code: `unknown-${kind.replace(' ', '-')}`,
          severity: 'error',
          message: `there is no ${kind} \`${name}\``,
          hint: slip === undefined ? `there are: ${known.join(', ')}` : `did you mean \`${slip}\`?`,
          span: source.spanOfValue([...path, index]),
        },
      ];
    });
  return [
    ...unknown('check', ['checks'], data.checks, names.checks),
    ...unknown('scenario', ['scenarios'], data.scenarios, names.scenarios),
    ...unknown('bad line', ['boot', 'allowed'], data.boot?.allowed, names.patterns),
    ...(data.boot?.menu ?? []).flatMap((step, index) => wrongStep(step, ['boot', 'menu', index], source)),
    ...(data.steps ?? []).flatMap((step, index) => wrongStep(step, ['steps', index], source)),
  ];
}

const kinds = ['see', 'press', 'type', 'picture', 'reboot', 'powerCut'] as const;
/** Keys that say more of a step, and the kinds that they belong to. */
const additions = { matches: ['see'], withinSeconds: ['see'], on: ['see', 'type'], times: ['press'] } as const;

function wrongStep(step: Step, path: readonly (string | number)[], source: YamlSource): Diagnostic[] {
  const found = (message: string, hint: string, key?: string): Diagnostic => ({
    code: 'wrong-step',
    severity: 'error',
    message,
    hint,
    span: key === undefined ? source.spanOfValue(path) : source.spanOfKey([...path, key]),
  });
  const [kind, ...more] = kinds.filter((one) => step[one] !== undefined);
  if (kind === undefined || more.length > 0) {
    return [found(`a step is one of ${kinds.join(', ')}`, 'Each step is an entry of the list of its own, with a `-`.')];
  }
  const stray = Object.entries(additions).find(
    ([key, of]) => step[key as keyof typeof additions] !== undefined && !(of as readonly string[]).includes(kind),
  );
  if (stray !== undefined)
    return [found(`\`${stray[0]}\` says nothing of \`${kind}\``, `It belongs to ${stray[1].join(' and ')}.`, stray[0])];
  if (step.matches !== true || step.see === undefined) return [];
  try {
    new RegExp(step.see, 'm');
    return [];
  } catch (error) {
    return [
      found(
        `\`see\` is no regular expression: ${(error as Error).message}`,
        'Without `matches` it is plain text.',
        'see',
      ),
    ];
  }
}
