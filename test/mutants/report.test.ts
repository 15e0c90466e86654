import { expect, test } from 'vitest';
import type { Mutant } from './mutant.ts';
import { describe, noticedPercent, type Verdict } from './report.ts';
import type { Outcome } from './run-stryker.ts';

function mutantOf(file: string): Mutant {
  return {
    file,
    span: { start: { line: 9, column: 4 }, end: { line: 10, column: 1 } },
    original: 'a &&\nb',
    replacement: 'true',
    context: 'return a &&',
  };
}

function verdict(outcome: Outcome, file = 'scripts/plan/key.ts'): Verdict {
  return { mutant: mutantOf(file), outcome };
}

const equivalent = { file: 'scripts/plan/key.ts', original: 'a', replacement: 'b', reason: 'the same' };

test('rooms are counted apart, survivors shown with place and change', () => {
  const verdicts = [
    verdict('noticed'),
    verdict('lived'),
    { ...verdict('lived'), equivalent },
    verdict('stuck', 'scripts/lab/boot/lab-run.ts'),
    verdict('unreached', 'scripts/engines/direct/plan.ts'),
  ];
  expect(describe(verdicts)).toBe(`engines/direct  0 noticed, 1 lived, 0 equivalent (0 %)
lab             1 noticed, 0 lived, 0 equivalent (100 %)
plan            1 noticed, 1 lived, 1 equivalent (50 %)

scripts/plan/key.ts:10:5: lived
  - a &&
  - b
  + true

scripts/engines/direct/plan.ts:10:5: no test runs this
  - a &&
  - b
  + true

In all: 2 noticed, 2 lived, 1 equivalent (50 %)`);
});

test('a share is never rounded up to the limit, and equivalent ones do not count', () => {
  const noticed = Array.from({ length: 299 }, () => verdict('noticed'));
  expect(noticedPercent([...noticed, verdict('lived')])).toBe(99);
  expect(noticedPercent([...noticed, { ...verdict('lived'), equivalent }])).toBe(100);
  expect(noticedPercent([])).toBe(100);
});

test('a mutant of the list that a test notices all the same counts as noticed', () => {
  expect(describe([{ ...verdict('noticed'), equivalent }])).toContain('In all: 1 noticed, 0 lived, 0 equivalent');
});
