import { expect, test } from 'vitest';
import { BASE, resolveIn, sourceTree } from './source-tree.ts';

const resolved = (...lines: string[]) =>
  resolveIn(
    sourceTree({
      'bases/test-2.yaml': BASE.replace('base: test-1', 'base: test-2'),
      'flavours/small.yaml': [
        ...['flavour: small', 'summary: small', 'base: test-1', 'components: [core]', ...lines, ''],
      ].join('\n'),
    }),
  ).flavour;

test('a flavour without limits has none', () => {
  expect(resolved()).toMatchObject({ budgets: {}, budgetPlaces: {} });
});

test('a limit for a base counts there, before the one for all', () => {
  const flavour = resolved(
    'budgets: {imageMiB: 5, runningServices: 7}',
    'budgetsOn: {test-1: {imageMiB: 9}, test-2: {runningServices: 1}}',
  );
  expect(flavour?.budgets).toEqual({ imageMiB: 9, runningServices: 7 });
  expect(flavour?.budgetPlaces).toMatchObject({
    imageMiB: { file: 'flavours/small.yaml', start: { line: 6 } },
    runningServices: { file: 'flavours/small.yaml', start: { line: 5 } },
  });
});
