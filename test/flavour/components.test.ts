import { expect, test } from 'vitest';
import { asLine, onlyFinding, resolveIn, sourceTree } from './source-tree.ts';

const component = (name: string, ...lines: string[]): Record<string, string> => ({
  [`overlays/${name}/component.yaml`]: [`component: ${name}`, `summary: the ${name}`, ...lines, ''].join('\n'),
});

test('what a component requires stands before it, once', () => {
  const root = sourceTree({
    ...component('core', 'requires: [low, mid]'),
    ...component('mid', 'requires: [low]'),
    ...component('low'),
  });
  const { flavour } = resolveIn(root);
  expect(flavour?.components.map(({ name, requiredBy }) => [name, requiredBy])).toEqual([
    ['low', 'core'],
    ['mid', 'core'],
    ['core', undefined],
  ]);
});

test('a circle of requirements is shown', () => {
  const root = sourceTree({ ...component('core', 'requires: [low]'), ...component('low', 'requires: [core]') });
  expect(onlyFinding(resolveIn(root))).toBe(
    'requires-cycle overlays/low/component.yaml:3:12 components require each other in a circle: core → low → core',
  );
});

test('an unknown component is an error where it is asked for', () => {
  const root = sourceTree(component('core', 'requires: [cor]'));
  expect(onlyFinding(resolveIn(root))).toBe(
    'unknown-component overlays/core/component.yaml:3:12 there is no component `cor` (did you mean `core`?)',
  );
});

test('components that exclude each other', () => {
  const root = sourceTree({ ...component('core', 'requires: [low]', 'conflicts: [low]'), ...component('low') });
  const { diagnostics } = resolveIn(root);
  expect(diagnostics.map(asLine)).toEqual([
    'component-conflict flavours/small.yaml:4:14 `core` and `low` cannot be in one flavour',
  ]);
  expect(diagnostics[0]?.related?.map(({ span }) => `${span.file}:${span.start.line}`)).toEqual([
    'overlays/core/component.yaml:3',
    'overlays/core/component.yaml:4',
  ]);
});

test('a broken component that is reached twice is reported once', () => {
  const root = sourceTree({ ...component('core', 'requires: [low]', 'nope: 1'), ...component('low', 'nope: 1') });
  expect(resolveIn(root).diagnostics).toHaveLength(1);
});
