import { expect, test } from 'vitest';
import { onlyFinding, resolveIn, sourceTree } from './source-tree.ts';

const core = (...lines: string[]): string =>
  sourceTree({ 'overlays/core/component.yaml': ['component: core', 'summary: the core', ...lines, ''].join('\n') });

test("logical names become the base's own, one or several or none", () => {
  const { flavour } = resolveIn(
    core('packages: [shell, tools, built-in]', 'units:', '  - {enable: pair, reason: both of them}'),
  );
  expect(flavour?.packages.map(({ name, logical, by }) => [name, logical, by])).toEqual([
    ['bash', 'shell', 'core'],
    ['tool-a', 'tools', 'core'],
    ['tool-b', 'tools', 'core'],
  ]);
  expect(flavour?.units.map(({ name, preset }) => [name, preset])).toEqual([
    ['one.socket', 'enable'],
    ['two.socket', 'enable'],
  ]);
  expect(flavour?.packages[0]?.at).toMatchObject({
    file: 'overlays/core/component.yaml',
    start: { line: 3, column: 12 },
  });
});

test.each([
  [
    'a package that the base file does not mention',
    ['packages: [shel]'],
    'unmapped-name overlays/core/component.yaml:3:12 base `test-1` has no name for the logical package `shel` (did you mean `shell`?)',
  ],
  [
    'one that even an optional entry must not hide',
    ['packages: [{name: unheard-of, optional: true}]'],
    'unmapped-name overlays/core/component.yaml:3:19 base `test-1` has no name for the logical package `unheard-of` (add it below `names: packages:` in bases/test-1.yaml)',
  ],
  [
    'a name that every object has',
    ['packages: [constructor]'],
    'unmapped-name overlays/core/component.yaml:3:12 base `test-1` has no name for the logical package `constructor` (add it below `names: packages:` in bases/test-1.yaml)',
  ],
  [
    'a package that the base does not have',
    ['packages: [absent]'],
    'missing-on-base overlays/core/component.yaml:3:12 base `test-1` does not have the package `absent`: nobody packaged it (mark it `optional: true` where the component does without it)',
  ],
  [
    'a unit to enable that the base does not have',
    ['units:', '  - {enable: gone, reason: wanted}'],
    'missing-on-base overlays/core/component.yaml:4:14 base `test-1` does not have the unit `gone`: no such daemon',
  ],
])('%s', (_, lines, finding) => {
  expect(onlyFinding(resolveIn(core(...lines)))).toBe(finding);
});

test('what may be missing is left out and recorded', () => {
  const { flavour } = resolveIn(
    core('packages: [{name: absent, optional: true}]', 'units:', '  - {disable: gone, reason: unwanted}'),
  );
  expect(flavour?.packages).toEqual([]);
  expect(flavour?.gaps.map(({ kind, logical, reason }) => [kind, logical, reason])).toEqual([
    ['packages', 'absent', 'nobody packaged it'],
    ['units', 'gone', 'no such daemon'],
  ]);
});
