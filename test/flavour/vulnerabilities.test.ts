import { expect, test } from 'vitest';
import { expiredStatements } from '../../scripts/flavour/index.ts';
import { BASE, resolveIn, sourceTree } from './source-tree.ts';

const resolved = (files: Readonly<Record<string, string>>) => resolveIn(sourceTree(files));

const entry = (words: string) => `  - {${words}}\n`;
const usual =
  'id: CVE-2026-1234, package: openssl, status: not_affected, justification: vulnerable_code_not_present, reason: built without it, until: "2027-01-31"';
const flavour = (entries: string) =>
  `flavour: small\nsummary: a flavour for tests\nbase: test-1\ncomponents: [core]\nvulnerabilities:\n${entries}`;
const component = (entries: string) => `component: core\nsummary: the core of tests\nvulnerabilities:\n${entries}`;
const files = (entries: string) => ({ 'flavours/small.yaml': flavour(entries) });

/** `CODE LINE` of each finding. */
const told = (tree: Readonly<Record<string, string>>) =>
  resolved(tree).diagnostics.map(({ code, span }) => `${code} ${span?.file.split('/').at(-1)}:${span?.start.line}`);

test('base, component and flavour state something; who is nearer to the flavour has the last word', () => {
  const later = usual.replace('not_affected, justification: vulnerable_code_not_present', 'affected');
  const { flavour: found, diagnostics } = resolved({
    'bases/test-1.yaml': `${BASE}vulnerabilities:\n${entry(usual)}${entry(usual.replace('1234', '1111'))}`,
    'overlays/core/component.yaml': component(entry(usual.replace('openssl', 'bash')) + entry(later)),
    'flavours/small.yaml': flavour(entry(later.replace('built', 'made'))),
  });
  expect(diagnostics).toEqual([]);
  expect(
    found?.vulnerabilities.map(({ id, package: about, status, by, reason, at }) => [
      id,
      about,
      status,
      by,
      reason,
      at.start.line,
    ]),
  ).toEqual([
    ['CVE-2026-1234', 'openssl', 'affected', 'flavour small', 'made without it', 6],
    ['CVE-2026-1111', 'openssl', 'not_affected', 'base test-1', 'built without it', 32],
    ['CVE-2026-1234', 'bash', 'not_affected', 'core', 'built without it', 4],
  ]);
});

test('what is of other bases is left out', () => {
  const other = (name: string) => files(entry(`${usual}, bases: [${name}]`));
  expect(resolved(other('test-1')).flavour?.vulnerabilities).toHaveLength(1);
  expect(resolved(other('elsewhere')).flavour?.vulnerabilities).toEqual([]);
});

test.each([
  ['an id that is none', usual.replace('CVE-2026-1234', 'CVE-26-1'), 'wrong-value small.yaml:6'],
  ['a status that is none', usual.replace('not_affected', 'harmless'), 'wrong-value small.yaml:6'],
  ['a date that is none', usual.replace('2027-01-31', '2027-13-31'), 'wrong-value small.yaml:6'],
  ['no end', usual.replace(/, until.*/, ''), 'missing-key small.yaml:6'],
  ['no reason', usual.replace(/ reason: [^,]*,/, ''), 'missing-key small.yaml:6'],
  ['no justification', usual.replace(/ justification: [^,]*,/, ''), 'no-justification small.yaml:6'],
  ['a justification too many', usual.replace('not_affected', 'affected'), 'idle-justification small.yaml:6'],
])('%s is told at its line', (_what, words, expected) => {
  expect(told(files(entry(words)))).toEqual([expected]);
});

test('what is stated twice at the same distance contradicts', () => {
  expect(told(files(entry(usual) + entry(usual)))).toEqual(['vulnerability-twice small.yaml:7']);
});

test('a statement that counts no more is told at its line', () => {
  const { flavour: found } = resolved(files(entry(usual)));
  const statements = found?.vulnerabilities ?? [];
  expect(expiredStatements(statements, '2027-01-31')).toEqual([]);
  expect(expiredStatements(statements, '2027-02-01')).toMatchObject([
    { code: 'expired-statement', severity: 'warning', span: { start: { line: 6 } } },
  ]);
});
