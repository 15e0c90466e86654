import { expect, test } from 'vitest';
import { onlyFinding, resolveIn, sourceTree } from './source-tree.ts';

const child = 'flavour: child\nsummary: a child\nextends: small\n';

test('a flavour takes what it extends, and its own values count', () => {
  const root = sourceTree({
    'flavours/child.yaml': `${child}components: [more]\noverride: {system: {hostname: kid}, budgets: {imageMiB: 9}}\n`,
    'flavours/small.yaml':
      'flavour: small\nsummary: small\nbase: test-1\ncomponents: [core]\nsystem: {hostname: parent, timezone: Europe/Berlin}\nbudgets: {imageMiB: 5, idleMemoryMiB: 7}\n',
    'overlays/more/component.yaml': 'component: more\nsummary: more things\n',
  });
  const { flavour } = resolveIn(root, 'child');
  expect(flavour).toMatchObject({
    name: 'child',
    base: { name: 'test-1' },
    system: {
      hostname: { value: 'kid', at: { file: 'flavours/child.yaml', start: { line: 5 } } },
      timezone: { value: 'Europe/Berlin', at: { file: 'flavours/small.yaml', start: { line: 5 } } },
      keyboard: { value: 'us', at: { file: 'bases/test-1.yaml', start: { line: 14 } } },
    },
    budgets: { imageMiB: 9, idleMemoryMiB: 7 },
  });
  expect(flavour?.components.map(({ name }) => name)).toEqual(['core', 'more']);
});

test('a circle is shown', () => {
  const root = sourceTree({
    'flavours/child.yaml': child,
    'flavours/small.yaml': 'flavour: small\nsummary: small\nextends: child\n',
  });
  expect(onlyFinding(resolveIn(root, 'child'))).toBe(
    'extends-cycle flavours/small.yaml:3:10 flavours extend each other in a circle: child → small → child',
  );
});

test.each([
  ['the flavour asked for', 'smal', 'unknown-flavour nowhere there is no flavour `smal` (did you mean `small`?)'],
  [
    'one that is extended',
    'child',
    'unknown-flavour flavours/child.yaml:3:10 there is no flavour `smalll` (did you mean `small`?)',
  ],
])('%s does not exist', (_, name, finding) => {
  const root = sourceTree({ 'flavours/child.yaml': child.replace('extends: small', 'extends: smalll') });
  expect(onlyFinding(resolveIn(root, name))).toBe(finding);
});

test('the base comes from the nearest layer, and the command line comes before all', () => {
  const root = sourceTree({ 'flavours/child.yaml': `${child}override: {base: other-1}\n` });
  expect(onlyFinding(resolveIn(root, 'child'))).toBe(
    'unknown-base flavours/child.yaml:4:18 there is no base `other-1` (there are: test-1)',
  );
  expect(resolveIn(root, 'child', 'test-1').flavour?.base.name).toBe('test-1');
});

test('a flavour without any base is told so', () => {
  const root = sourceTree({ 'flavours/small.yaml': 'flavour: small\nsummary: no base\n' });
  expect(onlyFinding(resolveIn(root))).toMatch(/^no-base flavours\/small.yaml:1:1 /);
});

test('a file under the name of another is an error', () => {
  const root = sourceTree({ 'flavours/child.yaml': child.replace('flavour: child', 'flavour: kid') });
  expect(onlyFinding(resolveIn(root, 'child'))).toBe(
    'name-mismatch flavours/child.yaml:1:10 this file describes `kid`, but its path says `child`',
  );
});
