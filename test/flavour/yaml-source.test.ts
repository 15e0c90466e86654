import { expect, test } from 'vitest';
import { YamlSource, yamlFrom } from '../../scripts/flavour/yaml-source.ts';

test('a duplicate key shows both places', () => {
  const { diagnostics, data } = new YamlSource('f.yaml', 'a: 1\nmap:\n  key: 1\n  other: 2\n  key: 3\n');
  expect(data).toBeUndefined();
  expect(diagnostics).toMatchObject([
    {
      code: 'duplicate-key',
      message: '`key` is given twice',
      span: { start: { line: 5, column: 3 }, end: { line: 5, column: 6 } },
      related: [{ message: 'first here', span: { start: { line: 3, column: 3 } } }],
    },
  ]);
});

test('broken YAML is a finding with a place', () => {
  const { diagnostics } = new YamlSource('f.yaml', 'a: [1, 2\nb: 3\n');
  expect(diagnostics[0]).toMatchObject({ code: 'yaml-syntax', severity: 'error', span: { file: 'f.yaml' } });
});

test('places count from 1, in characters, behind wide ones too', () => {
  const source = new YamlSource('f.yaml', '日本: {語: x}\n');
  expect(source.spanOfValue(['日本', '語'])).toMatchObject({
    start: { line: 1, column: 9, offset: 8 },
    end: { column: 10 },
  });
});

test('a map is named by its first line, and an absent value by what is around it', () => {
  const source = new YamlSource('f.yaml', 'top:\n  a: 1\n  b: 2\n');
  expect(source.spanOfValue(['top'])).toMatchObject({ start: { line: 2, column: 3 }, end: { line: 2, column: 7 } });
  expect(source.spanOfValue(['top', 'nope'])).toEqual(source.spanOfValue(['top']));
  expect(source.spanOfKey(['top', 'b'])).toMatchObject({ start: { line: 3, column: 3 } });
});

test('CRLF files have the same lines and columns', () => {
  const source = new YamlSource('f.yaml', 'a: 1\r\nb: 2\r\n');
  expect(source.data).toEqual({ a: 1, b: 2 });
  expect(source.spanOfValue(['b'])).toMatchObject({ start: { line: 2, column: 4 } });
});

test.each([
  ['a: [*b]\n', 5, 'the alias `*b` stands for nothing: no `&b` before it (text that begins with `*` is put in quotes)'],
  [
    'a: *late\nb: &late 1\n',
    4,
    'the alias `*late` stands for nothing: no `&late` before it (text that begins with `*` is put in quotes)',
  ],
  ['a: &a {x: *a}\n', 11, 'the alias `*a` stands for something that it is part of'],
])('an alias that stands for nothing it could be: %j', (text, column, message) => {
  const { diagnostics, data } = new YamlSource('f.yaml', text);
  expect(data).toBeUndefined();
  expect(diagnostics).toMatchObject([{ code: 'yaml-alias', message, span: { start: { line: 1, column } } }]);
});

test('aliases of aliases are refused before they fill the memory, others stand for what they name', () => {
  const wide = (name: string, of: string) => `${name}: &${name} [${Array.from({ length: 10 }, () => of).join(', ')}]\n`;
  const names = ['a', 'b', 'c', 'd', 'e', 'f'];
  const text = names.map((name, index) => wide(name, index === 0 ? 'x' : `*${names[index - 1]}`)).join('');
  const { diagnostics, data } = new YamlSource('f.yaml', text);
  expect(data).toBeUndefined();
  expect(diagnostics).toMatchObject([{ code: 'yaml-alias', span: { start: { line: 2, column: 8 } } }]);
  expect(new YamlSource('f.yaml', 'a: &a 1\nb: *a\n').data).toEqual({ a: 1, b: 1 });
});

test.each([
  ['summary: a host: mine\n', 'a text with `: ` in it has to be quoted', 1],
  [
    'flavour: x\nextends headless\nsummary: y\n',
    'a line has no `:` behind its key, or a text goes on where a key should stand',
    2,
  ],
  ['flavour: x\nextends headless\n', 'this is neither `key: value` nor an entry `- …`', 2],
  ['summary: "abc\nextends: x\n', 'a quoted text has no end', undefined],
  ['a: [1, 2\nb: 3\n', 'a closing `]` or `}` is missing before this', 2],
  ['a:\n\t- b\n', 'this line is indented by a tab', 2],
  ['a:\n  - b\n - c\n', 'the entries of this list do not begin in the same column', undefined],
  ['a:\n  b: 1\n c: 2\n', 'this line begins further left or right than those that it belongs to', 3],
  ['a: @x\n', 'a text that begins with `@`, `` ` `` or `%` has to be quoted', 1],
  ['a: "\\.x"\n', 'a `\\` in double quotes begins a sign, and this is none', 1],
  ['a: !x y\n', 'a text that begins with `!` has to be quoted', 1],
  ['a: 1\n---\nb: 2\n', 'a second document begins here', 2],
  ["a: 'it's'\n", 'this follows a value that has ended before it', 1],
  ['a: - b\n', 'a list begins on a line of its own', 1],
  ['a: [a]]\n', 'nothing was opened that a `]` or `}` could close here', 1],
  ['a: >x\n', 'behind `|` and `>` the text begins on the next line', 1],
])('%j is told once, in words that say what to write', (text, message, line) => {
  const { diagnostics, data } = new YamlSource('f.yaml', text);
  expect(data).toBeUndefined();
  expect(diagnostics.map((found) => [found.code, found.message])).toEqual([['yaml-syntax', message]]);
  if (line !== undefined) expect(diagnostics[0]?.span?.start.line).toBe(line);
});

test.each([
  ['a: caf\xe9\nb: 1\n', 'the file is not UTF-8: save it as that', 1, 7],
  ['a: x\nb: \xc3\n', 'the file is not UTF-8: save it as that', 2, 4],
  ['\xff\xfea\0:\0 \x001\0', 'the file is UTF-16: save it as UTF-8', 1, 1],
])('%j is not read as other letters than were meant', (latin1, message, line, column) => {
  const { diagnostics, data } = yamlFrom('f.yaml', { bytes: Buffer.from(latin1, 'latin1') });
  expect(data).toBeUndefined();
  expect(diagnostics).toMatchObject([{ code: 'unreadable-file', message, span: { start: { line, column } } }]);
});

test.each(['a: {{flavour}}\n', '? [a, b]\n: 1\n', 'a: &a [1]\n*a : 2\n'])(
  'a key that is a list or a map is told at its line, and Node.js warns of nothing: %j',
  (text) => {
    const warned: unknown[] = [];
    const emitWarning = process.emitWarning;
    process.emitWarning = (warning: unknown) => void warned.push(warning);
    try {
      const { diagnostics, data } = new YamlSource('f.yaml', text);
      expect(data).toBeUndefined();
      expect(diagnostics.map(({ code, message }) => [code, message])).toEqual([
        ['yaml-syntax', expect.stringContaining('stands where a key should')],
      ]);
    } finally {
      process.emitWarning = emitWarning;
    }
    expect(warned).toEqual([]);
  },
);
