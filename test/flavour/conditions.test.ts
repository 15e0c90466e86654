import { expect, test } from 'vitest';
import { asLine, BASE, onlyFinding, resolveIn, sourceTree } from './source-tree.ts';

const OPTIONS = `component: core
summary: the core
options:
  vendor: {doc: who made it, type: enum, values: [amd, intel], default: amd}
  loud: {doc: says more, type: boolean, default: false}
  ids: {doc: devices, type: list, default: [a, b]}
  port: {doc: where, type: integer, default: 3}
`;

/** What becomes of a package on this condition (line 8, from column 25), in a flavour with more lines. */
function asked(when: string, more = '', base = BASE) {
  return resolveIn(
    sourceTree({
      'bases/test-1.yaml': base,
      'overlays/core/component.yaml': `${OPTIONS}packages:\n  - {name: shell, when: {${when}}}\n`,
      'overlays/other/component.yaml':
        'component: other\nsummary: another\noptions:\n  x: {doc: what it is, type: boolean, default: true}\n',
      'flavours/small.yaml': `flavour: small\nsummary: small\nbase: test-1\ncomponents: [core]\n${more}`,
    }),
  );
}

const featured = `${BASE}features: [selinux]\n`;

test.each([
  ['vendor: amd', true],
  ['vendor: intel', false],
  ['vendor: [intel, amd]', true],
  ['vendor: {not: intel}', true],
  ['vendor: {not: [intel, amd]}', false],
  ['loud: false', true],
  ['loud: true', false],
  ['loud: {not: true}', true],
  ['port: 3', true],
  ['port: "3"', true],
  ['port: 4', false],
  ['ids: b', true],
  ['ids: c', false],
  ['ids: [c, a]', true],
  ['ids: []', false],
  ['ids: {not: []}', true],
  ['vendor: amd, port: 3', true],
  ['vendor: amd, port: 4', false],
  ['core.vendor: amd', true],
  ['other.x: true', false],
  ['system.lang: C.UTF-8', true],
  ['system.lang: [de_DE.UTF-8, C.UTF-8]', true],
  ['system.keyboard: de', false],
  ['system.keyboard: {not: de}', true],
])('an entry with {%s}: %s', (when, holds) => {
  const { flavour, diagnostics } = asked(when);
  expect(diagnostics).toEqual([]);
  expect(flavour?.packages.map(({ logical }) => logical)).toEqual(holds ? ['shell'] : []);
});

test('what a base has is asked of it', () => {
  const has = (when: string) => asked(when, '', featured).flavour?.packages.length;
  expect(has('base: selinux')).toBe(1);
  expect(has('base: {not: selinux}')).toBe(0);
});

test('another component’s options count where it is in the flavour', () => {
  const { flavour } = resolveIn(
    sourceTree({
      'overlays/core/component.yaml':
        'component: core\nsummary: the core\nrequires: [other]\npackages:\n  - {name: shell, when: {other.x: true}}\n',
      'overlays/other/component.yaml':
        'component: other\nsummary: another\noptions:\n  x: {doc: what it is, type: boolean, default: true}\n',
    }),
  );
  expect(flavour?.packages.map(({ logical }) => logical)).toEqual(['shell']);
});

test.each([
  ['loud: maybe', 'idle-condition overlays/core/component.yaml:9:32 `loud` is never `maybe`'],
  [
    'vendor: {not: amdd}',
    'idle-condition overlays/core/component.yaml:9:34 `vendor` is never `amdd` (did you mean `amd`?)',
  ],
  ['vendor: via', 'idle-condition overlays/core/component.yaml:9:34 `vendor` is never `via`'],
  [
    'system.lng: C',
    'unknown-value overlays/core/component.yaml:9:26 there is no system value named `lng` (did you mean `lang`?)',
  ],
  [
    'core.vendr: amd',
    'unknown-option overlays/core/component.yaml:9:26 there is no option of `core` named `vendr` (did you mean `vendor`?)',
  ],
  [
    'toString: x',
    'unknown-option overlays/core/component.yaml:9:26 there is no option of `core` named `toString` (there are: vendor, loud, ids, port)',
  ],
])('{%s} asks for what there is not', (when, finding) => {
  expect(onlyFinding(asked(when))).toBe(finding);
});

test('all mistakes of a condition are found at once, and it does not hold', () => {
  const { diagnostics } = asked('vendor: via, base: [selinu, acpi]', '', featured);
  expect(diagnostics.map(asLine)).toEqual([
    'idle-condition overlays/core/component.yaml:9:34 `vendor` is never `via`',
    'unknown-feature overlays/core/component.yaml:9:45 there is no base with the feature `selinu` (did you mean `selinux`?)',
    'unknown-feature overlays/core/component.yaml:9:45 there is no base with the feature `acpi` (there are: selinux)',
  ]);
});
