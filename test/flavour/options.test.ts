import { expect, test } from 'vitest';
import { asLine, onlyFinding, resolveIn, sourceTree } from './source-tree.ts';

const OPTIONS = `component: core
summary: the core
options:
  vendor: {doc: who made it, type: enum, values: [amd, intel, both], default: both}
  loud: {doc: says more, type: boolean, default: false}
  ids: {doc: devices, type: list, pattern: "[0-9a-f]{4}:[0-9a-f]{4}", default: []}
  port: {doc: where, type: integer, minimum: 1, maximum: 9, default: 3}
  device: {doc: which, type: string, pattern: "tty[A-Z0-9]+", default: ttyS0}
`;
const resolved = (component: string, ...lines: string[]) =>
  resolveIn(
    sourceTree({
      'overlays/core/component.yaml': OPTIONS + component,
      'flavours/small.yaml': [
        'flavour: small',
        'summary: small',
        'base: test-1',
        'components: [core]',
        ...lines,
        '',
      ].join('\n'),
    }),
  );

test('defaults count until a flavour says otherwise, and each value knows its place', () => {
  const { flavour } = resolved('', 'options: {core: {vendor: amd, ids: ["10de:2805"]}}');
  expect(flavour?.options.map(({ name, value, isDefault, at }) => [name, value, isDefault, at.file])).toEqual([
    ['vendor', 'amd', false, 'flavours/small.yaml'],
    ['loud', false, true, 'overlays/core/component.yaml'],
    ['ids', ['10de:2805'], false, 'flavours/small.yaml'],
    ['port', 3, true, 'overlays/core/component.yaml'],
    ['device', 'ttyS0', true, 'overlays/core/component.yaml'],
  ]);
});

test.each([
  [
    'vendor: amdd',
    'wrong-option flavours/small.yaml:5:26 `core.vendor` must be `amd`, `intel` or `both` (did you mean `amd`?)',
  ],
  ['loud: "yes"', 'wrong-option flavours/small.yaml:5:24 `core.loud` must be true or false'],
  ['port: 10', 'wrong-option flavours/small.yaml:5:24 `core.port` must be a whole number from 1 to 9'],
  ['port: 1.5', 'wrong-option flavours/small.yaml:5:24 `core.port` must be a whole number from 1 to 9'],
  [
    'ids: [nope]',
    'wrong-option flavours/small.yaml:5:24 `core.ids` must be a list of entries as its description asks for',
  ],
  ['device: xttyS0', 'wrong-option flavours/small.yaml:5:26 `core.device` must be text as its description asks for'],
  [
    'vendr: amd',
    'unknown-option flavours/small.yaml:5:18 there is no option of `core` named `vendr` (did you mean `vendor`?)',
  ],
])('`%s` is refused where it stands', (value, finding) => {
  expect(onlyFinding(resolved('', `options: {core: {${value}}}`))).toBe(finding);
});

test('options for a component that is not there are no silent nothing', () => {
  expect(onlyFinding(resolved('', 'options: {cor: {vendor: amd}}'))).toBe(
    'idle-option flavours/small.yaml:5:11 `cor` is no component of this flavour (did you mean `core`?)',
  );
});

test('an option without a default must be given; a default must fit', () => {
  expect(resolved('  must: {doc: needed, type: string}\n').diagnostics.map(asLine)).toEqual([
    'missing-option flavours/small.yaml:4:14 `core` must be told its option `must` (say it: `options: {core: {must: …}}`)',
  ]);
  expect(onlyFinding(resolved('  bad: {doc: broken, type: boolean, default: 7}\n'))).toBe(
    'wrong-default overlays/core/component.yaml:9:46 the default of `bad` must be true or false',
  );
});

test('a pattern must be a regular expression', () => {
  expect(onlyFinding(resolved('  bad: {doc: broken, type: string, pattern: "(", default: x}\n'))).toBe(
    'wrong-pattern overlays/core/component.yaml:9:45 the pattern of `bad` is no regular expression',
  );
});

const WHEN = `packages:
  - {name: shell, when: {vendor: [amd, both]}}
  - {name: tools, when: {loud: true, ids: "1111:2222"}}
units:
  - {enable: login, reason: a person, when: {vendor: {not: intel}}}
kernelArguments:
  - {argument: "console={{device}}", reason: there}
`;

test.each([
  ['', ['bash'], ['getty@tty1.service']],
  ['vendor: intel', [], []],
  ['vendor: amd, loud: true, ids: ["1111:2222"]', ['bash', 'tool-a', 'tool-b'], ['getty@tty1.service']],
])('conditions with {%s}', (values, packages, units) => {
  const { flavour } = resolved(WHEN, `options: {core: {${values}}}`);
  expect(flavour?.packages.map(({ name }) => name)).toEqual(packages);
  expect(flavour?.units.map(({ name }) => name)).toEqual(units);
  expect(flavour?.kernelArguments.map(({ argument }) => argument)).toEqual(['console=ttyS0']);
});

test.each([
  ['vendor: amdd', 'idle-condition overlays/core/component.yaml:10:34 `vendor` is never `amdd` (did you mean `amd`?)'],
  [
    'vendr: amd',
    'unknown-option overlays/core/component.yaml:10:26 there is no option of `core` named `vendr` (did you mean `vendor`?)',
  ],
  ['base: selinu', 'unknown-feature overlays/core/component.yaml:10:32 there is no base with the feature `selinu`'],
])('a condition `%s` that can never hold is an error', (when, finding) => {
  expect(onlyFinding(resolved(`packages:\n  - {name: shell, when: {${when}}}\n`))).toBe(finding);
});

test("another component's option is asked by its name, and is false where that component is not", () => {
  const { flavour } = resolved('packages:\n  - {name: shell, when: {other.x: true}}\n');
  expect(flavour?.packages).toEqual([]);
});

test('a requirement may depend on an option', () => {
  const root = (vendor: string) =>
    sourceTree({
      'overlays/core/component.yaml': `${OPTIONS}requires:\n  - {component: low, when: {vendor: amd}}\n`,
      'overlays/low/component.yaml': 'component: low\nsummary: below\n',
      'flavours/small.yaml': `flavour: small\nsummary: small\nbase: test-1\ncomponents: [core]\noptions: {core: {vendor: ${vendor}}}\n`,
    });
  expect(resolveIn(root('amd')).flavour?.components.map(({ name }) => name)).toEqual(['low', 'core']);
  expect(resolveIn(root('intel')).flavour?.components.map(({ name }) => name)).toEqual(['core']);
});

test('a combination that a component refuses is an error at the choice', () => {
  const refuses = 'refuses:\n  - {when: {vendor: amd, loud: true}, reason: it howls}\n';
  const resolution = resolved(refuses, 'options: {core: {vendor: amd, loud: true}}');
  expect(onlyFinding(resolution)).toBe('refused-combination flavours/small.yaml:5:26 `core` cannot be so: it howls');
  expect(resolved(refuses, 'options: {core: {loud: true}}').diagnostics).toEqual([]);
});

test('an empty list as a condition asks for an empty list', () => {
  const component =
    'packages:\n  - {name: shell, when: {ids: []}}\n  - {name: tools, when: {ids: {not: []}}}\nunits: []\n';
  const names = (...lines: string[]) => resolved(component, ...lines).flavour?.packages.map(({ logical }) => logical);
  expect(names()).toEqual(['shell']);
  expect(names('options: {core: {ids: ["10de:2805"]}}')).toEqual(['tools', 'tools']);
});
