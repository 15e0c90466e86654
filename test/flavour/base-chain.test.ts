import { expect, test } from 'vitest';
import { list } from '../../scripts/flavour/index.ts';
import { userDirectory } from '../../scripts/places/index.ts';
import { BASE, onlyFinding, resolveIn, sourceTree } from './source-tree.ts';

const FAMILY = BASE.replace('base: test-1', 'base: family')
  .replace('release: test\n', 'features: [apparmor]\n')
  .replace('/debian', '/debian/$releasever');

const tree = (files: Record<string, string> = {}): string =>
  sourceTree({
    'bases/family.yaml': FAMILY,
    'bases/test-2.yaml':
      'base: test-2\nsummary: the second\nextends: family\nrelease: two\nnames: {packages: {shell: zsh}}\n',
    ...files,
  });

test('a new release says only what differs', () => {
  const { flavour } = resolveIn(
    tree({ 'overlays/core/component.yaml': 'component: core\nsummary: the core\npackages: [shell, tools]\n' }),
    'small',
    'test-2',
  );
  expect(flavour?.base).toMatchObject({
    name: 'test-2',
    release: 'two',
    is: ['test-2', 'family'],
    features: ['apparmor'],
  });
  expect(flavour?.base.repositories[0]?.baseurl).toBe('http://mirror.example/debian/two');
  expect(flavour?.packages.map(({ name, mapped }) => [name, mapped?.file])).toEqual([
    ['zsh', 'bases/test-2.yaml'],
    ['tool-a', 'bases/family.yaml'],
    ['tool-b', 'bases/family.yaml'],
  ]);
});

test('a base without a release is there to be extended, not to be built on', () => {
  expect(list('base', [userDirectory(tree(), '')]).map(({ name }) => name)).toEqual(['test-1', 'test-2']);
  expect(onlyFinding(resolveIn(tree(), 'small', 'family'))).toMatch(/^missing-key .* base `family` lacks `release`/);
});

test('what a component needs of a base is a feature, not a name', () => {
  const core = 'component: core\nsummary: the core\npackages:\n  - {name: shell, when: {base: apparmor}}\n';
  const root = tree({ 'overlays/core/component.yaml': core });
  expect(resolveIn(root, 'small', 'test-2').flavour?.packages).toHaveLength(1);
  expect(resolveIn(root, 'small', 'test-1').flavour?.packages).toHaveLength(0);
});

test('a flavour or component says which bases it is for, by what they extend, too', () => {
  const root = tree({ 'overlays/core/component.yaml': 'component: core\nsummary: the core\nbases: [family]\n' });
  expect(resolveIn(root, 'small', 'test-2').diagnostics).toEqual([]);
  expect(onlyFinding(resolveIn(root, 'small', 'test-1'))).toBe(
    'not-for-base overlays/core/component.yaml:3:8 component `core` is not for test-1: it is for family',
  );
});

test('a circle is shown', () => {
  const root = tree({ 'bases/family.yaml': 'base: family\nsummary: round\nextends: test-2\n' });
  expect(onlyFinding(resolveIn(root, 'small', 'test-2'))).toMatch(/test-2 → family → test-2/);
});

test('a new release says its number, and repositories and syntax follow', () => {
  const root = sourceTree({
    'bases/test-1.yaml': BASE.replace('kickstartVersion: F44', 'kickstartVersion: F$releasever').replace(
      'release: test',
      'release: "43"',
    ),
    'bases/next.yaml': 'base: next\nsummary: the next one\nextends: test-1\nrelease: "44"\n',
  });
  expect(resolveIn(root).flavour?.base.kickstartVersion).toBe('F43');
  expect(resolveIn(root, 'small', 'next').flavour?.base.kickstartVersion).toBe('F44');
});
