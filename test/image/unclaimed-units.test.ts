import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { openLoginFindings, unclaimedUnits } from '../../scripts/image/index.ts';
import { manifestWith } from '../checks/context.ts';
import { plan, stepsOf } from '../engines/direct/fixtures.ts';

const unit = (name: string, preset: 'enable' | 'disable' | 'mask' = 'enable') => ({
  name,
  preset,
  component: 'c',
  reason: 'r',
  state: 'enabled',
});

/** Names of what is found where these units start. */
function found(
  started: Readonly<Record<string, string>>,
  claims: readonly ReturnType<typeof unit>[] = [],
  states: Readonly<Record<string, string>> = {},
) {
  const startedUnits = Object.entries(started).map(([name, owner]) => ({ name, owner }));
  return unclaimedUnits(manifestWith({ units: claims }), { startedUnits, unitStates: new Map(Object.entries(states)) });
}

test('a service that came with a package, and that no component claims, is told with the package', () => {
  expect(found({ 'prometheus-node-exporter.service': 'prometheus-node-exporter' })).toMatchObject([
    {
      code: 'unclaimed-unit',
      severity: 'error',
      message:
        '`prometheus-node-exporter.service` of the package prometheus-node-exporter starts with the system, and no component says so',
    },
  ]);
  expect(found({ 'own.timer': '' })[0]?.message).toContain('`own.timer` of no package starts');
});

test('what a component enables is claimed: by name, by an instance, by a pattern', () => {
  const claims = [unit('ssh.socket'), unit('getty@tty1.service'), unit('virt*.socket')];
  const started = { 'ssh.socket': 'openssh-server', 'getty@.service': 'x', 'virtlogd.socket': 'libvirt' };
  expect(found(started, claims)).toEqual([]);
  expect(found({ 'virtlogd.service': 'libvirt' }, claims)).toHaveLength(1);
});

test('what a component wants off is not claimed by that; what is masked does not start', () => {
  expect(found({ 'a.service': 'a' }, [unit('a.service', 'disable')])).toHaveLength(1);
  expect(found({ 'a.service': 'a' }, [unit('a.service', 'mask')], { 'a.service': 'masked' })).toEqual([]);
});

test('systemd, udev, the bus and the initramfs start what is theirs', () => {
  const started = { 'systemd-importd.socket': 'systemd-container', 'dbus.socket': 'dbus-system-bus-common' };
  expect(found(started)).toEqual([]);
  expect(found({ 'x.service': 'systemdish' })).toHaveLength(1);
});

test('ways in without a password: none on a disk but what is meant, and an empty password nowhere', () => {
  const ways = ['/etc/gdm3/daemon.conf lets somebody in', 'ada needs no password', ''];
  const on = (kind: 'disk' | 'live-iso', acknowledged: readonly string[] = []) =>
    openLoginFindings(ways, { kind, acknowledged }).map(({ message }) => message);
  expect(on('disk')).toEqual([
    'in the built tree /etc/gdm3/daemon.conf lets somebody in',
    'in the built tree ada needs no password',
  ]);
  for (const meant of [on('live-iso'), on('disk', ['automatic-login'])])
    expect(meant).toEqual(['in the built tree ada needs no password']);
});

test('the facts are noted by valid shell', () => {
  const facts = stepsOf(plan([]), 'configure').find(({ id }) => id === 'facts')?.stdin ?? '';
  expect(facts).toContain('/run/facts/started-units');
  expect(facts).toContain('/run/facts/open-logins');
  expect(spawnSync('sh', ['-n'], { input: facts }).status).toBe(0);
});
