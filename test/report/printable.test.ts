import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { formatGithub, formatJson, formatSarif } from 'kickstart-parser';
import { printable } from 'kickstart-parser/report';
import { expect, test } from 'vitest';
import type { Diagnostic } from '../../scripts/diagnostic/index.ts';
import { ReportedError } from '../../scripts/diagnostic/index.ts';
import { plainText } from '../../scripts/process/index.ts';
import { jsonDiagnostics, prettyDiagnostics } from '../../scripts/report/diagnostics/index.ts';
import { xml } from '../../scripts/report/test-run/junit.ts';
import { cacheWithBundle } from '../command-bundle.ts';
import { scratchDirectory } from '../commands/recording-context.ts';
import { checkout } from '../render/shipped.ts';

/** Clears the screen, sets a title, begins a sequence in one character, rings, deletes. */
const EVIL = '\u001b[2J\u001b]0;owned\u0007\u009b31m\u0085\u007f\u0000\r';

/** What a terminal would obey, but line ends and tabs. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is these that are looked for
const OBEYED = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/;

const at = { offset: 0, line: 1, column: 1 };
const finding: Diagnostic = {
  code: 'x',
  severity: 'error',
  message: `a ${EVIL} message`,
  hint: `a ${EVIL} hint\nwith lines`,
  span: { file: `${EVIL}.ks`, start: at, end: { ...at, column: 9, offset: 8 } },
  related: [{ message: EVIL, span: { file: EVIL, start: at, end: at } }],
  fix: { title: EVIL, edits: [] },
};

test.each([
  ['pretty', () => prettyDiagnostics([finding], { readSource: () => `text ${EVIL} text` })],
  ['json', () => jsonDiagnostics([finding])],
  ['json of kickstart-parser', () => formatJson([finding])],
  ['sarif', () => formatSarif([finding])],
  ['github', () => formatGithub([finding])],
  ['junit', () => xml(EVIL)],
  ['a console line', () => plainText(`a${EVIL}b`)],
  ['an error in a list of tasks', () => new ReportedError(finding).message],
])('no control character is in what is told as %s', (_format, tell) => {
  expect(tell()).not.toMatch(OBEYED);
  expect(tell().length).toBeGreaterThan(0);
});

test('what is told to programs is the value that it was', () => {
  expect(JSON.parse(formatJson([finding]))).toEqual([finding]);
  expect(JSON.parse(printable(JSON.stringify({ a: EVIL })))).toEqual({ a: EVIL });
});

test('people see that there was one', () => {
  expect(printable('a\u001b[1mb\u009bc\td\ne')).toBe('a␛[1mb\\u009bc\td\ne');
  // A terminal in raw mode needs both.
  expect(printable('a\r\nb\rc\r')).toBe('a\r\nb␍c␍');
  expect(plainText('a\u001b[1mb\u009b31mc\u001b]0;t\u0007d')).toBe('abcd');
});

test('the command line prints none, wherever it comes from', { timeout: 60_000 }, () => {
  const mine = scratchDirectory();
  mkdirSync(path.join(mine, 'flavours'));
  writeFileSync(
    path.join(mine, 'flavours/slip.yaml'),
    `flavour: slip\nsummary: "a slip \u009b31m of the pen"\nextends: nano\n? "\\e[2J"\n: 1\n`,
  );
  writeFileSync(path.join(mine, 'x.ks'), `lang en_US ${EVIL}\n${EVIL} --x\n`);
  const env = { ...process.env, NO_COLOR: '1', PHYLLOME_CACHE: cacheWithBundle(path.join(mine, 'cache')) };
  for (const words of [
    ['lint', 'slip'],
    ['list'],
    ['show', 'slip', '--json'],
    ['lint', path.join(mine, 'x.ks')],
    ['lint', path.join(mine, 'x.ks'), '--format', 'json'],
    ['why', 'nano', EVIL.replace('\0', '')],
    ['lint', '\u001b[2J'],
    ['list', '--\u001b[2J'],
    ['\u009b2J'],
  ]) {
    const { stdout, stderr } = spawnSync(path.join(checkout, 'ci/phyllome'), ['--dir', mine, ...words], {
      encoding: 'utf8',
      env,
    });
    expect([words, stdout.match(OBEYED)?.index, stderr.match(OBEYED)?.index]).toEqual([words, undefined, undefined]);
    expect(stdout + stderr).not.toBe('');
  }
});
