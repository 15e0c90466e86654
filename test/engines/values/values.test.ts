import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { model, parse } from 'kickstart-parser';
import { expect, test } from 'vitest';
import type { Span } from '../../../scripts/diagnostic/index.ts';
import { explainFailure } from '../../../scripts/engines/direct/explain.ts';
import { type Question, type QuestionKind, questionsOf, valuesStage } from '../../../scripts/engines/values/index.ts';
import { kickstartVersion } from '../../../scripts/prepare/index.ts';
import { CommandFailed, SystemRunner } from '../../../scripts/process/index.ts';
import { resolveIn, sourceTree } from '../../flavour/source-tree.ts';
import { temporaryDirectory } from '../../plan/fixtures.ts';

const at: Span = {
  file: 'flavours/x.yaml',
  start: { offset: 0, line: 1, column: 1 },
  end: { offset: 0, line: 1, column: 1 },
};

const TREE: Readonly<Record<string, string>> = {
  'usr/share/zoneinfo/Europe/Berlin': '',
  'usr/share/zoneinfo/Etc/UTC': '',
  'usr/share/i18n/SUPPORTED': '# all\nde_DE.UTF-8 UTF-8\nde_DE ISO-8859-1\n',
  'usr/share/keymaps/i386/qwertz/de.kmap.gz': '',
  // As on Fedora.
  'usr/lib/kbd/keymaps/xkb/fr-bepo.map.gz': '',
  'usr/share/X11/xkb/rules/base.lst':
    '! layout\n  us              English (US)\n  de              German\n! variant\n  dvorak          us: English (Dvorak)\n',
  'usr/lib/systemd/system/ssh.service': '',
  'usr/lib/systemd/system/getty@.service': '',
  'etc/init.d/old': '',
  'usr/lib/systemd/user/pipewire.socket': '',
  'etc/group': 'root:x:0:\nlibvirt:x:123:\n',
  'usr/lib/sysusers.d/more.conf': 'g wheel - -\nu! polkitd - "Polkit"\n',
};

function tree(...without: readonly string[]): string {
  const root = temporaryDirectory();
  for (const [file, text] of Object.entries(TREE).filter(
    ([name]) => !without.some((start) => name.startsWith(start)),
  )) {
    mkdirSync(path.dirname(path.join(root, 'root', file)), { recursive: true });
    writeFileSync(path.join(root, 'root', file), text);
  }
  return root;
}

/** What the step finds wrong in the tree, as it is told. */
async function ask(asked: readonly (readonly [QuestionKind, string])[], root = tree()): Promise<readonly string[]> {
  const questions = asked.map(([kind, value]): Question => ({ kind, value, at }));
  const step = valuesStage(questions).steps[0];
  if (step === undefined) throw new Error('no step');
  const [program, ...rest] = step.argv.map((word) => word.replace('${root-tree}', root));
  try {
    await new SystemRunner().run({ argv: [program ?? '', ...rest] });
    return [];
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error;
    return [explainFailure(step, error, questions) ?? []]
      .flat()
      .map(({ message, hint }) => (hint ? `${message}; ${hint}` : message));
  }
}

test('what the packages have is found, instances of templates and scripts of old kind included', async () => {
  const there: readonly (readonly [QuestionKind, string])[] = [
    ['time-zone', 'Europe/Berlin'],
    ['locale', 'de_DE.UTF-8'],
    ['locale', 'de_DE.utf8'],
    ['key-map', 'de'],
    ['key-map', 'fr-bepo'],
    ['layout', 'us'],
    ['layout', 'us (dvorak)'],
    ['unit', 'ssh.service'],
    ['unit', 'getty@tty1.service'],
    ['unit', 'old.service'],
    ['user-unit', 'pipewire.socket'],
    ['group', 'libvirt'],
    ['group', 'wheel'],
    ['group', 'polkitd'],
  ];
  expect(await ask(there)).toEqual([]);
});

test('all that they do not have is told at once, with what it may be a slip of', async () => {
  const slips: readonly (readonly [QuestionKind, string])[] = [
    ['time-zone', 'Europe/Berlni'],
    ['locale', 'de_CH.UTF-8'],
    ['key-map', 'dee'],
    ['layout', 'us (dvorka)'],
    ['unit', 'sshd.service'],
    ['unit', 'nothing-like-it.timer'],
    ['user-unit', 'pipewrie.socket'],
    ['group', 'libvrit'],
    ['group', 'family'],
  ];
  expect(await ask(slips)).toEqual([
    'the base has no time zone `Europe/Berlni`; did you mean `Europe/Berlin`?',
    'the base has no locale `de_CH.UTF-8`; did you mean `de_DE.UTF-8`?',
    'the base has no key map `dee` for the console; did you mean `de`?',
    'the base has no keyboard layout `us (dvorka)` for graphical sessions; did you mean `us (dvorak)`?',
    'no installed package has the unit `sshd.service`, and no overlay brings it; did you mean `ssh.service`?',
    'no installed package has the unit `nothing-like-it.timer`, and no overlay brings it',
    'no installed package has the user unit `pipewrie.socket`, and no overlay brings it; did you mean `pipewire.socket`?',
    'no installed package has the group `libvrit`; did you mean `libvirt`?',
    'no installed package has the group `family`; a group of your own is made by a component: `kickstart: [{command: group --name=family, reason: …}]`',
  ]);
});

test('a system that goes without the data of one kind is asked nothing of it', async () => {
  const root = tree('usr/share/', 'usr/lib/kbd/');
  expect(
    await ask(
      [
        ['time-zone', 'X/Y'],
        ['locale', 'xx'],
        ['key-map', 'q'],
        ['layout', 'q'],
        ['unit', 'absent.service'],
      ],
      root,
    ),
  ).toEqual(['no installed package has the unit `absent.service`, and no overlay brings it']);
});

const CORE = `component: core
summary: the core of tests
units:
  - {enable: login, reason: somebody must log in}
  - {enable: own, reason: brought along}
  - {enable: made, reason: a script makes it}
  - {mask: pair, reason: not wanted}
post:
  - {source: make.sh, reason: for a test}
kickstart:
  - {command: group --name=family, reason: for a test}
`;

test('asked is what the flavour names, at its own lines, but what it brings or makes itself', () => {
  const root = sourceTree({
    'overlays/core/component.yaml': CORE,
    'overlays/core/make.sh': 'systemctl link /opt/made.service\n',
    'overlays/core/rootfs/usr/lib/systemd/system/own.service': '[Install]\nWantedBy=multi-user.target\n',
    'bases/more.yaml':
      'base: more\nsummary: more units\nextends: test-1\nrelease: more\nnames: {units: {own: own.service, made: made.service}}\n',
    'flavours/small.yaml':
      'flavour: small\nsummary: small\nbase: more\ncomponents: [core]\nsystem: {lang: de_DE.UTF-8}\nusers: [{name: ada, groups: [libvirt, family]}]\n',
  });
  const { flavour, diagnostics } = resolveIn(root);
  expect(diagnostics).toEqual([]);
  if (flavour === undefined) throw new Error('no flavour');
  const kickstart = model(parse('group --name=family\n', { file: 'x.ks' }), kickstartVersion(flavour.base));
  expect(
    questionsOf(flavour, kickstart).map(
      ({ kind, value, at: { file, start } }) => `${kind} ${value} ${file}:${start.line}`,
    ),
  ).toEqual([
    'time-zone Etc/UTC bases/test-1.yaml:15',
    'locale de_DE.UTF-8 flavours/small.yaml:5',
    'key-map us bases/test-1.yaml:14',
    'layout us bases/test-1.yaml:14',
    'group libvirt flavours/small.yaml:6',
    'unit getty@tty1.service overlays/core/component.yaml:4',
  ]);
  // A base of RPM packages names units of several releases: one that is not there need not be kept from starting.
  const [login] = flavour.units;
  if (login === undefined) throw new Error('no unit');
  const units = [login, { ...login, name: 'gone.timer', preset: 'disable' as const }];
  const askedOn = (family: 'deb' | 'rpm') =>
    questionsOf({ ...flavour, units, base: { ...flavour.base, family } }, kickstart).flatMap(({ kind, value }) =>
      kind === 'unit' ? [value] : [],
    );
  expect(askedOn('rpm')).toEqual(['getty@tty1.service']);
  expect(askedOn('deb')).toEqual(['getty@tty1.service', 'gone.timer']);
});

test.each([
  'Failed to preset unit: Unit gone.service does not exist\n',
  'Failed to enable unit: Unit file gone.service does not exist.\n',
  'Unit gone.service not found.\n',
])('where a script meets a unit that is not there, the line that asks for it is told: %s', (stderr) => {
  const failure = new CommandFailed(
    { argv: ['sh'] },
    { exitCode: 1, signal: null, stdout: '', stderr, durationMs: 1, timedOut: false },
  );
  const step = {
    id: 'post-9',
    title: '%post at line 2484',
    argv: ['sh'] as const,
    needs: [],
    origin: { ...at, file: 'x.ks' },
  };
  expect(explainFailure(step, failure, [{ kind: 'unit', value: 'gone.service', at }])).toEqual([
    {
      code: 'unknown-unit',
      severity: 'error',
      message: 'no installed package has the unit `gone.service`, and no overlay brings it',
      span: at,
    },
  ]);
});
