import { applyFixes, check, decode, encode, flatten, model, parse, validate } from 'kickstart-parser';
import { expect, test } from 'vitest';

test('a byte that is no UTF-8 is an error, at its place', () => {
  const text = decode(Uint8Array.of(...encode('lang C\n# caf'), 0xe9, 0x0a));
  expect(validate(parse(text), 'F44')).toMatchObject([
    { code: 'not-utf-8', severity: 'error', message: 'Byte E9 is no UTF-8', span: { start: { line: 2, column: 6 } } },
  ]);
  expect(validate(parse('# café 😀\n'), 'F44')).toEqual([]);
});

test.each([
  [Uint8Array.of(0xff, 0xfe), false],
  [Uint8Array.of(0xfe, 0xff), true],
])('UTF-16 is named once, whatever its lines would be', (mark, isBig) => {
  const bytes = Buffer.from('lang C\nurl x\n', 'utf16le');
  const text = decode(Buffer.concat([mark, isBig ? bytes.swap16() : bytes]));
  expect(check(parse(text))).toMatchObject([
    { code: 'not-utf-8', message: 'The file is UTF-16 and not UTF-8', span: { start: { line: 1, column: 1 } } },
  ]);
});

test.each(['lang C\n', '# comment\n', '%packages\n%end\n'])(
  'a byte order mark before %j is named and removed',
  (text) => {
    const marked = `\ufeff${text}`;
    const findings = validate(parse(marked, { file: 'k' }), 'F44');
    expect(findings[0]?.message).toMatch(/^A byte order mark/);
    expect(applyFixes(marked, 'k', findings.slice(0, 1)).text).toBe(text);
  },
);

test('%ksappend in a list of packages is a package to the installer, and told', () => {
  const document = parse('%packages\nvim\n%ksappend /a.ks\n%end\n');
  expect(model(document).packages?.packages.map(({ name }) => name)).toEqual(['vim', '%ksappend /a.ks']);
  expect(validate(document, 'F44')).toMatchObject([
    { code: 'section-rule', severity: 'warning', span: { start: { line: 3 } } },
  ]);
});

test.each([
  ['a.ks', 'parts/b.ks'],
  ['./a.ks', './parts/b.ks'],
  ['/w/a.ks', '/w/parts/b.ks'],
])('included files are named as %s is', (main, included) => {
  const read = (path: string) => (path === '/w/parts/b.ks' ? encode('bogus\n') : undefined);
  const { document } = flatten(parse('%include parts/b.ks\n', { file: main }), { workingDirectory: '/w', read });
  expect(validate(document, 'F44')[0]?.span?.file).toBe(included);
});
