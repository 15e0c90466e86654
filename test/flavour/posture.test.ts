import { expect, test } from 'vitest';
import { BASE, resolveIn, sourceTree } from './source-tree.ts';

const resolved = (files: Readonly<Record<string, string>>) => resolveIn(sourceTree(files));
const flavour = (more: string) =>
  `flavour: small\nsummary: a flavour for tests\nbase: test-1\ncomponents: [core]\n${more}`;
const component = (more: string) => `component: core\nsummary: the core of tests\n${more}`;
const sudo = (is: string, reason: string, more = '') =>
  `posture:\n  - {file: /usr/bin/sudo, is: ${is}, reason: ${reason}${more}}\n`;

const told = (files: Readonly<Record<string, string>>) =>
  resolved(files).diagnostics.map(({ code, span }) => `${code} ${span?.file.split('/').at(-1)}:${span?.start.line}`);

test('base, component and flavour give reasons; the later has the last word, and settings and users count', () => {
  const { flavour: found, diagnostics } = resolved({
    'bases/test-1.yaml': BASE + sudo('4755 root:root', 'of the base'),
    'overlays/core/component.yaml': component(
      `settings:\n  - {setting: kernel.sysrq, was: "0", value: "1", reason: people type at it, source: a page}\n${sudo('4755 root:root', 'of the component')}`,
    ),
    'flavours/small.yaml': flavour(
      `users:\n  - {name: zoe, groups: [disk]}\n  - {name: ada, groups: [disk]}\n${sudo('4711 root:root', 'of the flavour')}  - {port: tcp/80, reason: a page is served}\n`,
    ),
  });
  expect(diagnostics).toEqual([]);
  expect(found?.posture.map(({ kind, name, is, reason, by }) => [kind, name, is, reason, by])).toEqual([
    ['group', 'disk', 'ada, zoe', '`users:` puts them there', 'flavour small'],
    ['file', '/usr/bin/sudo', '4711 root:root', 'of the flavour', 'flavour small'],
    ['setting', 'kernel.sysrq', '1', 'people type at it', 'core'],
    ['port', 'tcp/80', '', 'a page is served', 'flavour small'],
  ]);
});

test('what is of other bases, or of another choice, is left out', () => {
  const of = (more: string) =>
    resolved({
      'overlays/core/component.yaml': component(
        `options:\n  loud: {type: boolean, default: false, doc: tells more}\n${sudo('4755 root:root', 'because', more)}`,
      ),
    });
  expect(of(', bases: [elsewhere]').flavour?.posture).toEqual([]);
  expect(of(', when: {loud: true}').flavour?.posture).toEqual([]);
  expect(of(', when: {loud: false}').flavour?.posture).toHaveLength(1);
});

test.each([
  ['two things in one entry', 'posture:\n  - {file: /a, group: disk, is: x, reason: because}\n', /small.yaml:6$/],
  ['no reason', 'posture:\n  - {file: /a, is: x}\n', /small.yaml:6$/],
  ['what it is is missing', 'posture:\n  - {file: /a, reason: because}\n', /^posture-without-is small.yaml:6$/],
  ['a port that is none', 'posture:\n  - {port: "22", reason: because}\n', /small.yaml:6$/],
  [
    'a condition in a flavour',
    'posture:\n  - {port: tcp/22, reason: because, when: {a: 1}}\n',
    /^posture-condition small.yaml:6$/,
  ],
])('%s is told at its line', (_what, more, expected) => {
  const findings = told({ 'flavours/small.yaml': flavour(more) });
  expect(findings).toHaveLength(1);
  expect(findings[0]).toMatch(expected);
});
