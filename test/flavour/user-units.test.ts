import { expect, test } from 'vitest';
import { renderFlavour } from '../../scripts/render/index.ts';
import { templates } from '../render/shipped.ts';
import { asLine, resolveIn, sourceTree } from './source-tree.ts';

const tree = (...units: string[]) =>
  sourceTree({
    'overlays/core/component.yaml': [
      'component: core',
      'summary: the core',
      'units:',
      ...units.map((unit) => `  - ${unit}`),
      '',
    ].join('\n'),
  });

test('units of each user’s manager have a preset file and commands of their own', () => {
  const root = tree(
    '{enable: login, reason: system}',
    '{mask: pair, user: true, reason: nobody indexes}',
    '{enable: login, user: true, reason: for everybody}',
  );
  const { flavour, diagnostics } = resolveIn(root);
  expect(diagnostics).toEqual([]);
  expect(flavour?.units.map(({ name }) => name)).toEqual(['getty@tty1.service']);
  expect(flavour?.userUnits.map(({ name, preset }) => [name, preset])).toEqual([
    ['one.socket', 'mask'],
    ['two.socket', 'mask'],
    ['getty@tty1.service', 'enable'],
  ]);
  if (!flavour) throw new Error('not resolved');
  const { kickstart, map } = renderFlavour(flavour, templates);
  expect(kickstart).toMatch(
    /put \/usr\/lib\/systemd\/user-preset\/50-phyllome\.preset[\s\S]*^disable one\.socket\ndisable two\.socket\n[\s\S]*^enable getty@tty1\.service$/m,
  );
  expect(kickstart).toMatch(/^systemctl --global preset \\\n {2}getty@tty1\.service$/m);
  expect(kickstart).toMatch(/^systemctl --global mask \\\n {2}one\.socket \\\n {2}two\.socket$/m);
  expect(map.userUnits.map(({ name }) => name)).toEqual(['one.socket', 'two.socket', 'getty@tty1.service']);
});

test('the two managers do not contradict each other; two words about one unit of one manager do', () => {
  expect(
    resolveIn(tree('{enable: login, reason: system}', '{mask: login, user: true, reason: not here}')).diagnostics,
  ).toEqual([]);
  const clash = resolveIn(
    tree('{enable: login, user: true, reason: yes please}', '{mask: login, user: true, reason: not here}'),
  );
  expect(clash.diagnostics.map(asLine)).toEqual([
    'unit-contradiction overlays/core/component.yaml:5:12 `getty@tty1.service` is to be masked (core) and enabled (core)',
  ]);
});

test('a component may override what those before it say of a unit or kernel argument', () => {
  const files = (override: string) => ({
    'overlays/core/component.yaml':
      'component: core\nsummary: the core\nunits: [{enable: login, reason: somebody logs in}]\nkernelArguments: [{argument: quiet=1, reason: calm}]\n',
    'overlays/more/component.yaml': `component: more\nsummary: more\nrequires: [core]\nunits: [{disable: login, reason: nobody does${override}}]\nkernelArguments: [{argument: quiet=2, reason: calmer${override}}]\n`,
    'flavours/small.yaml': 'flavour: small\nsummary: small\nbase: test-1\ncomponents: [more]\n',
  });
  expect(resolveIn(sourceTree(files(''))).diagnostics.map(({ code }) => code)).toEqual([
    'unit-contradiction',
    'kernel-argument-contradiction',
  ]);
  const { flavour, diagnostics } = resolveIn(sourceTree(files(', override: true')));
  expect(diagnostics).toEqual([]);
  expect(flavour?.units.map(({ name, preset, by }) => [name, preset, by])).toEqual([
    ['getty@tty1.service', 'disable', 'more'],
  ]);
  expect(flavour?.kernelArguments.map(({ argument }) => argument)).toEqual(['quiet=2']);
});
