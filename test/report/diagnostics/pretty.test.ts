import { expect, test } from 'vitest';
import type { Diagnostic } from '../../../scripts/diagnostic/index.ts';
import {
  coloursFor,
  countLine,
  jsonDiagnostics,
  noColours,
  prettyDiagnostics,
  terminalColours,
} from '../../../scripts/report/diagnostics/index.ts';

const span = (file: string, line: number, from: number, to: number) => ({
  file,
  start: { offset: 0, line, column: from },
  end: { offset: 0, line, column: to },
});

const unknown: Diagnostic = {
  code: 'unknown-component',
  severity: 'error',
  message: 'there is no component `consol`',
  span: span('flavours/x.yaml', 2, 5, 11),
  related: [{ message: 'asked for here', span: span('flavours/x.yaml', 1, 1, 11) }],
  hint: 'did you mean `console`?',
  fix: { title: 'replace it by `console`', edits: [] },
};

const readSource = (file: string): string | undefined =>
  file === 'flavours/x.yaml' ? 'components:\n  - consol\n' : undefined;

test('place, message, the line, what belongs to it, and what to do', () => {
  expect(prettyDiagnostics([unknown], { readSource })).toBe(`\
flavours/x.yaml:2:5: error: there is no component \`consol\` [unknown-component]
  2 |   - consol
    |     ^^^^^^
  flavours/x.yaml:1:1: asked for here
    1 | components:
      | ^^^^^^^^^^
  hint: did you mean \`console\`?
  fix: replace it by \`console\`

1 error
`);
});

test('a finding without a place, and one whose source cannot be read', () => {
  const full: Diagnostic = { code: 'disk-full', severity: 'error', message: 'the disk is full' };
  const away: Diagnostic = { code: 'old', severity: 'warning', message: 'old', span: span('gone.ks', 3, 1, 2) };
  expect(prettyDiagnostics([full, away], { readSource })).toBe(`\
error: the disk is full [disk-full]

gone.ks:3:1: warning: old [old]

1 error, 1 warning
`);
});

test('a password hash is blotted out where it stands', () => {
  const hash: Diagnostic = {
    code: 'weak',
    severity: 'warning',
    message: 'weak $6$salt$abc',
    span: span('u.yaml', 1, 4, 20),
  };
  expect(prettyDiagnostics([hash], { readSource: () => 'h: $6$salt$abcdef/.' })).toBe(`\
u.yaml:1:4: warning: weak ${'•'.repeat(11)} [weak]
  1 | h: ${'•'.repeat(16)}
    |    ${'^'.repeat(16)}

1 warning
`);
});

test('nothing to say is no line at all', () => {
  expect(prettyDiagnostics([])).toBe('');
});

test('each source is read once', () => {
  const asked: string[] = [];
  const counted = (file: string): string | undefined => {
    asked.push(file);
    return readSource(file);
  };
  prettyDiagnostics([unknown, unknown], { readSource: counted });
  expect(asked).toEqual(['flavours/x.yaml']);
});

test('colours change no text', () => {
  const coloured = prettyDiagnostics([unknown], { readSource, colours: terminalColours });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with an escape
  expect(coloured.replaceAll(/\u001b\[\d+m/g, '')).toBe(prettyDiagnostics([unknown], { readSource }));
  expect(coloured).toContain('\u001b[31m^^^^^^\u001b[39m');
});

test.each([
  ['a terminal', true, {}, terminalColours],
  ['no terminal', false, {}, noColours],
  ['NO_COLOR', true, { NO_COLOR: '1' }, noColours],
  ['an empty NO_COLOR', true, { NO_COLOR: '' }, terminalColours],
  ['NO_COLOR before FORCE_COLOR', true, { NO_COLOR: '1', FORCE_COLOR: '1' }, noColours],
  ['FORCE_COLOR', false, { FORCE_COLOR: '1' }, terminalColours],
  ['a dumb terminal', true, { TERM: 'dumb' }, noColours],
])('colours on %s', (_, isTTY, env, expected) => {
  expect(coloursFor({ isTTY }, env)).toBe(expected);
});

test('counts in words', () => {
  const of = (severity: Diagnostic['severity']): Diagnostic => ({ code: 'x', severity, message: 'x' });
  expect(countLine([of('error'), of('info'), of('error'), of('warning')])).toBe('2 errors, 1 warning, 1 note');
});

test('secrets are in neither form', () => {
  const hash = '$y$j9T$abcdefghij$klmnopqrst';
  const leak: Diagnostic = { code: 'x', severity: 'error', message: `cannot use ${hash}`, hint: `not ${hash}` };
  expect(prettyDiagnostics([leak])).not.toContain('abcdefghij');
  expect(jsonDiagnostics([leak])).not.toContain('abcdefghij');
});

test('JSON is the diagnostics', () => {
  expect(JSON.parse(jsonDiagnostics([unknown]))).toEqual({ schema: 1, diagnostics: [unknown] });
});
