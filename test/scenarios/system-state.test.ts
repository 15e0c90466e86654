import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { drift, type SystemState, systemState } from '../../scripts/scenarios/system-state.ts';
import { contextThat } from '../checks/context.ts';

const state: SystemState = {
  units: ['ssh.socket active listening'],
  skipped: ['sshd-keygen.service'],
  mounts: ['/run tmpfs'],
  kernelArguments: 'quiet',
  listening: ['00000000:0016'],
  machineId: '0123456789abcdef0123456789abcdef',
  journalBytes: 8e6,
};

test('the state is read from what the guest prints', async () => {
  const text = `== units
ssh.socket active listening
== skipped
sshd-keygen.service
== mounts
/run tmpfs
== arguments
quiet
== listening
00000000:0016
== identity
0123456789abcdef0123456789abcdef
== journal
8000000
`;
  expect(await systemState(contextThat(() => text).guest)).toEqual(state);
});

test('a disk may have given its root another name since the first start', async () => {
  const arguments_ = async (id: string) =>
    (await systemState(contextThat(() => `== arguments\nBOOT_IMAGE=/vmlinuz root=PARTUUID=${id} ro quiet\n`).guest))
      .kernelArguments;
  expect(await arguments_('1')).toBe(await arguments_('2'));
  expect(await arguments_('1')).toContain(' ro quiet');
});

test('what is on its way is no part of the state; what is tried again and again is', async () => {
  const listed = `doctor.service loaded activating start-pre Look at the machine
settling.service loaded activating start Wait
leaving.service loaded deactivating stop-sigterm Leave
stubborn.service loaded activating auto-restart Try
ssh.socket loaded active listening SSH
fstrim.timer loaded active running Trim
idle.service loaded inactive dead Nothing
broken.service loaded failed failed Broken
phyllome-lab-agent.service loaded active running The lab's own`;
  const systemctl = `systemctl() { [ "$1" != list-units ] || cat <<'END'\n${listed}\nEND\n}\n`;
  const guest = contextThat((script) => execFileSync('bash', ['-c', systemctl + script], { encoding: 'utf8' })).guest;
  expect((await systemState(guest)).units).toEqual([
    'broken.service failed failed',
    'fstrim.timer active',
    'ssh.socket active listening',
    'stubborn.service activating auto-restart',
  ]);
});

test('nothing is drift but what differs', () => {
  expect(drift(state, state, true)).toEqual([]);
  expect(drift(state, { ...state, units: ['x.service failed failed'], mounts: [] }, true)).toEqual([
    'unit is gone: ssh.socket active listening',
    'unit is new: x.service failed failed',
    'mount is gone: /run tmpfs',
  ]);
  expect(drift(state, { ...state, kernelArguments: 'other' }, false)).toEqual(['kernel arguments: other']);
});

test('what is done once is skipped from then on where the root file system stays, and only there', () => {
  const units = [...state.units, 'sshd-keygen.service active exited'];
  const first = { ...state, units, skipped: [] };
  expect(drift(first, state, true)).toEqual([]);
  expect(drift(first, state, false)).toHaveLength(1);
  expect(drift(first, { ...state, skipped: [] }, true)).toHaveLength(1);
});

test('a live system may have another identity after each start, but has one', () => {
  const other = { ...state, machineId: 'f'.repeat(32) };
  expect(drift(state, other, false)).toEqual([]);
  expect(drift(state, other, true)).toHaveLength(1);
  expect(drift(state, { ...state, machineId: 'uninitialized' }, false)).toHaveLength(1);
});

test('a journal may grow a little', () => {
  expect(drift(state, { ...state, journalBytes: 20e6 }, false)).toEqual([]);
  expect(drift(state, { ...state, journalBytes: 90e6 }, false)).toHaveLength(1);
});
