import { expect, test } from 'vitest';
import { asLine, BASE, resolveIn, sourceTree } from './source-tree.ts';

/** A flavour `child` of `small`, whose component and layers are for the bases that these lines say. */
function found(lines: { readonly core?: string; readonly small?: string; readonly child?: string }, base = 'test-1') {
  return resolveIn(
    sourceTree({
      'bases/test-2.yaml': BASE.replace('base: test-1', 'base: test-2'),
      'overlays/core/component.yaml': `component: core\nsummary: the core\n${lines.core ?? ''}`,
      'flavours/small.yaml': `flavour: small\nsummary: small\nbase: test-1\ncomponents: [core]\n${lines.small ?? ''}`,
      'flavours/child.yaml': `flavour: child\nsummary: a child\nextends: small\n${lines.child ?? ''}`,
    }),
    'child',
    base,
  ).diagnostics;
}

test('a flavour is for every base where nobody says otherwise', () => {
  expect([...found({}), ...found({}, 'test-2')]).toEqual([]);
});

test('each layer and each component may say which bases it is for, one of which must be this', () => {
  const both = 'bases: [test-1, test-2]\n';
  expect(found({ core: both, small: both, child: both })).toEqual([]);
  expect(found({ small: 'bases: [test-2]\n' }).map(asLine)).toEqual([
    'not-for-base flavours/small.yaml:5:8 flavour small is not for test-1: it is for test-2',
  ]);
  expect(found({ child: 'bases: [test-1]\n' }, 'test-2').map(asLine)).toEqual([
    'not-for-base flavours/child.yaml:4:8 flavour child is not for test-2: it is for test-1',
  ]);
});

test('a component that is not for a base shows where it comes in', () => {
  const [finding, ...others] = found({ core: 'bases: [test-2]\n' });
  expect(others).toEqual([]);
  expect(finding && asLine(finding)).toBe(
    'not-for-base overlays/core/component.yaml:3:8 component `core` is not for test-1: it is for test-2',
  );
  expect(finding?.related).toMatchObject([
    { message: 'it comes in here', span: { file: 'flavours/small.yaml', start: { line: 4, column: 14 } } },
  ]);
  expect(found({ small: 'bases: [test-2]\n' })[0]?.related).toEqual([]);
});
