import { expect, test } from 'vitest';
import { asTyped, typedProgram } from '../../../scripts/report/diagnostics/index.ts';

const typed = { program: 'ci/phyllome', directories: ['~/my host', 'b'] };
const dirs = "--dir '~/my host' --dir b";

test.each([
  ['phyllome build x', `ci/phyllome ${dirs} build x`],
  [
    'first `phyllome build x`, then `phyllome test x`',
    `first \`ci/phyllome ${dirs} build x\`, then \`ci/phyllome ${dirs} test x\``,
  ],
  ['What next:\n  phyllome run x\n      starts it', `What next:\n  ci/phyllome ${dirs} run x\n      starts it`],
  ['see what it changes:  phyllome diff a b', `see what it changes:  ci/phyllome ${dirs} diff a b`],
  [
    'phyllome shell 12   one\nphyllome shell 13   two',
    `ci/phyllome ${dirs} shell 12   one\nci/phyllome ${dirs} shell 13   two`,
  ],
  // What says its own directory keeps it; other words are no command.
  ['`phyllome --dir ~/my-phyllome new my-host`', '`ci/phyllome --dir ~/my-phyllome new my-host`'],
  ['see it:  phyllome --dir ../own diff a b', 'see it:  ci/phyllome --dir ../own diff a b'],
  [
    '`phyllome new NAME --from headless --dir DIR` makes one',
    '`ci/phyllome new NAME --from headless --dir DIR` makes one',
  ],
  ['the phyllome project and /etc/phyllome hand-over', 'the phyllome project and /etc/phyllome hand-over'],
  ['`phyllome-doctor` tells', '`phyllome-doctor` tells'],
])('%j is told as it was typed', (text, expected) => {
  expect(asTyped(text, typed)).toBe(expected);
});

test('what a console said is evidence', () => {
  const console = 'last lines of the console (out/console.log):\n  phyllome login: with `phyllome run`';
  expect(asTyped(`see \`phyllome run x\`\n${console}`, typed)).toBe(`see \`ci/phyllome ${dirs} run x\`\n${console}`);
});

test('without `--dir`, and as `phyllome`, a text stays as it is', () => {
  expect(asTyped('`phyllome build x`', { program: 'phyllome', directories: [] })).toBe('`phyllome build x`');
});

test('the program is called as it was', () => {
  expect(typedProgram({})).toBe('phyllome');
  expect(typedProgram({ PHYLLOME_AS: './ci/phyllome' })).toBe('./ci/phyllome');
  expect(typedProgram({ PHYLLOME_AS: '/x/node_modules/.bin/phyllome', npm_command: 'exec' })).toBe('npx phyllome');
});
