import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { declarations } from '../../scripts/commands/declarations.ts';
import { componentTables } from '../../scripts/docs/component-tables.ts';
import { firstComment } from '../../scripts/docs/first-comment.ts';
import { withGeneratedPart } from '../../scripts/docs/generated-part.ts';
import { answersPage, componentPages, labPage, readme } from '../../scripts/docs/index.ts';
import { verbTable } from '../../scripts/docs/readme.ts';
import { list } from '../../scripts/flavour/index.ts';
import { checkout, directories } from '../render/shipped.ts';

test('README, each component, the lab and the installer have their page, and it says what its sources say (else: phyllome docs)', async () => {
  const [directory] = directories;
  if (!directory) throw new Error('there is no checkout');
  const components = componentPages(directory);
  expect(components.size).toBe(list('component', directories).length);
  // No page is left of a component that is gone.
  expect(readdirSync(path.join(checkout, 'overlays'))).toHaveLength(components.size);
  const pages = new Map([
    ...components,
    ...labPage(checkout),
    ...answersPage(checkout),
    ...readme(checkout, await declarations()),
  ]);
  const stale = [...pages].filter(([file, text]) => {
    const absolute = path.join(checkout, file);
    return !existsSync(absolute) || readFileSync(absolute, 'utf8') !== text;
  });
  expect(stale.map(([file]) => file)).toEqual([]);
});

describe('a page', () => {
  test('begins with what is said of the component, and is made anew between its marks only', () => {
    const first = withGeneratedPart(undefined, '# ssh', 'one');
    expect(first.startsWith('# ssh\n\n<!-- made by')).toBe(true);
    const edited = `${first.replace('# ssh', '# SSH, by hand')}\nAnd more by hand.\n`;
    const second = withGeneratedPart(edited, '# ssh', 'two');
    expect(second).toContain('# SSH, by hand');
    expect(second).toContain('And more by hand.');
    expect(second).toContain('\n\ntwo\n\n');
    expect(second).not.toContain('one\n');
    expect(withGeneratedPart(second, '# ssh', 'two')).toBe(second);
  });

  test('of a page without marks everything stays', () => {
    expect(withGeneratedPart('# By hand\n', '# x', 'tables')).toMatch(/^# By hand\n\n<!-- made by[\s\S]*tables/);
  });
});

describe('tables', () => {
  const bases = [
    {
      title: 'Debian',
      names: { packages: { sound: ['a', 'b'], none: [] }, units: { gone: { missing: 'there is no such thing' } } },
    },
  ];
  const of = (component: object) =>
    componentTables({ component: { component: 'x', summary: 'x', ...component }, bases, files: [], checks: [] });

  test('show names, state, condition and reason; a column in which nothing stands is left out', () => {
    expect(of({ packages: [{ name: 'sound', when: { mode: { not: 'plain' } }, reason: 'a | b' }, 'none'] })).toBe(
      '## Packages\n\n| Package | Debian | Only if | Why |\n| --- | --- | --- | --- |\n| sound | `a`, `b` | mode is not plain | a \\| b |\n| none | — |  |  |',
    );
    expect(of({ units: [{ mask: 'gone', reason: 'it is in the way' }] })).toContain(
      '| gone | masked | none: there is no such thing | it is in the way |',
    );
  });

  test('show settings with what they were', () => {
    const setting = {
      setting: 'vm.x',
      was: '60',
      value: '100',
      reason: 'r',
      source: 's',
      when: { memory: ['a', 'b'] },
    };
    expect(of({ settings: [setting] })).toContain('| `vm.x` | 60 | `100` | memory is a or b | r | s |');
  });

  test('of an empty component are none', () => {
    expect(of({})).toBe('');
  });
});

test('verbs are told as they are typed, those for shells only are not', () => {
  const shown = {
    name: 'hardware check',
    help: { summary: 'judge', more: 'well' },
    flags: { dump: { help: '', operand: 'optional', takes: { name: 'dump' }, read: String } },
  } as const;
  const hidden = { name: 'complete', help: { summary: 'answer', hidden: true }, flags: {} } as const;
  expect(verbTable([shown, hidden])).toBe(
    '| Verb | What it does |\n| --- | --- |\n| `hardware check [DUMP]` | judge; well |',
  );
});

test.each([
  ['# Says this. And that.\nkey = 1\n', 'Says this.'],
  ['#!/bin/sh\n# Two lines\n# of one sentence\nset -e\n', 'Two lines of one sentence'],
  ['// A rule: for some.\ncode();\n', 'A rule: for some.'],
  ['[Unit]\n# late\n', ''],
])('the first comment of %j', (text, expected) => {
  expect(firstComment(text)).toBe(expected);
});
