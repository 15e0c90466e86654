import { expect, test } from 'vitest';
import { describeMutant, idOf, roomOf } from './mutant.ts';

const source = 'const one = 1;\n  return a === b &&\n    c;\n';

test('a mutant is described by the text it changes, on one line or over several', () => {
  const span = { start: { line: 0, column: 12 }, end: { line: 0, column: 13 } };
  expect(describeMutant('a.ts', source, span, '2')).toEqual({
    file: 'a.ts',
    span,
    original: '1',
    replacement: '2',
    context: 'const one = 1;',
  });
  const longer = { start: { line: 1, column: 9 }, end: { line: 2, column: 5 } };
  const { original, context } = describeMutant('a.ts', source, longer, 'true');
  expect(original).toBe('a === b &&\n    c');
  expect(context).toBe('return a === b &&');
});

test('mutants of one file have different ids when place or text differ', () => {
  const span = { start: { line: 1, column: 2 }, end: { line: 3, column: 4 } };
  const ids = [
    idOf({ file: 'a.ts', span, replacement: 'x' }),
    idOf({ file: 'b.ts', span, replacement: 'x' }),
    idOf({ file: 'a.ts', span, replacement: 'y' }),
    idOf({ file: 'a.ts', span: { ...span, start: { line: 0, column: 2 } }, replacement: 'x' }),
    idOf({ file: 'a.ts', span: { ...span, start: { line: 1, column: 1 } }, replacement: 'x' }),
    idOf({ file: 'a.ts', span: { ...span, end: { line: 2, column: 4 } }, replacement: 'x' }),
    idOf({ file: 'a.ts', span: { ...span, end: { line: 3, column: 3 } }, replacement: 'x' }),
  ];
  expect(new Set(ids).size).toBe(ids.length);
});

test.each([
  ['scripts/plan/key.ts', 'plan'],
  ['scripts/flavour/lint/unused.ts', 'flavour'],
  ['scripts/engines/direct/disk/layout.ts', 'engines/direct'],
])('%s is in the room %s', (file, room) => {
  expect(roomOf(file)).toBe(room);
});
