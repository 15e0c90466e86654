import { expect, test } from 'vitest';
import { BASE, onlyFinding, resolveIn, sourceTree } from './source-tree.ts';

const resolved = (system: string, core: string, base = BASE) =>
  resolveIn(
    sourceTree({
      'bases/test-1.yaml': base,
      'flavours/small.yaml': `flavour: small\nsummary: small\nbase: test-1\ncomponents: [core]\n${system}`,
      'overlays/core/component.yaml': `component: core\nsummary: the core\n${core}`,
    }),
  );
const when = (value: string) => `packages: [{name: shell, when: {${value}}}]\n`;

test('an entry counts by the values of the system', () => {
  const condition = when('system.lang: {not: [C.UTF-8, en_US.UTF-8]}');
  expect(resolved('', condition).flavour?.packages).toEqual([]);
  expect(resolved('system: {lang: de_DE.UTF-8}\n', condition).flavour?.packages).toHaveLength(1);
});

test('a system value that there is not', () => {
  expect(onlyFinding(resolved('', when('system.langs: C')))).toMatch(
    /^unknown-value overlays\/core\/component.yaml:3:\d+ there is no system value named `langs` \(did you mean `lang`\?\)/,
  );
});

test.each([
  ['de_DE.UTF-8', 'de'],
  ['sr_RS@latin', 'sr'],
  ['C.UTF-8', 'en'],
])('%s: {{language}} in a package name of the base is %s', (lang, language) => {
  const base = BASE.replace('shell: bash', 'shell: [bash, "langpack-{{language}}"]');
  const { flavour } = resolved(`system: {lang: ${lang}}\n`, 'packages: [shell]\n', base);
  expect(flavour?.packages.map(({ name }) => name)).toEqual(['bash', `langpack-${language}`]);
});

test('{{language}} stands for each language that people can choose, once', () => {
  const base = BASE.replace('shell: bash', 'shell: [bash, "langpack-{{language}}"]');
  const system = 'system: {lang: de_DE.UTF-8, languages: [de_AT.UTF-8, fr_FR.UTF-8]}\n';
  const { flavour } = resolved(system, 'packages: [shell]\n', base);
  expect(flavour?.packages.map(({ name }) => name)).toEqual(['bash', 'langpack-de', 'langpack-fr']);
  expect(flavour?.languages.map(({ value }) => value)).toEqual(['de_AT.UTF-8', 'fr_FR.UTF-8']);
});

test('an entry counts where people can choose a language', () => {
  const condition = when('system.languages: {not: []}');
  expect(resolved('', condition).flavour?.packages).toEqual([]);
  expect(resolved('system: {languages: [de_DE.UTF-8]}\n', condition).flavour?.packages).toHaveLength(1);
});

test('a flavour may name a package as its base does', () => {
  const { flavour, diagnostics } = resolved('packages: {add: [{exact: htop, reason: I look at processes}]}\n', '');
  expect(diagnostics).toEqual([]);
  expect(flavour?.packages).toMatchObject([{ name: 'htop', by: 'flavour small', reason: 'I look at processes' }]);
  expect(onlyFinding(resolved('packages: [{exact: htop, name: shell}]\n', ''))).toMatch(/^wrong-value .*:5:12 /);
});
