import { expect, test } from 'vitest';
import { criticalChain, slowestUnits } from '../../../scripts/test-run/evidence/critical-chain.ts';
import { addressOf, listeningOf } from '../../../scripts/test-run/evidence/listening.ts';
import { unitMemoryOf } from '../../../scripts/test-run/evidence/unit-memory.ts';
import { type UnitTimes, unitTimesOf } from '../../../scripts/test-run/evidence/unit-times.ts';

const unit = (name: string, startedMs: number, upMs: number, after: string[] = []): UnitTimes => ({
  name,
  startedMs,
  upMs,
  after,
  active: 'active',
  listen: [],
});

test('a unit as systemctl shows it', () => {
  const block = `Id=ssh.socket
ActiveState=active
InactiveExitTimestampMonotonic=33642123
ActiveEnterTimestampMonotonic=34557001
After=system.slice sysinit.target
Listen=0.0.0.0:22 (Stream)
Listen=[::]:22 (Stream)`;
  expect(unitTimesOf(block)).toEqual({
    name: 'ssh.socket',
    active: 'active',
    startedMs: 33_642,
    upMs: 34_557,
    after: ['system.slice', 'sysinit.target'],
    listen: ['0.0.0.0:22 (Stream)', '[::]:22 (Stream)'],
  });
});

test('the critical chain goes back over what was up last, not over what was slow', () => {
  const units = [
    unit('early.service', 1000, 1500),
    unit('slow.service', 2000, 4000, ['early.service']),
    unit('slower-but-nobody-waits.service', 2000, 9000),
    unit('quick.service', 2000, 2100, ['early.service']),
    unit('multi-user.target', 4100, 4100, ['slow.service', 'quick.service', 'never.service']),
    unit('never.service', 0, 0),
  ];
  expect(criticalChain(units, 'multi-user.target').map((link) => link.unit)).toEqual([
    'early.service',
    'slow.service',
    'multi-user.target',
  ]);
  expect(criticalChain(units, 'multi-user.target', 1800).map((link) => link.unit)).not.toContain('early.service');
  expect(criticalChain(units, 'absent.target')).toEqual([]);
  expect(slowestUnits(units)[0]?.unit).toBe('slower-but-nobody-waits.service');
  const circle = [unit('a.service', 1, 1, ['b.service']), unit('b.service', 1, 1, ['a.service'])];
  expect(criticalChain(circle, 'a.service')).toHaveLength(2);
});

test('memory of units, without the groups that they made below themselves', () => {
  const stat = '/sys/fs/cgroup/system.slice/chrony.service/memory.stat';
  const text = `${stat}:anon 3145728
${stat}:file 1048576
${stat}:kernel 2097152
${stat}:slab_reclaimable 1048576
/sys/fs/cgroup/init.scope/memory.stat:anon 5242880
/sys/fs/cgroup/system.slice/udev.service/udev/memory.stat:anon 9`;
  expect(unitMemoryOf(text)).toEqual([
    { unit: 'init.scope', heldMiB: 5, cacheMiB: 0 },
    { unit: 'chrony.service', heldMiB: 4, cacheMiB: 2 },
  ]);
});

test('who listens: processes by their group, systemd for the units that it starts', () => {
  const text = `tcp   0: 00000000:0016 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 10 1
tcp   1: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 11 1
tcp   2: 0100007F:1F90 0100007F:0001 01 00000000:00000000 00:00000000 00000000     0        0 12 1
udp6   3: 00000000000000000000000000000000:0143 00000000000000000000000000000000:0000 07 0:0 00:0 0 0 0 13 2
fd /proc/1/fd/30 socket:[10]
fd /proc/77/fd/4 socket:[11]
group /proc/1/cgroup:0::/init.scope
group /proc/77/cgroup:0::/system.slice/web.service/workers`;
  const ssh = { ...unit('ssh.socket', 1, 1), listen: ['[::]:22 (Stream)'] };
  expect(listeningOf(text, [ssh])).toEqual([
    { protocol: 'tcp', address: '0.0.0.0', port: 22, unit: 'ssh.socket' },
    { protocol: 'tcp', address: '127.0.0.1', port: 8080, unit: 'web.service' },
    { protocol: 'udp6', address: '::', port: 323, unit: '' },
  ]);
  expect(addressOf('00000000000000000000000001000000')).toBe('::1');
  expect(addressOf('0000000000000000FFFF00000100007F')).toBe('::ffff:7f00:1');
  expect(addressOf('000080FE00000000FF005450563412FE')).toBe('fe80::5054:ff:fe12:3456');
});
