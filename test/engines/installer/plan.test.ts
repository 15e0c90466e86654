import { expect, test } from 'vitest';
import { planInstaller } from '../../../scripts/engines/installer/plan.ts';

const iso = {
  file: '/iso/netinst.iso',
  sha256: 'ab'.repeat(32),
  volume: { id: 'Fedora-E-dvd-x86_64-44', bytes: 1_000_000, madeAt: 1_776_000_000 },
};
const menu = "search -l 'Fedora-E-dvd-x86_64-44'\n";

function plan(unattended = false) {
  return planInstaller(
    {
      flavour: 'headless',
      title: 'Phyllome OS headless',
      base: 'fedora-44',
      kickstart: 'rootpw --lock\n',
      isSecret: true,
      unattended,
      iso,
    },
    { menus: new Map([['boot/grub2/grub.cfg', menu]]), efiMenu: menu },
    { mirror: 'http://mirror.example/debian', privilege: 'user-namespace' },
  );
}

test('the plan of an installer medium', () => {
  expect(plan().stages.slice(1)).toMatchSnapshot();
});

test('both menus get the medium’s new name', () => {
  const written =
    plan()
      .stages.at(-1)
      ?.steps.filter(({ id }) => id.startsWith('write-')) ?? [];
  const texts = written.map(({ stdin }) => stdin);
  // Other media of the flavour in the same computer have other names.
  expect(texts[0]).toMatch(/^search -l 'PHYLLOME_HEADLESS_[0-9A-F]{8}'\n$/);
  expect(texts).toEqual([texts[0], texts[0]]);
});

test('neither root nor a device is needed, and the kickstart is not printed', () => {
  const steps = plan()
    .stages.slice(1)
    .flatMap(({ steps: some }) => some);
  expect(steps.flatMap(({ needs }) => needs)).toEqual([]);
  expect(steps.find(({ id }) => id === 'kickstart')?.secret).toBe(true);
});
