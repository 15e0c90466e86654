import { expect, test } from 'vitest';
import { machineEnded } from '../../../scripts/lab/boot/boot-failure.ts';

const shutdown = (reason: string) => ({ event: 'SHUTDOWN', data: { reason } });

test.each([
  ['guest-reset', 'the guest restarted itself during the test'],
  ['guest-shutdown', 'the guest turned itself off during the test'],
  ['guest-panic', 'the guest kernel panicked during the test'],
  ['host-signal', 'QEMU ended during the test'],
])('a machine that ended by %s', (reason, message) => {
  expect(machineEnded([shutdown('guest-reset'), shutdown(reason)], '').message).toBe(message);
});

test("QEMU's last words are told, and a known fault of its own is told as such", () => {
  const noise = "qemu: warning: TCG doesn't support requested feature: CPUID";
  expect(machineEnded([], `${noise}\nno space\n`).details).toEqual(['no space']);
  const crash = 'ERROR:accel/tcg/tcg-accel-ops.c:95:tcg_handle_interrupt: assertion failed: (bql_locked())';
  expect(machineEnded([], `**\n${crash}\n`).details).toEqual([
    expect.stringContaining('not of the image'),
    '**',
    crash,
  ]);
});
