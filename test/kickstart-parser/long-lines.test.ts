import { applyFixes, check, type Diagnostic, formatPretty, parse } from 'kickstart-parser';
import { expect, test } from 'vitest';
import { withoutSecrets } from '../../scripts/report/diagnostics/secrets.ts';

// What looks at a line once for each of its characters takes minutes here, and ends at the limit for hangs.
const MANY = 400_000;

test.each([
  ['words', `part${' x'.repeat(MANY)}`],
  ['one word', `part / --label=${'x'.repeat(MANY)} --bogus`],
  ['blanks', `rootpw ${' '.repeat(MANY)} x y`],
  ['dashes', '-'.repeat(MANY)],
  ['quotes', `part / ${'"'.repeat(MANY + 1)}`],
  ['options', `firewall${' --bogus'.repeat(MANY / 8)}`],
  ['packages', `%packages\n${'vim '.repeat(MANY / 4)}\n%end`],
  ['edits in a script', `%post\nsed ${'-i x '.repeat(MANY / 5)}/etc/default/grub.d\n%end`],
  ['parentheses in a script', `%post\n${'(('.repeat(MANY / 2)}\n%end`],
  ['blank lines in a script', `%post\n${'\n'.repeat(MANY)}\n%end`],
  ['modules in a script', `%post\necho ${'vfio_virqfd '.repeat(MANY / 12)}\n%end`],
])('a long line of %s is checked, printed, and its findings are few', (_what, text) => {
  const findings = check(parse(text, { file: 'k' }), { checkShell: false });
  expect(findings.length).toBeLessThan(20);
  const printed = formatPretty(findings, () => text, { conceal: withoutSecrets });
  expect(Math.max(...printed.split('\n').map((line) => line.length))).toBeLessThan(400);
});

test('a part far along a long line is shown with what is around it', () => {
  const text = `part / --label=${'x'.repeat(1000)} --bogus ${'# y'.repeat(1000)}`;
  const [finding] = check(parse(text, { file: 'k' })).filter(({ code }) => code === 'unrecognized-arguments');
  const [, line = '', marks = ''] = formatPretty(finding === undefined ? [] : [finding], () => text).split('\n');
  expect(line).toMatch(/^ {2}1 \| …x{20,} --bogus # y.*…$/);
  expect(line.slice(marks.indexOf('^'), marks.lastIndexOf('^') + 1)).toBe('--bogus');
});

test('200,000 fixes are applied, in any order', () => {
  const text = 'install\n'.repeat(200_000);
  const findings = Array.from({ length: 200_000 }, (_value, index) => fixAt(index * 8, index * 8 + 8, ''));
  expect(applyFixes(text, 'k', findings)).toMatchObject({ text: '' });
  expect(applyFixes(text, 'k', findings.toReversed()).applied).toHaveLength(200_000);
});

test('of fixes that touch the same text the first is applied', () => {
  const text = 'abcdef';
  const apply = (...findings: Diagnostic[]) => {
    const result = applyFixes(text, 'k', findings);
    return [result.text, result.applied.map(({ code }) => code).join('')];
  };
  expect(apply(fixAt(1, 3, 'X'), fixAt(2, 4, 'Y'))).toEqual(['aXdef', 'X']);
  expect(apply(fixAt(1, 3, 'X'), fixAt(3, 4, 'Y'))).toEqual(['aXYef', 'XY']);
  expect(apply(fixAt(1, 3, 'X'), fixAt(2, 2, 'Y'))).toEqual(['aXdef', 'X']);
  expect(apply(fixAt(2, 2, 'X'), fixAt(1, 3, 'Y'))).toEqual(['abXcdef', 'X']);
  expect(apply(fixAt(2, 2, 'X'), fixAt(2, 2, 'Y'))).toEqual(['abXcdef', 'X']);
  expect(apply(fixAt(1, 3, 'X'), fixAt(3, 3, 'Y'), fixAt(1, 1, 'Z'))).toEqual(['aXYdef', 'XY']);
});

/** A finding whose fix replaces the text between two offsets. */
function fixAt(start: number, end: number, by: string): Diagnostic {
  const at = (offset: number) => ({ offset, line: 1, column: offset + 1 });
  const span = { file: 'k', start: at(start), end: at(end) };
  return { code: by, severity: 'error', message: by, fix: { title: by, edits: [{ span, text: by }] } };
}
