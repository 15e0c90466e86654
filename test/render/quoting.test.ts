import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { parse } from 'kickstart-parser';
import { expect, test } from 'vitest';
import { kickstartWord } from '../../scripts/diagnostic/index.ts';
import { shellWord } from '../../scripts/render/quoting.ts';
import { anyText } from '../any-text.ts';

const oneLine = anyText.filter((text) => !/[\p{Cc}\u2028\u2029]/u.test(text));

test('plain words stay as they are', () => {
  expect(kickstartWord('http://deb.debian.org/debian')).toBe('http://deb.debian.org/debian');
  expect(shellWord('/etc/a-b_c.d')).toBe('/etc/a-b_c.d');
});

test('a kickstart reads each word back unchanged', () => {
  fc.assert(
    fc.property(oneLine, (value) => {
      const [command] = parse(`user --gecos=${kickstartWord(value)}\n`, { file: 'x' }).nodes;
      expect(command).toMatchObject({ kind: 'command', args: [{ value: `--gecos=${value}` }] });
    }),
  );
});

test('a line break cannot be in a command', () => {
  expect(() => kickstartWord('a\nrootpw x')).toThrow(/line break/);
});

test('a shell reads each word back unchanged', () => {
  const values = fc.sample(oneLine, { numRuns: 200, seed: 1 }).concat("it's", '$(id)', '`id`', '-n', '*', '~', '');
  const script = `printf '%s\\n' ${values.map((value) => shellWord(`:${value}`)).join(' ')}`;
  const read = execFileSync('sh', ['-c', script], { encoding: 'utf8' }).split('\n').slice(0, -1);
  expect(read).toEqual(values.map((value) => `:${value}`));
});

test('each character that means something is quoted, wherever it stands', () => {
  for (const value of [' a', 'a ', '#a', 'a"b', 'a\\b', '']) {
    expect(kickstartWord(value)).toBe(`"${value.replaceAll(/["\\]/g, '\\$&')}"`);
  }
  for (const value of ['~a', ' a', 'a ', '']) expect(shellWord(value)).toBe(`'${value}'`);
  expect(shellWord("it's")).toBe("'it'\\''s'");
  expect(kickstartWord('~/a')).toBe('~/a');
});

test.each(['\n', '\r', '\f', '\v', '\u0085', '\u2028', '\u2029'])('no command carries the line break %j', (end) => {
  expect(() => kickstartWord(`a${end}b`)).toThrow('a kickstart command cannot carry a line break');
});
