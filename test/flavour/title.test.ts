import { expect, test } from 'vitest';
import { titleOf } from '../../scripts/flavour/index.ts';
import { resolveIn, sourceTree } from './source-tree.ts';

function title(child: string, name = 'child') {
  const { flavour } = resolveIn(
    sourceTree({
      'flavours/child.yaml': `flavour: child\nsummary: a child\nextends: parent\n${child}`,
      'flavours/parent.yaml': 'flavour: parent\nsummary: parent\nbase: test-1\ncomponents: [core]\nedition: Server\n',
    }),
    name,
  );
  return flavour && titleOf(flavour);
}

test('a system is called by its edition, which those that extend it inherit, or else by its flavour', () => {
  expect(title('', 'parent')).toBe('Phyllome OS Server');
  expect(title('')).toBe('Phyllome OS Server');
  expect(title('override: {edition: Desk}\n')).toBe('Phyllome OS Desk');
  expect(titleOf({ name: 'headless' })).toBe('Phyllome OS headless');
});

test('what would break a menu is refused', () => {
  expect(title(`override: {edition: "it's"}\n`)).toBeUndefined();
});
