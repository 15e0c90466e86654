import { expect, test } from 'vitest';
import { renderFlavour } from '../../scripts/render/index.ts';
import { templates } from './shipped.ts';
import { at, resolved } from './sourced.ts';

const unit = {
  name: 'a.service',
  preset: 'enable',
  logical: 'a',
  mapped: at(1),
  reason: 'why',
  by: 'core',
  at: at(2),
} as const;

test('the map names units, files, budgets and checks with who wants them', () => {
  const flavour = {
    ...resolved({ 'overlays/core/rootfs/etc/motd': 'hello\n' }),
    units: [unit],
    userUnits: [{ ...unit, name: 'u.service' }],
    budgets: { imageMiB: 7 },
    checks: ['no-failed-units'],
  };
  const { map, kickstart, ...rest } = renderFlavour(flavour, templates);
  expect(rest).toEqual({ flavour: 'small', base: 'test-1', diagnostics: [] });
  expect(map).toMatchObject({
    schema: 1,
    units: [{ name: 'a.service', preset: 'enable', component: 'core', reason: 'why' }],
    userUnits: [{ name: 'u.service', preset: 'enable', component: 'core', reason: 'why' }],
    budgets: { imageMiB: 7 },
    checks: ['no-failed-units'],
  });
  expect(map.files).toEqual([
    { path: '/etc/motd', mode: '0644', component: 'core', source: 'overlays/core/rootfs/etc/motd' },
    ...['system-preset/50-phyllome', 'user-preset/50-phyllome', 'system-preset/99-phyllome'].map((name) => ({
      path: `/usr/lib/systemd/${name}.preset`,
      mode: '0644',
      component: 'flavour small',
      source: 'flavours/small.yaml',
    })),
  ]);
  expect(map.lines).toHaveLength(kickstart.split('\n').length - 1);
});

test('a disk is encrypted without anyone to ask for the passphrase: said of an image, not of an installer', () => {
  const flavour = {
    ...resolved(),
    kickstart: [{ command: 'part / --size=4096 --encrypted', reason: 'why', by: 'core', at: at(3) }],
  };
  const found = renderFlavour(flavour, templates, 'disk').diagnostics;
  expect(found.map(({ span }) => span)).toContainEqual(at(3));
  expect(renderFlavour(flavour, templates, 'installer').diagnostics).toEqual([]);
});
