import { expect, test } from 'vitest';
import type { Span } from '../../../scripts/diagnostic/index.ts';
import { RUNNERS } from '../../../scripts/engines/livemedia/runners/runner.ts';
import { builderQuestions, type Question } from '../../../scripts/engines/values/index.ts';
import { planFor } from './fixtures.ts';

const start = { offset: 0, line: 3, column: 20 };
const at: Span = { file: 'flavours/x.yaml', start, end: start };
const keyMap: Question = { kind: 'key-map', value: 'de-nodeadkey', at };

test.each(RUNNERS)('runner %s: the builder’s own system is asked before anything is installed', (runner) => {
  const steps = planFor({ runner, questions: [keyMap] }).stages.flatMap((stage) => stage.steps);
  const asked = steps.findIndex(({ id }) => id === 'ask-values');
  expect(steps[asked]?.argv).toContain('key-map de-nodeadkey');
  expect(asked).toBeLessThan(steps.findIndex(({ id }) => id === 'create'));
  // Where its other commands run.
  const validate: readonly string[] = steps.find(({ id }) => id === 'validate')?.argv ?? [];
  expect(steps[asked]?.argv.slice(0, validate.indexOf('ksvalidator'))).toEqual(
    validate.slice(0, validate.indexOf('ksvalidator')),
  );
});

test('without questions nothing is asked', () => {
  const ids = planFor().stages.flatMap(({ steps }) => steps.map(({ id }) => id));
  expect(ids).not.toContain('ask-values');
});

test('what depends on the packages of the image is no question for the builder', () => {
  const kinds = ['time-zone', 'locale', 'key-map', 'layout', 'unit', 'user-unit', 'group'] as const;
  const questions = kinds.map((kind): Question => ({ kind, value: 'x', at }));
  expect(builderQuestions(questions).map(({ kind }) => kind)).toEqual(['time-zone', 'key-map', 'layout']);
});
