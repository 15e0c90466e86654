import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { allChecks, type Check } from '../../scripts/checks/index.ts';
import { allScenarios } from '../../scripts/scenarios/index.ts';
import { checkExamples, outcomeOf, wantedOf } from '../checks/examples/index.ts';
import { scenarioExamples } from './examples/index.ts';

const questions: readonly Check[] = [
  ...new Set([...allChecks, ...allScenarios.flatMap(({ checks }) => (checks === 'of-the-image' ? [] : checks))]),
];
const examples = [...checkExamples, ...scenarioExamples];

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

test.each(examples)('$of: $when', async (example) => {
  const check = questions.find(({ id }) => id === example.of);
  if (check === undefined) throw new Error(`there is no check ${example.of}`);
  const tick = () => void vi.setSystemTime(Date.now() + 1000);
  expect(await outcomeOf(check, example, tick)).toBe(wantedOf(example));
});

test('every check has an example that passes and one that fails', () => {
  const lacking = questions.flatMap(({ id }) => {
    const own = examples.filter(({ of }) => of === id);
    return [
      ...(own.some(({ passes }) => passes !== undefined) ? [] : [`${id} has no example that passes`]),
      ...(own.some(({ fails }) => fails !== undefined) ? [] : [`${id} has no example that fails`]),
    ];
  });
  expect(lacking).toEqual([]);
});

test('no two examples of a check have the same name', () => {
  const names = examples.map(({ of, when }) => `${of}: ${when}`);
  expect(new Set(names).size).toBe(names.length);
});
