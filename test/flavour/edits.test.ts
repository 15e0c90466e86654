import { expect, test } from 'vitest';
import { asLine, onlyFinding, resolveIn, sourceTree } from './source-tree.ts';

const child = (...lines: string[]): string =>
  sourceTree({
    'overlays/core/component.yaml':
      'component: core\nsummary: the core\nrequires: [low]\npackages: [shell, tools]\nunits:\n  - {enable: login, reason: somebody logs in}\nkernelArguments:\n  - {argument: iommu=pt, reason: fast}\n',
    'overlays/low/component.yaml': 'component: low\nsummary: below\n',
    'overlays/more/component.yaml': 'component: more\nsummary: more\n',
    'flavours/child.yaml': ['flavour: child', 'summary: a child', 'extends: small', ...lines, ''].join('\n'),
  });
const resolved = (...lines: string[]) => resolveIn(child(...lines), 'child');

test('components are added and left out; what only those left out required goes with them', () => {
  const { flavour, diagnostics } = resolved('components: {add: [more], remove: [core]}');
  expect(diagnostics).toEqual([]);
  expect(flavour?.components.map(({ name }) => name)).toEqual(['more']);
});

test('packages, units and kernel arguments are left out by name', () => {
  const { flavour } = resolved(
    'packages: {remove: [tools]}',
    'units: {remove: [login]}',
    'kernelArguments: {remove: [iommu]}',
  );
  expect(flavour).toMatchObject({ packages: [{ name: 'bash' }], units: [], kernelArguments: [] });
});

test('an entry that says `override` takes the place of what was said before', () => {
  const { flavour } = resolved(
    'units: [{disable: login, reason: nobody does, override: true}]',
    'kernelArguments: [{argument: iommu=on, reason: safe, override: true}]',
  );
  expect(flavour).toMatchObject({
    units: [{ preset: 'disable', by: 'flavour child' }],
    kernelArguments: [{ argument: 'iommu=on' }],
  });
});

test.each([
  [
    'components: {remove: [low]}',
    'still-required flavours/child.yaml:4:23 `low` cannot be left out: `core` requires it',
  ],
  [
    'components: {remove: [cor]}',
    'nothing-to-remove flavours/child.yaml:4:23 there is no component to leave out named `cor` (did you mean `core`?)',
  ],
  [
    'packages: {remove: [tool]}',
    'nothing-to-remove flavours/child.yaml:4:21 there is no package to leave out named `tool` (did you mean `tools`?)',
  ],
  [
    'units: [{disable: pair, reason: nobody does, override: true}]',
    'nothing-to-override flavours/child.yaml:4:9 there is no unit to leave out named `pair` (there are: login)',
  ],
])('`%s` is refused', (line, finding) => {
  expect(onlyFinding(resolved(line))).toBe(finding);
});

test('a package that the base lacks is no error once it is left out', () => {
  const root = sourceTree({
    'overlays/core/component.yaml': 'component: core\nsummary: the core\npackages: [absent]\n',
    'flavours/child.yaml': 'flavour: child\nsummary: a child\nextends: small\npackages: {remove: [absent]}\n',
  });
  expect(resolveIn(root, 'child').diagnostics.map(asLine)).toEqual([]);
});
