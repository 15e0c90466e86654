import { expect, test } from 'vitest';
import { languageOf, xLayoutOf } from '../../scripts/flavour/index.ts';

test.each([
  ['de_DE.UTF-8', 'de'],
  ['pt_BR', 'pt'],
  ['ca@valencia', 'ca'],
  ['fr.UTF-8', 'fr'],
  ['eo', 'eo'],
  ['C.UTF-8', 'en'],
  ['C', 'en'],
  ['POSIX', 'en'],
  ['', 'en'],
])('the language of the locale `%s` is %s', (locale, language) => {
  expect(languageOf(locale)).toBe(language);
});

test.each([
  ['us', 'us'],
  ['de-nodeadkeys', 'de'],
  ['uk', 'gb'],
  ['dvorak', 'us (dvorak)'],
])('the layout of a session with the console’s %s is %s', (keyMap, layout) => {
  expect(xLayoutOf(keyMap)).toBe(layout);
});
