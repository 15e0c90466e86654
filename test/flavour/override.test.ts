import { expect, test } from 'vitest';
import { onlyFinding, resolveIn, sourceTree } from './source-tree.ts';

const resolved = (...lines: string[]) =>
  resolveIn(
    sourceTree({
      'flavours/child.yaml': ['flavour: child', 'summary: a child', 'extends: small', ...lines, ''].join('\n'),
      'flavours/small.yaml':
        'flavour: small\nsummary: small\nbase: test-1\ncomponents: [core]\nsystem: {hostname: parent}\nbudgets: {imageMiB: 5}\n',
    }),
    'child',
  );

test('a value that differs without a word is an error that shows both places', () => {
  const resolution = resolved('system: {hostname: kid}');
  expect(onlyFinding(resolution)).toBe(
    'value-conflict flavours/child.yaml:4:20 `system.hostname` differs from what flavour small says (to change it, say so: `override: {system: {hostname: …}}`)',
  );
  expect(resolution.diagnostics[0]?.related).toMatchObject([
    { message: 'set here', span: { file: 'flavours/small.yaml', start: { line: 5 } } },
  ]);
});

test('`override:` changes it, and its place is the one that counts', () => {
  const { flavour } = resolved('override: {system: {hostname: kid}, budgets: {imageMiB: 9}}');
  expect(flavour?.system.hostname).toMatchObject({ value: 'kid', at: { file: 'flavours/child.yaml' } });
  expect(flavour?.budgets).toEqual({ imageMiB: 9 });
  expect(flavour?.budgetPlaces.imageMiB).toMatchObject({ file: 'flavours/child.yaml' });
});

test("the base's defaults are nobody's decision: they need no word", () => {
  expect(resolved('system: {timezone: Europe/Berlin}').flavour?.system.timezone.value).toBe('Europe/Berlin');
});

test('the same value twice is no conflict', () => {
  expect(resolved('system: {hostname: parent}').diagnostics).toEqual([]);
});

test.each([
  [
    ['override: {system: {timezone: Etc/UTC}}'],
    'nothing-to-override flavours/child.yaml:4:31 `system.timezone` is not set by what this extends (only what an extended flavour sets is overridden; say it without `override:`)',
  ],
  [
    ['system: {hostname: parent}', 'override: {system: {hostname: kid}}'],
    'said-twice flavours/child.yaml:5:31 `system.hostname` is given twice in one place',
  ],
])('%j is refused', (lines, finding) => {
  expect(onlyFinding(resolved(...lines))).toBe(finding);
});

test('what is said twice in one place shows the other', () => {
  const { diagnostics } = resolved('system: {hostname: parent}', 'override: {system: {hostname: kid}}');
  expect(diagnostics[0]?.related).toMatchObject([
    { message: 'and here', span: { file: 'flavours/child.yaml', start: { line: 4, column: 20 } } },
  ]);
});

test('the way to say a change reads as the file would', () => {
  expect(onlyFinding(resolved('budgets: {imageMiB: 6}'))).toContain('`override: {budgets: {imageMiB: …}}`');
});
