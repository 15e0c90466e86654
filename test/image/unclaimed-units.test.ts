import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { listStartedUnits, openLoginFindings, unclaimedUnits } from '../../scripts/image/index.ts';
import { manifestWith } from '../checks/context.ts';
import { plan, stepsOf } from '../engines/direct/fixtures.ts';

const unit = (name: string, preset: 'enable' | 'disable' | 'mask' = 'enable') => ({
  name,
  preset,
  component: 'c',
  reason: 'r',
  state: 'enabled',
});

type Words = Readonly<Record<string, string>>;
const nothing = { startedUnits: [], startedUserUnits: [], unitStates: new Map(), userUnitStates: new Map() };
const owned = (started: Words) => Object.entries(started).map(([name, owner]) => ({ name, owner }));

/** What is found where these units start with the system. */
function found(started: Words, claims: readonly ReturnType<typeof unit>[] = [], states: Words = {}) {
  const unitStates = new Map(Object.entries(states));
  return unclaimedUnits(manifestWith({ units: claims }), { ...nothing, startedUnits: owned(started), unitStates });
}

/** The same with the session of each user. */
function foundOfUsers(started: Words, claims: readonly ReturnType<typeof unit>[] = [], states: Words = {}) {
  const of = { ...nothing, startedUserUnits: owned(started), userUnitStates: new Map(Object.entries(states)) };
  return unclaimedUnits(manifestWith({ userUnits: claims }), of);
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

test('units of each user’s manager are claimed in the same way, and by claims of their own', () => {
  const started = { 'ssh-agent.socket': 'openssh-client' };
  expect(foundOfUsers(started)).toEqual([
    {
      code: 'unclaimed-unit',
      severity: 'error',
      message: '`ssh-agent.socket` of the package openssh-client starts with each session, and no component says so',
      hint: expect.stringContaining("component's `units:` with `user: true`, enabled or masked, and why"),
    },
  ]);
  expect(foundOfUsers(started, [unit('ssh-agent.socket')])).toEqual([]);
  expect(foundOfUsers(started, [unit('ssh-agent.socket', 'mask')], { 'ssh-agent.socket': 'masked' })).toEqual([]);
  // The system's unit of the same name is another one.
  const units = [unit('ssh-agent.socket')];
  const of = { ...nothing, startedUserUnits: owned(started) };
  expect(unclaimedUnits(manifestWith({ units }), of)).toHaveLength(1);
});

test('what the distribution starts is the base’s to claim: for the system and for sessions apart', () => {
  const starts = [
    { unit: 'rpmdb-rebuild.service', reason: 'r' },
    { unit: 'grub-boot-success.timer', user: true, reason: 'r' },
  ];
  const startedUnits = owned({ 'rpmdb-rebuild.service': 'rpm', 'abrtd.service': 'abrt' });
  const startedUserUnits = owned({ 'grub-boot-success.timer': 'grub2-tools', 'rpmdb-rebuild.service': 'odd' });
  const unitStates = new Map([['abrtd.service', 'enabled']]);
  const told = unclaimedUnits(
    { ...manifestWith(), starts },
    { ...nothing, startedUnits, startedUserUnits, unitStates },
  );
  expect(told.map(({ message, hint }) => `${message}: ${hint}`)).toEqual([
    expect.stringMatching(/^`abrtd\.service` of the package abrt starts with the system.*enabled, disabled or masked/),
    expect.stringMatching(/^`rpmdb-rebuild\.service` of the package odd starts with each session.*enabled or masked/),
  ]);
});

test.each(['system', 'user'] as const)(
  'what starts with the %s is enabled, or wanted by a link of its package',
  (scope) => {
    const tree = mkdtempSync(path.join(tmpdir(), 'phyllome-units-'));
    const wants = path.join(tree, 'usr/lib/systemd', scope, 'sockets.target.wants');
    mkdirSync(wants, { recursive: true });
    symlinkSync('../linked.socket', path.join(wants, 'linked.socket'));
    writeFileSync(path.join(tree, 'states'), 'on.service enabled -\noff.service disabled -\na.target enabled -\n');
    const { stdout, stderr } = spawnSync('sh', ['-euc', listStartedUnits(scope, path.join(tree, 'states'), tree)], {
      encoding: 'utf8',
    });
    rmSync(tree, { recursive: true });
    expect(stderr).toBe('');
    expect(stdout).toBe('linked.socket\non.service\n');
  },
);

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
  expect(facts).toContain('/run/facts/started-user-units');
  expect(facts).toContain('/run/facts/open-logins');
  expect(spawnSync('sh', ['-n'], { input: facts }).status).toBe(0);
});
