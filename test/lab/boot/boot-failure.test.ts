import { expect, test } from 'vitest';
import { endOfMachine, machineEnded } from '../../../scripts/lab/boot/boot-failure.ts';

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

test.each([
  ['guest-shutdown', 0, true, 'the guest turned itself off'],
  ['host-qmp-quit', 0, true, 'it was turned off'],
  ['guest-panic', 0, false, 'the guest kernel panicked'],
  // bubblewrap tells a signal of its program by 128 more.
  [undefined, 134, false, 'QEMU was killed by SIGABRT'],
  ['guest-reset', 139, false, 'QEMU was killed by SIGSEGV'],
  [undefined, 1, false, 'QEMU exited with status 1'],
  [undefined, 0, false, 'QEMU exited with status 0'],
])('a machine that a person used and that ended by %s with status %i', (reason, exitCode, isOrderly, message) => {
  const completed = { exitCode, signal: null, timedOut: false, stdout: '', stderr: 'no space\n', durationMs: 1 };
  const events = reason === undefined ? [] : [shutdown(reason)];
  expect(endOfMachine(events, completed as never)).toEqual({ isOrderly, message, details: ['no space'] });
});
