import { expect, test } from 'vitest';
import { notRead } from '../../scripts/flavour/index.ts';
import { userDirectory } from '../../scripts/places/index.ts';
import { asLine, onlyFinding, resolveIn, sourceTree } from './source-tree.ts';

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

test.each([
  ['small.yaml', 'a flavour is called by its name: `small`'],
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
