import { model, parse } from 'kickstart-parser';
import { expect, test } from 'vitest';
import type { InstallerMedium } from '../../../../scripts/engines/direct/installer/medium.ts';
import { planDirect } from '../../../../scripts/engines/direct/plan.ts';
import { printPlan } from '../../../../scripts/plan/index.ts';
import { medium, stepsOf } from '../fixtures.ts';

const { program } = medium;

/** A kickstart of one package. */
function request() {
  const text = 'url --url=http://mirror.example/debian\n%packages --exclude-weakdeps\nsystemd\n%end\n';
  return {
    flavour: 'x',
    title: 'Phyllome OS x',
    model: model(parse(text, { file: 'test.ks' }), 'F44'),
    base: {
      name: 'debian-13',
      architecture: 'amd64',
      repositories: [{ id: 'debian', suite: 'trixie', components: ['main'], keyring: '/k' }],
    },
    privilege: 'user-namespace' as const,
  };
}

function plan(change: Partial<InstallerMedium> = {}) {
  return planDirect({ ...request(), outputs: ['live-iso', 'installer-iso'], medium: { ...medium, ...change } });
}

test('the installer takes the root file system that the live ISO has, and changes nothing of it', () => {
  expect(plan().stages.map(({ id }) => id)).toEqual([
    'tools',
    'index',
    'resolve',
    'root-tree',
    'configure',
    'package-files',
    'initramfs',
    'squashfs',
    'live-iso',
    'installer-resolve',
    'installer-tools',
    'installer-iso',
  ]);
  const live = planDirect({ ...request(), outputs: ['live-iso'] });
  for (const id of ['resolve', 'root-tree', 'squashfs', 'live-iso'])
    expect(stepsOf(plan(), id)).toEqual(stepsOf(live, id));
});

test('only what the system lacks is fetched, verified, and never run', () => {
  const resolve = stepsOf(plan(), 'installer-resolve')[0]?.argv ?? [];
  expect(resolve).toContain('-oDir::State::status=${root-tree}/root/var/lib/dpkg/status');
  expect(resolve).toContain('--no-remove');
  const [download, unpack] = stepsOf(plan(), 'installer-tools');
  expect(download?.argv.join(' ')).toContain('sha256sum --check');
  const script = unpack?.argv.join(' ') ?? '';
  expect(script).toContain('sha256sum --check --strict');
  expect(script).toContain('dpkg-deb --fsys-tarfile');
  expect(script).not.toMatch(/dpkg -i|dpkg --install|--configure/);
});

test('the program and the kickstart are named by their files where the plan is printed', () => {
  const printed = printPlan(plan(), '/c');
  expect(printed).not.toContain('xxxx');
  expect(printed).toContain('/usr/lib/phyllome/installer/installer.js < /out/x/installer.js');
  expect(printed).toContain('/usr/lib/phyllome/installer/flavour.ks < /out/x/x.ks');
});

test('two media with different programs do not answer to one name', () => {
  const asked = (text: string) => {
    const step = stepsOf(plan({ program: { ...program, text } }), 'installer-iso').find(
      ({ id }) => id === 'identifiers',
    );
    return step?.argv.join(' ');
  };
  expect(asked('one')).not.toBe(asked('another'));
  expect(asked('one')).toBe(asked('one'));
});

test('a flavour with a secret has no kickstart on the medium, and the program is told so', () => {
  const { kickstart: _, ...without } = medium;
  const planned = planDirect({ ...request(), outputs: ['installer-iso'], medium: without });
  const steps = stepsOf(planned, 'installer-iso');
  expect(steps.map(({ id }) => id)).not.toContain('flavour-kickstart');
  expect(steps.find(({ id }) => id === 'description')?.stdin).not.toContain('flavour.ks');
});
