import { expect, test } from 'vitest';
import { onlyFinding, resolveIn, sourceTree } from './source-tree.ts';

const core = (...lines: string[]): string =>
  sourceTree({ 'overlays/core/component.yaml': ['component: core', 'summary: the core', ...lines, ''].join('\n') });

test("logical names become the base's own, one or several or none", () => {
  const { flavour } = resolveIn(
    core('packages: [shell, tools, built-in]', 'units:', '  - {enable: pair, reason: both of them}'),
  );
  expect(flavour?.packages.map(({ name, logical, by }) => [name, logical, by])).toEqual([
    ['bash', 'shell', 'core'],
    ['tool-a', 'tools', 'core'],
    ['tool-b', 'tools', 'core'],
  ]);
  expect(flavour?.units.map(({ name, preset }) => [name, preset])).toEqual([
    ['one.socket', 'enable'],
    ['two.socket', 'enable'],
  ]);
  expect(flavour?.packages[0]?.at).toMatchObject({
    file: 'overlays/core/component.yaml',
    start: { line: 3, column: 12 },
  });
});

test.each([
  [
    'a package that the base file does not mention',
    ['packages: [shel]'],
    'unmapped-name overlays/core/component.yaml:3:12 base `test-1` has no name for the logical package `shel` (did you mean `shell`?)',
  ],
  [
    'one that even an optional entry must not hide',
    ['packages: [{name: unheard-of, optional: true}]'],
    "unmapped-name overlays/core/component.yaml:3:19 base `test-1` has no name for the logical package `unheard-of` (a package by the distribution's own name is `{exact: unheard-of}`)",
  ],
  [
    'a name that every object has',
    ['packages: [constructor]'],
    "unmapped-name overlays/core/component.yaml:3:12 base `test-1` has no name for the logical package `constructor` (a package by the distribution's own name is `{exact: constructor}`)",
  ],
  [
    'a package that the base does not have',
    ['packages: [absent]'],
    'missing-on-base overlays/core/component.yaml:3:12 base `test-1` does not have the package `absent`: nobody packaged it (mark it `optional: true` where it is not needed, or leave it out: `packages: {remove: [absent]}`)',
  ],
  [
    'a unit to enable that the base does not have',
    ['units:', '  - {enable: gone, reason: wanted}'],
    'missing-on-base overlays/core/component.yaml:4:14 base `test-1` does not have the unit `gone`: no such daemon',
  ],
])('%s', (_, lines, finding) => {
  expect(onlyFinding(resolveIn(core(...lines)))).toBe(finding);
});

test('what may be missing is left out and recorded', () => {
  const { flavour } = resolveIn(
    core('packages: [{name: absent, optional: true}]', 'units:', '  - {disable: gone, reason: unwanted}'),
  );
  expect(flavour?.packages).toEqual([]);
  expect(flavour?.gaps.map(({ kind, logical, reason }) => [kind, logical, reason])).toEqual([
    ['packages', 'absent', 'nobody packaged it'],
    ['units', 'gone', 'no such daemon'],
  ]);
});

const UNIT = '[Unit]\nDescription=x\n[Install]\nWantedBy=multi-user.target\n';
/** A component that brings units of its own. */
const own = (units: string, files: Readonly<Record<string, string>> = {}) =>
  sourceTree({
    'overlays/core/component.yaml': `component: core\nsummary: the core\nunits:\n  - ${units}\n`,
    'overlays/core/rootfs/usr/lib/systemd/system/my-tool.service': UNIT,
    'overlays/core/rootfs/etc/systemd/system/my-pair@.service': UNIT,
    'overlays/core/rootfs/usr/lib/systemd/user/my-desk.timer': UNIT,
    ...files,
  });

test.each([
  ['{enable: my-tool, reason: wanted}', 'my-tool.service'],
  ['{enable: my-tool.service, reason: wanted}', 'my-tool.service'],
  ['{enable: my-pair@one, reason: wanted}', undefined],
  ['{enable: my-pair@one.service, reason: wanted}', 'my-pair@one.service'],
  ['{enable: {exact: cron.service}, reason: wanted}', 'cron.service'],
  ['{mask: {exact: foo@bar.socket}, reason: unwanted}', 'foo@bar.socket'],
])('units are known by the files that overlays bring, and by the exact name: %s', (units, name) => {
  const { flavour } = resolveIn(own(units));
  expect(flavour?.units.map((unit) => unit.name)).toEqual(name === undefined ? undefined : [name]);
  if (name !== undefined) expect(flavour?.units[0]).not.toHaveProperty('mapped');
});

test('user units are known by their files as well', () => {
  const { flavour } = resolveIn(own('{enable: my-desk, user: true, reason: wanted}'));
  expect(flavour?.userUnits.map(({ name }) => name)).toEqual(['my-desk.timer']);
});

test.each([
  [
    '{enable: my-tol, reason: wanted}',
    'unmapped-name overlays/core/component.yaml:4:14 base `test-1` has no name for the logical unit `my-tol` (did you mean `my-tool`?)',
  ],
  [
    '{enable: my-tol.service, reason: wanted}',
    'unknown-unit overlays/core/component.yaml:4:14 no overlay of this flavour brings the unit `my-tol.service` (did you mean `my-tool.service`?)',
  ],
  [
    '{enable: chronyd.service, reason: wanted}',
    "unknown-unit overlays/core/component.yaml:4:14 no overlay of this flavour brings the unit `chronyd.service` (a unit by the distribution's own name is `{exact: chronyd.service}`; one of your own is a file in rootfs/usr/lib/systemd/system/)",
  ],
])('%s tells what may be meant, and never to edit a base', (units, finding) => {
  expect(onlyFinding(resolveIn(own(units)))).toBe(finding);
});

test('a name that two units of overlays have is asked about', () => {
  const timer = { 'overlays/core/rootfs/usr/lib/systemd/system/my-tool.timer': UNIT };
  expect(onlyFinding(resolveIn(own('{enable: my-tool, reason: wanted}', timer)))).toBe(
    'ambiguous-unit overlays/core/component.yaml:4:14 overlays bring several units `my-tool` (say which: `my-tool.service`, `my-tool.timer`)',
  );
  const { flavour } = resolveIn(own('{enable: my-tool.timer, reason: wanted}', timer));
  expect(flavour?.units.map(({ name }) => name)).toEqual(['my-tool.timer']);
});

test('a component names packages exactly, under a condition too; a flavour leaves exact names out', () => {
  const { flavour, diagnostics } = resolveIn(
    sourceTree({
      'overlays/core/component.yaml':
        'component: core\nsummary: the core\noptions: {more: {doc: d e f, type: boolean, default: true}}\npackages:\n  - {exact: htop, reason: to look}\n  - {exact: libfoo++2.0, when: {more: true}}\n  - {exact: no, when: {more: false}}\nunits:\n  - {enable: {exact: cron.service}, reason: wanted}\n',
      'flavours/small.yaml':
        'flavour: small\nsummary: s m l\nbase: test-1\ncomponents: [core]\npackages: {remove: [libfoo++2.0]}\nunits: {remove: [cron.service]}\n',
    }),
  );
  expect(diagnostics).toEqual([]);
  expect(flavour?.packages.map(({ name }) => name)).toEqual(['htop']);
  expect(flavour?.units).toEqual([]);
});
