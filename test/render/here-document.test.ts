import { expect, test } from 'vitest';
import { terminatorFor } from '../../scripts/process/index.ts';
import { canCarry } from '../../scripts/render/here-document.ts';

const WORDS = [
  'end',
  'include',
  'ksappend',
  'addon',
  'anaconda',
  'certificate',
  'onerror',
  'packages',
  'post',
  'pre',
  'traceback',
];

test.each(WORDS)('a line that begins with %%%s cannot stand in a script', (word) => {
  for (const text of [`%${word}\n`, `first\n%${word} --x`, `a\n \t%${word}\n`]) expect(canCarry(text)).toBe(false);
  for (const text of [`# %${word}\n`, `echo %${word}\n`]) expect(canCarry(text)).toBe(true);
});

test('control characters and line ends that readers may take for their own cannot', () => {
  const codes = [
    ...Array.from({ length: 9 }, (_, code) => code),
    ...Array.from({ length: 21 }, (_, code) => code + 11),
  ];
  for (const code of [...codes, 0x7f, 0x80, 0x85, 0x9b, 0x9f, 0x2028, 0x2029]) {
    expect(canCarry(`a${String.fromCharCode(code)}b`), `U+${code.toString(16)}`).toBe(false);
  }
});

test('any other text can', () => {
  for (const text of ['', 'a\tb\n\n', ' ~\u00a0é日\n', '%wheel ALL\n', '100 %\n']) {
    expect(canCarry(text)).toBe(true);
  }
});

test('the terminator is a word that no line equals', () => {
  expect(terminatorFor(['a'])).toBe('EOF');
  expect(terminatorFor([' EOF', 'EOF '])).toBe('EOF');
  expect(terminatorFor(['EOF'])).toBe('EOF_2');
  expect(terminatorFor(['EOF_2', 'EOF', 'EOF_3'])).toBe('EOF_4');
});
