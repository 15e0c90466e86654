import { expect, test } from 'vitest';
import { notRead, readHardware } from '../../scripts/flavour/index.ts';
import { userDirectory } from '../../scripts/places/index.ts';
import { asLine, BASE, onlyFinding, resolveIn, sourceTree } from './source-tree.ts';

const FLAVOUR = 'flavour: other\nsummary: another one\nextends: small\n';

test('a flavour in a file of another ending is spoken of, where it is asked for and where flavours are listed', () => {
  const root = sourceTree({
    'flavours/other.yml': FLAVOUR,
    'flavours/small.yaml~': FLAVOUR,
    'flavours/.#small.yaml': '',
  });
  expect(onlyFinding(resolveIn(root, 'other'))).toBe(
    'unknown-flavour nowhere there is no flavour `other` (`flavours/other.yml` is not read: its name must end in .yaml: other.yaml)',
  );
  expect(notRead([userDirectory(root, '')]).map(({ file, why }) => [file, why])).toEqual([
    ['flavours/.#small.yaml', 'an editor’s copy'],
    ['flavours/other.yml', 'its name must end in .yaml: other.yaml'],
    ['flavours/small.yaml~', 'an editor’s copy'],
  ]);
});

test('a component in a file of another ending is spoken of', () => {
  const root = sourceTree({
    'overlays/more/component.yml': 'component: more\nsummary: more of it\n',
    'flavours/small.yaml': 'flavour: small\nsummary: s m l\nbase: test-1\ncomponents: [core, more]\n',
  });
  expect(onlyFinding(resolveIn(root))).toBe(
    'unknown-component flavours/small.yaml:4:20 there is no component `more` (`overlays/more/component.yml` is not read: its name must end in .yaml: component.yaml)',
  );
});

test('so are a base and a hardware profile, however they are asked for', () => {
  const root = sourceTree({
    'bases/other.yml': BASE.replace('base: test-1', 'base: other'),
    'bases/next.yaml': 'base: next\nsummary: another base\nextends: other\n',
    'hardware/mine.yml': 'hardware: mine\nsummary: my computer\n',
    'flavours/named.yaml': 'flavour: named\nsummary: named\nbase: other\ncomponents: [core]\n',
    'flavours/fitted.yaml': 'flavour: fitted\nsummary: fitted\nextends: small\nhardware: mine\n',
  });
  const base = '(`bases/other.yml` is not read: its name must end in .yaml: other.yaml)';
  const hardware = '(`hardware/mine.yml` is not read: its name must end in .yaml: mine.yaml)';
  expect(onlyFinding(resolveIn(root, 'small', 'other'))).toBe(
    `unknown-base nowhere there is no base \`other\` ${base}`,
  );
  expect(onlyFinding(resolveIn(root, 'small', 'next'))).toBe(
    `unknown-base bases/next.yaml:3:10 there is no base \`other\` ${base}`,
  );
  expect(onlyFinding(resolveIn(root, 'named'))).toBe(
    `unknown-base flavours/named.yaml:3:7 there is no base \`other\` ${base}`,
  );
  expect(onlyFinding(resolveIn(root, 'fitted'))).toBe(
    `unknown-hardware flavours/fitted.yaml:4:11 there is no hardware profile \`mine\` ${hardware}`,
  );
  const read = readHardware('mine', [userDirectory(root, '')]).diagnostics;
  expect(read.map(asLine)).toEqual([`unknown-hardware nowhere there is no hardware profile \`mine\` ${hardware}`]);
});

test('a base or hardware profile is called by its name, not by its file', () => {
  const root = sourceTree();
  expect(onlyFinding(resolveIn(root, 'small', 'bases/test-1.yaml'))).toBe(
    'unknown-base nowhere there is no base `bases/test-1.yaml` (a base is called by its name: `test-1`)',
  );
  expect(readHardware('laptop.yml', [userDirectory(root, '')]).diagnostics.map(asLine)).toEqual([
    'unknown-hardware nowhere there is no hardware profile `laptop.yml` (a hardware profile is called by its name: `laptop`, found in hardware/laptop.yaml of the directory of --dir)',
  ]);
});

test.each([
  ['small.yaml', 'a flavour is called by its name: `small`'],
  ['flavours/small.yaml~', 'a flavour is called by its name: `small`'],
  ['small.yaml.bak', 'a flavour is called by its name: `small`'],
  ['flavours/small.yaml', 'a flavour is called by its name: `small`'],
  [
    'mine/flavours/new.yml',
    'a flavour is called by its name: `new`, found in flavours/new.yaml of the directory of --dir',
  ],
  ['small.ks', 'a flavour has a name; a kickstart file is checked by `phyllome lint small.ks`'],
  ['smal', 'did you mean `small`?'],
])('%s as a flavour’s name tells what it is', (name, hint) => {
  expect(onlyFinding(resolveIn(sourceTree(), name))).toBe(
    `unknown-flavour nowhere there is no flavour \`${name}\` (${hint})`,
  );
});

test('what editors leave is no part of an image, and stops nothing', () => {
  const { flavour, diagnostics } = resolveIn(
    sourceTree({
      'overlays/core/component.yaml~': 'x',
      'overlays/core/rootfs/etc/own.conf': 'x\n',
      'overlays/core/rootfs/etc/own.conf~': 'x\n',
      'overlays/core/rootfs/etc/.own.conf.swp': 'x\n',
      'overlays/core/rootfs/etc/#own.conf#': 'x\n',
    }),
  );
  expect(flavour?.files.map((file) => file.path)).toEqual(['/etc/own.conf']);
  expect(diagnostics.map((found) => [found.severity, found.code])).toEqual(
    Array.from({ length: 4 }, () => ['warning', 'editor-copy']),
  );
  expect(diagnostics.map(asLine).join('\n')).toContain(
    '`overlays/core/rootfs/etc/own.conf~` is an editor’s copy: it is left out',
  );
});

test('a conflict that both components declare is told once', () => {
  const part = (name: string, other: string) => `component: ${name}\nsummary: one of two\nconflicts: [${other}]\n`;
  const root = sourceTree({
    'overlays/left/component.yaml': part('left', 'right'),
    'overlays/right/component.yaml': part('right', 'left'),
    'flavours/small.yaml': 'flavour: small\nsummary: s m l\nbase: test-1\ncomponents: [right, left]\n',
  });
  expect(onlyFinding(resolveIn(root))).toBe(
    'component-conflict flavours/small.yaml:4:14 `right` and `left` cannot be in one flavour',
  );
});
