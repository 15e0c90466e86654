import { expect, test } from 'vitest';
import { parse, validate, vocabulary } from '../../scripts/kickstart-parser/src/index.ts';

const optionsOf = (version: 'F40' | 'F44', name: string) =>
  vocabulary(version).find((command) => command.name === name)?.options;

test('what a release knows is told, sorted by command', () => {
  const names = vocabulary('F44').map(({ name }) => name);
  expect(names).toEqual([...names].sort());
  expect(names).toEqual(expect.arrayContaining(['part', 'partition', 'user', 'zerombr']));
  expect(optionsOf('F44', 'reqpart')).toEqual(['--add-boot']);
});

test('what a release does not know yet, or knows no more, is not told', () => {
  expect(optionsOf('F40', 'bootc')).toBeUndefined();
  expect(optionsOf('F40', 'autopart')).not.toContain('--hw-passphrase');
  expect(optionsOf('F44', 'autopart')).toContain('--hw-passphrase');
  expect(vocabulary('F44').map(({ name }) => name)).not.toContain('vnc');
});

test('none of it draws an error for its name', () => {
  for (const { name, options } of vocabulary('F44')) {
    for (const option of options) {
      const unknown = validate(parse(`${name} ${option}=x\n`), 'F44').filter(({ code }) => /unknown/.test(code));
      expect(unknown, `${name} ${option}`).toEqual([]);
    }
  }
});
