import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { canonical, encode, flatten, model, parse, parseFile, validate } from 'kickstart-parser';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { comparable } from './comparison.ts';
import { type FlattenCase, readCases } from './conformance-cases.ts';

let root = '';

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'kickstart-flatten-'));
});

afterEach(() => rmSync(root, { recursive: true }));

function write(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), encode(text.replaceAll('{ROOT}', root)));
  }
}

/** Recorded trees where this package knowingly disagrees; the README gives the reasons. */
const DEVIATIONS: Readonly<Record<string, { readonly errors: readonly string[]; readonly text: string }>> = {
  'packages-left-open-in-include': {
    errors: ['include-leaves-section-open'],
    text: '%packages\na\nb\n%end\nlang a\n',
  },
  'post-include-no-newline': { errors: [], text: '%post\necho inc\necho after\n%end\n' },
};

test.each(readCases<FlattenCase>('_flatten'))('$id', (recorded) => {
  write(recorded.files);
  mkdirSync(join(root, recorded.cwd), { recursive: true });
  if (recorded.id === 'missing-main') {
    expect(() => parseFile(join(root, recorded.main))).toThrow('ENOENT');
    return;
  }
  const flat = flatten(parseFile(join(root, recorded.main)), { workingDirectory: join(root, recorded.cwd) });
  const findings = [...flat.diagnostics, ...validate(flat.document, recorded.version)];
  const errors = findings.filter(({ severity }) => severity === 'error');
  const deviation = DEVIATIONS[recorded.id];
  if (deviation !== undefined) {
    expect({ errors: errors.map(({ code }) => code), text: flat.text }).toEqual(deviation);
    return;
  }
  expect(errors.map(({ message }) => message).join('\n') === '').toBe(recorded.exit === 0);
  if (recorded.output !== undefined && recorded.exit === 0) {
    const text = canonical(model(flat.document, recorded.version));
    expect(comparable(withoutBlankLines(text))).toBe(
      comparable(withoutBlankLines(recorded.output.replaceAll('{ROOT}', root))),
    );
  }
});

/** The reference doubles line ends in opaque sections. */
function withoutBlankLines(text: string): string {
  return text.replaceAll(/\n{2,}/g, '\n');
}

test('every line of the flattened text has its origin, and spans point into the original files', () => {
  write({ 'main.ks': '# top\n%include sub/a.ks\nkeyboard us\n', 'sub/a.ks': '# inner\nlang a b\n' });
  const flat = flatten(parseFile(join(root, 'main.ks')), { workingDirectory: root });
  expect(flat.text).toBe('# top\n# inner\nlang a b\nkeyboard us\n');
  const [main, sub] = [join(root, 'main.ks'), join(root, 'sub/a.ks')];
  expect(flat.map).toEqual([
    { file: main, line: 1 },
    { file: sub, line: 1 },
    { file: sub, line: 2 },
    { file: main, line: 3 },
  ]);
  const [finding] = validate(flat.document, 'F44');
  expect(finding?.span).toMatchObject({ file: sub, start: { line: 2, column: 8 }, end: { line: 2, column: 9 } });
});

test('line endings on both sides of an empty included file stay two', () => {
  const files = new Map([['/empty.ks', encode('')]]);
  const flat = flatten(parse('lang a\r%include empty.ks\n\ntext\n', { file: '/main.ks' }), {
    workingDirectory: '/',
    read: (path) => files.get(path),
  });
  expect(flat.text).toBe('lang a\n\ntext\n');
  expect(flat.map.map((origin) => origin.line)).toEqual([1, 3, 4]);
});

test('a missing file is reported with the chain of includes, or kept when it is optional', () => {
  write({ 'main.ks': '\n%include a.ks\n', 'a.ks': '%include /tmp/made-by-pre.ks\n' });
  const document = parseFile(join(root, 'main.ks'));
  const [finding] = flatten(document, { workingDirectory: root }).diagnostics;
  expect(finding).toMatchObject({
    code: 'unreadable-file',
    span: { file: join(root, 'a.ks'), start: { line: 1 } },
    related: [{ span: { file: join(root, 'main.ks'), start: { line: 2 } } }],
  });
  const optional = flatten(document, { workingDirectory: root, optional: (path) => path.startsWith('/tmp/') });
  expect(optional.diagnostics).toEqual([]);
  expect(optional.text).toBe('\n%include /tmp/made-by-pre.ks\n');
});

test('files that include each other twice do not exhaust memory', () => {
  const files = Object.fromEntries(
    Array.from({ length: 40 }, (_value, i) => [`f${i}.ks`, `%include f${i + 1}.ks\n%include f${i + 1}.ks\n`]),
  );
  write({ ...files, 'f40.ks': 'lang C\n' });
  const { diagnostics } = flatten(parseFile(join(root, 'f0.ks')), { workingDirectory: root });
  expect(new Set(diagnostics.map(({ code }) => code))).toEqual(new Set(['too-many-includes']));
});

test('a loop is reported where it closes', () => {
  write({ 'a.ks': '%include b.ks\n', 'b.ks': 'lang x\n%include a.ks\n' });
  const { diagnostics } = flatten(parseFile(join(root, 'a.ks')), { workingDirectory: root });
  expect(diagnostics).toMatchObject([{ code: 'include-loop', span: { file: join(root, 'b.ks'), start: { line: 2 } } }]);
});

test('a file that %pre makes, and one from the network, is no error', () => {
  const text = [
    '%include /tmp/disks.ks',
    '%include https://example.org/more.ks',
    '%pre',
    'echo "part / --size=1" > /tmp/disks.ks',
    '%end',
    '%include /tmp/other.ks',
    '',
  ].join('\n');
  const { diagnostics } = flatten(parse(text), { workingDirectory: '/', read: () => undefined });
  expect(diagnostics.map(({ code, severity, span }) => [code, severity, span?.start.line])).toEqual([
    ['include-made-by-pre', 'info', 1],
    ['include-fetched-later', 'info', 2],
    ['unreadable-file', 'error', 6],
  ]);
});
