import { expect, test } from 'vitest';
import { YamlSource } from '../../scripts/flavour/yaml-source.ts';

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
