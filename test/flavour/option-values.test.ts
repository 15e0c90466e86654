import { expect, test } from 'vitest';
import { Library } from '../../scripts/flavour/index.ts';
import { directories } from '../render/shipped.ts';
import { asLine, onlyFinding, resolveIn, sourceTree } from './source-tree.ts';

/** A flavour whose component has one option `x`, of this definition, and is given this value. */
function given(definition: string, value?: string) {
  return resolveIn(
    sourceTree({
      'overlays/core/component.yaml': `component: core\nsummary: the core\noptions:\n  x: {doc: an option, ${definition}}\n`,
      'flavours/small.yaml': `flavour: small\nsummary: small\nbase: test-1\ncomponents: [core]\n${
        value === undefined ? '' : `options: {core: {x: ${value}}}\n`
      }`,
    }),
  );
}

test.each([
  ['type: integer, minimum: 1, maximum: 9', ['1', '9'], ['0', '10', '1.5', '"5"'], 'a whole number from 1 to 9'],
  ['type: integer, minimum: 1', ['1', '1000'], ['0'], 'a whole number from 1 to …'],
  ['type: integer, maximum: 9', ['-5', '9'], ['10'], 'a whole number from … to 9'],
  ['type: integer', ['-5', '0'], ['many', '0.5'], 'a whole number'],
  ['type: boolean', ['true', 'false'], ['yes', '1'], 'true or false'],
  ['type: string', ['"a b"', '""'], ['7', '[a]', 'true'], 'text'],
  ['type: string, pattern: "[a-c]+"', ['abc'], ['abcd', 'dabc', '""', '7'], 'text as its description asks for'],
  ['type: string, pattern: "a|bc"', ['a', 'bc'], ['abc', 'ac'], 'text as its description asks for'],
  ['type: string, pattern: "[a-c]+", example: abc', ['a'], ['x'], 'text such as `abc`'],
  ['type: list, pattern: "[0-9]+", example: "12"', ['[1]'], ['[a]', 'a'], 'a list of entries such as `12`'],
  ['type: list', ['[]', '[a, 7]'], ['a'], 'a list'],
  [
    'type: list, pattern: "[0-9]"',
    ['[]', '[1, "2"]'],
    ['[1, 10]', '[a]', '1'],
    'a list of entries as its description asks for',
  ],
  ['type: enum, values: [a]', ['a'], ['b', '[a]'], '`a`'],
  ['type: enum, values: [one, two]', ['one', 'two'], ['5'], '`one` or `two`'],
  ['type: enum, values: [one, two, six]', ['six'], ['ten-or-more'], '`one`, `two` or `six`'],
])('{%s} takes %j and refuses %j', (definition, good, bad, expected) => {
  for (const value of good) {
    const { flavour, diagnostics } = given(definition, value);
    expect([value, diagnostics.map(asLine)]).toEqual([value, []]);
    expect(flavour?.options).toMatchObject([{ component: 'core', name: 'x', doc: 'an option', isDefault: false }]);
  }
  for (const value of bad) {
    const found = onlyFinding(given(definition, value)).replace(/ \(did you mean .*/, '');
    // Of a list, at the entry.
    const entry = definition.includes('list') ? Math.max(0, value.search(/[^[, ]+\]$/)) : 0;
    expect(found).toMatch(new RegExp(`^wrong-option flavours/small.yaml:5:${21 + entry} \`core.x\` must be `));
    expect(found.split(' must be ')[1]).toBe(expected);
  }
});

test('a wrong value shows where the option is described', () => {
  const [finding] = given('type: boolean', '7').diagnostics;
  expect(finding?.related).toMatchObject([
    {
      message: 'the option is described here',
      span: { file: 'overlays/core/component.yaml', start: { line: 4, column: 3 } },
    },
  ]);
  const [missing] = given('type: boolean').diagnostics;
  expect(missing?.related).toMatchObject([{ message: 'the option is described here', span: { start: { line: 4 } } }]);
});

test('a slip in one of several values is told, other texts have no hint', () => {
  expect(onlyFinding(given('type: enum, values: [amd, intel]', 'intl'))).toMatch(/ \(did you mean `intel`\?\)$/);
  expect(onlyFinding(given('type: enum, values: [amd, intel]', 'sparc-station'))).toMatch(/or `intel`$/);
});

test('a wrong value is stood in for by the default, or the first of several values', () => {
  const tree = (definition: string) =>
    resolveIn(
      sourceTree({
        'overlays/core/component.yaml': `component: core\nsummary: the core\noptions:\n  x: {doc: an option, ${definition}}\nkernelArguments:\n  - {argument: "a={{x}}", reason: why}\n`,
        'flavours/small.yaml':
          'flavour: small\nsummary: small\nbase: test-1\ncomponents: [core]\noptions: {core: {x: 7}}\n',
      }),
    );
  // One mistake, one finding: templates do not miss the value as well.
  expect(onlyFinding(tree('type: enum, values: [one, two], default: two'))).toMatch(/^wrong-option /);
  expect(onlyFinding(tree('type: enum, values: [one, two]'))).toMatch(/^wrong-option /);
});

test('options of components that are not there: a slip, or a word about what to do', () => {
  const idle = (lines: string) =>
    onlyFinding(
      resolveIn(
        sourceTree({
          'flavours/small.yaml': `flavour: small\nsummary: small\nbase: test-1\ncomponents: [core]\n${lines}\n`,
        }),
      ),
    );
  expect(idle('options: {sound-system: {x: 1}}')).toBe(
    'idle-option flavours/small.yaml:5:11 `sound-system` is no component of this flavour (add `sound-system` to `components:`)',
  );
  expect(idle('override: {options: {cor: {x: 1}}}')).toBe(
    'idle-option flavours/small.yaml:5:22 `cor` is no component of this flavour (did you mean `core`?)',
  );
});

test('an option that its component does not have is told also below `override`', () => {
  const tree = sourceTree({
    'overlays/core/component.yaml':
      'component: core\nsummary: the core\noptions:\n  x: {doc: what it is, type: boolean, default: true}\n',
    'flavours/small.yaml':
      'flavour: small\nsummary: small\nbase: test-1\ncomponents: [core]\noverride: {options: {core: {y: 1}}}\n',
  });
  expect(resolveIn(tree).diagnostics.map(asLine)).toContain(
    'unknown-option flavours/small.yaml:5:29 there is no option of `core` named `y` (did you mean `x`?)',
  );
});

test('a pattern knows the classes of Unicode', () => {
  const word = 'type: string, pattern: "\\\\p{L}+"';
  expect(given(word, 'größe').diagnostics).toEqual([]);
  expect(onlyFinding(given(word, '"a1"'))).toMatch(/^wrong-option /);
});

test('a condition on an option that has no value finds nothing more', () => {
  const tree = sourceTree({
    'overlays/core/component.yaml':
      'component: core\nsummary: the core\noptions:\n  x: {doc: an option, type: string}\npackages:\n  - {name: shell, when: {x: a}}\n',
  });
  expect(onlyFinding(resolveIn(tree))).toMatch(/^missing-option /);
});

test('an example that its own pattern does not take is the component’s mistake', () => {
  expect(onlyFinding(given('type: string, pattern: "[a-c]+", example: xyz', 'a'))).toMatch(
    /^wrong-example .* the example of `x` is none: its pattern does not take it$/,
  );
});

test('every option of a shipped component that has a pattern has an example', () => {
  const library = new Library(directories);
  const without = library.names('component').flatMap((name) =>
    Object.entries(library.load('component', name)?.data?.options ?? {})
      .filter(([, { pattern, example }]) => pattern !== undefined && example === undefined)
      .map(([option]) => `${name}.${option}`),
  );
  expect(without).toEqual([]);
});
