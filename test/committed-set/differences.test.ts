import { expect, test } from 'vitest';
import { differencesFrom, type FreshSet } from '../../scripts/committed-set/index.ts';
import { edited, setOf } from './small-set.ts';

let untouched: FreshSet | undefined;
const before = (): FreshSet => {
  untouched ??= setOf();
  return untouched;
};
const CORE = 'overlays/core/component.yaml';

/** The findings after a change, each with its place before it. */
const wordsAfter = (files: Parameters<typeof setOf>[0]): readonly string[] =>
  differencesFrom(before().files, setOf(files)).map(({ message, span }) =>
    span ? `${span.file}:${span.start.line}: ${message}` : message,
  );

test('nothing differs where nothing was changed', () => {
  expect(wordsAfter({})).toEqual([]);
});

test('a package is one finding, by whatever names the bases know it', () => {
  expect(wordsAfter(edited(CORE, '[shell, tools]', '[tools]'))).toEqual([
    'component core changes 6 kickstarts: every flavour\npackages: 2 gone\n  - bash  # test-1\n  - other-bash  # test-2',
  ]);
});

test('a unit, by the line of its component', () => {
  const { code, severity, message, span, hint } =
    differencesFrom(before().files, setOf(edited(CORE, 'enable: pair', 'disable: pair')))[0] ?? {};
  expect({ code, severity }).toEqual({ code: 'rendered-set', severity: 'error' });
  expect(message).toBe(
    [
      'component core changes 6 kickstarts: every flavour',
      'units: 2 different',
      '  ~ one.socket: enabled → disabled',
      '  ~ two.socket: enabled → disabled',
    ].join('\n'),
  );
  expect(`${span?.file}:${span?.start.line}`).toBe(`${CORE}:6`);
  expect(hint).toContain('--update');
});

test('a kernel argument, where a variant brings it', () => {
  expect(wordsAfter(edited('flavours/large.yaml', 'debug', 'debug=2'))).toEqual([
    [
      'flavours/large.yaml:5: flavour large, noise=loud changes 2 kickstarts: large-loud',
      'kernel arguments: 1 new, 1 gone',
      '  + debug=2',
      '  - debug',
    ].join('\n'),
  ]);
});

test('the text of a file that is embedded as it is', () => {
  expect(wordsAfter({ 'overlays/core/rootfs/etc/motd': 'go away\n' })).toEqual([
    [
      'component core changes 6 kickstarts: every flavour',
      'files: 1 different',
      '  ~ /etc/motd: another text  # overlays/core/rootfs/etc/motd',
    ].join('\n'),
  ]);
});

test('the text of a file that a template makes, in lines', () => {
  const changed = { 'overlays/core/rootfs/etc/greeting.hbs': '# a greeting\ngood day from {{flavour.name}}\n' };
  const source = 'overlays/core/rootfs/etc/greeting.hbs';
  expect(wordsAfter(changed)).toEqual([
    [
      'component core changes 6 kickstarts: every flavour',
      'files: 1 different',
      `  ~ /etc/greeting: +1 -1 lines  # ${source}`,
    ].join('\n'),
  ]);
});

test('the mode of a file', () => {
  expect(wordsAfter(edited(CORE, '"0644"', '"0600"'))).toEqual([
    [
      'component core changes 6 kickstarts: every flavour',
      'files: 1 different',
      '  ~ /etc/motd: 0644 root:root → 0600 root:root  # overlays/core/rootfs/etc/motd',
    ].join('\n'),
  ]);
});

test('a user', () => {
  expect(wordsAfter(edited('flavours/small.yaml', 'gecos: Ada', 'gecos: Countess'))).toEqual([
    [
      'flavours/small.yaml:5: flavour small changes 6 kickstarts: every flavour',
      'users: 1 different',
      '  ~ ada: --gecos=Ada --groups=wheel → --gecos=Countess --groups=wheel',
    ].join('\n'),
  ]);
});

test('an option of a command, and what only one base says', () => {
  const base = `base: test-2\nsummary: another\nextends: test-1\nrelease: other\ndefaults: {keyboard: de}\nnames: {packages: {shell: other-bash}}\n`;
  expect(wordsAfter({ 'bases/test-2.yaml': base })).toEqual([
    [
      'what the templates say changes 3 kickstarts: every flavour on test-2',
      'commands: 1 different',
      '  ~ keyboard: --vckeymap=us --xlayouts=us → --vckeymap=de --xlayouts=de',
    ].join('\n'),
  ]);
});

test('a command that a component brings', () => {
  const more = 'kickstart: [{command: "part / --size=1", reason: little is enough}]\n';
  expect(wordsAfter({ 'overlays/extra/component.yaml': `component: extra\nsummary: more\n${more}` })).toEqual([
    'overlays/extra/component.yaml:3: component extra changes 4 kickstarts: large, large-loud\ncommands: 1 different\n  ~ part /: --fstype=ext4 --size=10240 → --size=1',
  ]);
});

test('a script, in lines where no kickstart is committed whole', () => {
  expect(wordsAfter({ 'overlays/core/last.sh': 'true\necho over\n' })).toEqual([
    'overlays/core/component.yaml:13: component core changes 6 kickstarts: every flavour\nscripts: 1 different\n  ~ component core: another text',
  ]);
});

test('the order alone', () => {
  expect(wordsAfter(edited(CORE, '[shell, tools]', '[tools, shell]'))).toEqual([
    'packages stand in another order in 6 kickstarts: every flavour',
  ]);
});

test('remarks alone', () => {
  expect(wordsAfter(edited(CORE, 'reason: both', 'reason: a pair'))).toEqual([
    'only remarks or blank lines differ in 6 kickstarts: every flavour',
  ]);
  expect(wordsAfter({ 'overlays/core/last.sh': '# at last\ntrue\n\necho done\n' })).toEqual([
    'only remarks or blank lines differ in 6 kickstarts: every flavour',
  ]);
});

test('what several components change is a finding for each', () => {
  const files = {
    ...edited(CORE, 'argument: quiet', 'argument: silent'),
    ...edited('overlays/extra/component.yaml', '[built-in]', '[tools]'),
  };
  expect(wordsAfter({ ...files, 'overlays/extra/rootfs/etc/extra': 'x\n' })).toEqual([
    [
      'overlays/core/component.yaml:8: component core changes 6 kickstarts: every flavour',
      'kernel arguments: 1 new, 1 gone',
      '  + silent',
      '  - quiet',
    ].join('\n'),
    [
      'component extra changes 4 kickstarts: large, large-loud',
      'files: 1 new',
      '  + /etc/extra  # overlays/extra/rootfs/etc/extra',
    ].join('\n'),
  ]);
});

test('what a component took along when it went', () => {
  const removed = {
    'flavours/small.yaml': 'flavour: small\nsummary: a flavour for tests\nbase: test-1\ncomponents: [extra]\n',
  };
  const [first] = wordsAfter(removed);
  expect(first?.split('\n').filter((line) => /^\S|link|motd|bash/.test(line))).toEqual([
    'component core changes 6 kickstarts: every flavour',
    'packages: 4 gone',
    '  - bash  # test-1',
    '  - other-bash  # test-2',
    'units: 3 gone',
    'kernel arguments: 2 gone',
    'users: 1 gone',
    'files: 2 gone',
    '  - /etc/motd',
    'links: 1 gone',
    '  - /etc/link: motd',
    'scripts: 1 gone',
  ]);
});

test('kickstarts that come and go', () => {
  expect(
    wordsAfter({
      'flavours/own.yaml': 'flavour: own\nsummary: another\nextends: small\n',
      'flavours/large.yaml': 'flavour: large\nsummary: more of it\nextends: small\ncomponents: [extra]\n',
    }),
  ).toEqual([
    '2 kickstarts are not committed: own',
    '2 kickstarts are committed that no flavour renders any more: large-loud',
  ]);
});

test('what somebody edited by hand is named, the kickstarts being the same', () => {
  const files = new Map(before().files);
  files.set('system/small.txt', `${files.get('system/small.txt')}\npackages\n  core: more\n`);
  files.set('whole/stray.ks', 'lang C\n');
  expect(differencesFrom(files, before()).map(({ message }) => message)).toEqual([
    'the kickstarts are as committed, but not what is written about them: system/small.txt',
    'nothing writes this any more: whole/stray.ks',
  ]);
});

test('a set without summaries, or with lines that are none of it, is told', () => {
  const now = setOf({ 'overlays/core/rootfs/etc/motd': 'go away\n' });
  const files = new Map([...before().files].filter(([file]) => !file.startsWith('system/')));
  expect(differencesFrom(files, now).map(({ message }) => message)).toEqual([
    '6 kickstarts are different, and no summary says from what: every flavour',
  ]);
  const spoilt = new Map(before().files).set(
    'system/small.txt',
    `${before().files.get('system/small.txt')}<<<<<<< HEAD\n`,
  );
  expect(differencesFrom(spoilt, now).map(({ message }) => message)).toContainEqual(
    expect.stringMatching(/^system\/small\.txt:\d+: this is no line of a summary$/),
  );
  expect(differencesFrom(new Map(), before()).map(({ message }) => message)).toEqual([
    '6 kickstarts are not committed: every flavour',
  ]);
});
