import { readFileSync } from 'node:fs';
import { canonical, type Diagnostic, interpret, parse } from 'kickstart-parser';
import { expect, test, vi } from 'vitest';
import { comparable } from './comparison.ts';
import { type ConformanceCase, caseGroups, readCases } from './conformance-cases.ts';

// Thousands of cases, and other work may share the processors.
vi.setConfig({ testTimeout: 120_000 });

const readme = readFileSync(new URL('../../scripts/kickstart-parser/README.md', import.meta.url), 'utf8');
/** The first column of the table of differences. */
const rows = (readme.split('## Where it differs from pykickstart')[1]?.split('\n## ')[0] ?? '')
  .split('\n')
  .flatMap((line) => /^\| (.*?) +\| /.exec(line)?.[1] ?? []);

/** One recorded run on which this package does not do what the reference did. */
interface Difference {
  readonly recorded: ConformanceCase & { readonly error_type?: string };
  readonly what: 'outcome' | 'place' | 'exception' | 'canonical';
  readonly ours: string;
  readonly reference: string;
}

const bare = (text: string) => text.replaceAll(/["\\]/g, '');
/** Options that were given without a value. */
const withoutEmpty = (text: string) => text.replaceAll(/ (?:--[\w-]+=(?:"")?|"")(?= |\n|$)/g, '');

/** Why the two differ, by the row of the README's table that says so. The first that fits counts. */
const reasons: readonly { readonly row: string; readonly fits: (difference: Difference) => boolean }[] = [
  {
    row: 'an unclosed section',
    fits: ({ what, recorded }) => what === 'place' && recorded.reason === 'unterminated-section',
  },
  {
    row: 'an included file that is not there',
    fits: ({ what, recorded }) => what === 'outcome' && recorded.reason === 'unreadable-file',
  },
  { row: '`method` without a method', fits: ({ what }) => what === 'exception' },
  {
    row: 'indented `auth`',
    fits: ({ recorded }) => /^ +auth/.test(recorded.input),
  },
  {
    row: 'add-on sections in canonical form',
    fits: ({ recorded, ours, reference }) =>
      /^ *%(?:addon|anaconda)/m.test(recorded.input) && squeezed(ours) === squeezed(reference),
  },
  {
    row: '`ignoredisk --interactive`',
    fits: ({ ours, reference }) =>
      /^ignoredisk /.test(ours) && ours.replace(/ --(?:drives|only-use)=\S+/, '') === reference,
  },
  {
    row: 'a value that ends in a line break',
    fits: ({ recorded, ours, reference }) => recorded.input.includes('\\\n') && bare(ours) === bare(reference),
  },
  {
    row: 'a group that is excluded and then asked for again',
    fits: ({ ours, reference }) => ours !== reference && sorted(ours) === sorted(reference) && ours.includes('\n-@'),
  },
  {
    row: 'values with blanks, quotes, backslashes or `#` in canonical form',
    fits: ({ ours, reference }) => bare(ours) === bare(reference),
  },
  {
    row: 'empty words and values in canonical form',
    // A default that an empty value took the place of is said here as well.
    fits: ({ ours, reference }) => {
      const words = (text: string) => withoutEmpty(text).replaceAll(' --stateroot="default"', '').trim();
      return words(ours) === words(reference);
    },
  },
];

const squeezed = (text: string) => text.replaceAll(/(%end)(?=%)/g, '$1\n').replaceAll(/\n+/g, '\n');
const sorted = (text: string) => text.split('\n').sort().join('\n');

function differenceOf(recorded: Difference['recorded'], group: string): Difference | undefined {
  const document = parse(recorded.input);
  const seen = recorded.versions.map((version) => interpret(document, version));
  // One recorded case is one result in all its releases.
  const [first] = seen;
  if (first === undefined) throw new Error(`${recorded.id} is of no release`);
  const errors = first.diagnostics.filter(({ severity }) => severity === 'error');
  const reference = recorded.outcome === 'ok' || recorded.outcome === 'deprecated' ? 'ok' : 'error';
  const ours = errors.length > 0 ? 'error' : 'ok';
  if (ours !== reference) return { recorded, what: 'outcome', ours, reference };
  if (ours === 'error') return ofError(recorded, errors);
  let text = canonical(first.model);
  if (!group.startsWith('_') && first.model.commands.bootloader === undefined)
    text = text.replace(/^bootloader .*\n/m, '');
  const [mine, theirs] = [comparable(text), comparable(recorded.output ?? '')];
  return mine === theirs ? undefined : { recorded, what: 'canonical', ours: mine, reference: theirs };
}

function ofError(recorded: Difference['recorded'], errors: readonly Diagnostic[]): Difference | undefined {
  const lines = errors.map(({ span }) => span?.start.line);
  const told = { recorded, ours: lines.join(), reference: String(recorded.error_line ?? recorded.error_type) };
  if (!(recorded.error_type ?? 'Kickstart').startsWith('Kickstart')) return { ...told, what: 'exception' };
  if (recorded.error_line === undefined || lines.includes(recorded.error_line)) return undefined;
  return { ...told, what: 'place' };
}

test('every recorded difference from the reference is in the README’s table, and no row of these is without one', () => {
  const counts = new Map(reasons.map(({ row }) => [row, 0]));
  const unexplained: string[] = [];
  for (const group of caseGroups) {
    for (const recorded of readCases<Difference['recorded']>(group)) {
      const difference = differenceOf(recorded, group);
      if (difference === undefined) continue;
      const row = reasons.find(({ fits }) => fits(difference))?.row;
      if (row === undefined) unexplained.push(JSON.stringify({ ...difference, recorded: recorded.input }));
      else counts.set(row, (counts.get(row) ?? 0) + 1);
    }
  }
  expect(unexplained).toEqual([]);
  expect([...counts].filter(([, count]) => count === 0)).toEqual([]);
  expect(reasons.filter(({ row }) => !rows.some((cell) => cell.startsWith(row))).map(({ row }) => row)).toEqual([]);
});
