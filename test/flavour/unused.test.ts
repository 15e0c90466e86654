import { expect, test } from 'vitest';
import { unreachedComponents } from '../../scripts/flavour/index.ts';
import { userDirectory } from '../../scripts/places/index.ts';
import { asLine, onlyFinding, resolveIn, sourceTree } from './source-tree.ts';

test('a component that no flavour reaches is reported', () => {
  const root = sourceTree({ 'overlays/lost/component.yaml': 'component: lost\nsummary: forgotten\n' });
  const found = unreachedComponents([userDirectory(root, '')], new Set(['core']));
  expect(found.map(asLine)).toEqual([
    'unreached-component overlays/lost/component.yaml:1:12 no flavour reaches the component `lost`',
  ]);
});

test('a component that a hardware profile names is not lost', () => {
  const root = sourceTree({
    'overlays/lost/component.yaml': 'component: lost\nsummary: forgotten\n',
    'hardware/box.yaml':
      'hardware: box\nsummary: a box\npower: desktop\ncpu: {vendor: any}\ncomponents: [lost]\nverified: {by: nothing}\n',
  });
  expect(unreachedComponents([userDirectory(root, '')], new Set(['core']))).toEqual([]);
});

test('a script that no entry names is an error', () => {
  expect(onlyFinding(resolveIn(sourceTree({ 'overlays/core/lost.sh': 'true\n' })))).toMatch(
    /^orphan-file overlays\/core\/component.yaml:1:12 nothing in this file names `overlays\/core\/lost.sh`/,
  );
});
