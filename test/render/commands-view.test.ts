import { expect, test } from 'vitest';
import type { ResolvedFlavour } from '../../scripts/flavour/index.ts';
import { commandsView, type Purpose } from '../../scripts/render/commands-view.ts';
import { at } from './sourced.ts';

function view(purpose: Purpose, commands: readonly string[] = [], unattended?: boolean) {
  const kickstart = commands.map((command, index) => ({
    command,
    reason: `reason ${index}`,
    by: 'core',
    at: at(index + 1),
  }));
  const flavour: Pick<ResolvedFlavour, 'kickstart' | 'unattended'> = {
    kickstart,
    ...(unattended !== undefined && { unattended: { value: unattended, at: at(9) } }),
  };
  return commandsView(flavour, purpose);
}

const broughtBy = (...given: Parameters<typeof view>) => view(...given).brought.map(({ command }) => command.value);

test('what a kickstart is for decides how it ends and whether it is live', () => {
  expect(view('live')).toMatchObject({ live: true, ends: 'shutdown' });
  expect(view('disk')).toMatchObject({ live: false, ends: 'shutdown' });
  expect(view('installer')).toMatchObject({ live: false, ends: 'reboot --eject' });
});

test('disks are wiped where nobody’s data can be on them, or where the flavour says so', () => {
  expect(view('live')).toMatchObject({ wipe: false, layout: false });
  expect(view('disk')).toMatchObject({ wipe: true, layout: true });
  expect(view('installer')).toMatchObject({ wipe: false, layout: false });
  expect(view('installer', [], false)).toMatchObject({ wipe: false, layout: false });
  expect(view('installer', [], true)).toMatchObject({ wipe: true, layout: true });
  expect(view('live', [], true)).toMatchObject({ wipe: false, layout: false });
});

test('a component that clears disks itself keeps the templates from it, where that is allowed', () => {
  expect(view('disk', ['clearpart --all'])).toMatchObject({ wipe: false, layout: true });
});

test('commands that wipe are left out where disks are somebody’s', () => {
  const commands = ['zerombr', 'clearpart --all', 'initlabel', 'rescue'];
  expect(broughtBy('disk', commands)).toEqual(commands);
  expect(broughtBy('installer', commands)).toEqual(['rescue']);
  expect(broughtBy('live', commands)).toEqual(['rescue']);
});

test('each command brings its reason, and both their place', () => {
  expect(view('live', ['lang C', 'rescue']).brought).toEqual([
    { reason: { value: 'reason 0', at: at(1) }, command: { value: 'lang C', at: at(1) } },
    { reason: { value: 'reason 1', at: at(2) }, command: { value: 'rescue', at: at(2) } },
  ]);
});

test('a component says where the boot loader goes; else a live system has none', () => {
  const own = view('disk', ['bootloader  --location=mbr', 'rescue']);
  expect(own.bootloader).toEqual({ value: '--location=mbr', at: at(1) });
  expect(own.brought.map(({ command }) => command.value)).toEqual(['rescue']);
  expect(view('disk', ['bootloader']).bootloader).toEqual({ value: '', at: at(1) });
  expect(view('live').bootloader).toBe('--location=none');
  expect(view('disk').bootloader).toBe('');
  expect(view('installer').bootloader).toBe('');
});

test('the templates’ own commands give way to a component’s', () => {
  const all = { part: true, selinux: true, network: true, firewall: true, timesource: true, shutdown: true };
  expect(view('live').own).toEqual(all);
  for (const name of ['selinux', 'network', 'firewall', 'timesource', 'shutdown']) {
    expect(view('live', [`${name} --x`]).own).toEqual({ ...all, [name]: false });
  }
});

test.each(['part / --size=1', 'autopart', 'reqpart', 'logvol / --size=1'])(
  'no partitions of the templates beside `%s`',
  (command) => {
    expect(view('disk', [command]).own).toMatchObject({ part: false, network: true });
  },
);

test.each([
  ['network --bootproto=dhcp --hostname=tower', 'tower'],
  ['network --hostname "tower" --device=link', 'tower'],
  ['network --bootproto=dhcp', undefined],
  ['timesource --ntp-disable', undefined],
])('the name of the host that %s gives is %s', (command, name) => {
  expect(view('live', [command]).hostname?.value).toBe(name);
});
