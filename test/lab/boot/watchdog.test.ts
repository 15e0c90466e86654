import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ProgressWatchdog } from '../../../scripts/lab/boot/watchdog.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const watch = (bytesRead: () => Promise<number>) => {
  const stalls: number[] = [];
  return { stalls, watchdog: new ProgressWatchdog({ limitMs: 8000, bytesRead, onStall: (ms) => stalls.push(ms) }) };
};

test('a machine that does nothing stalls, once', async () => {
  const { stalls } = watch(async () => 0);
  await vi.advanceTimersByTimeAsync(7000);
  expect(stalls).toEqual([]);
  await vi.advanceTimersByTimeAsync(20_000);
  expect(stalls).toHaveLength(1);
});

test('a silent machine that reads from its disk is well', async () => {
  let bytes = 0;
  const { stalls } = watch(async () => (bytes += 2048));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(stalls).toEqual([]);
});

test('a console line counts as progress', async () => {
  const { stalls, watchdog } = watch(async () => 0);
  for (let i = 0; i < 10; i++) {
    await vi.advanceTimersByTimeAsync(5000);
    watchdog.touch();
  }
  expect(stalls).toEqual([]);
});

test('a QEMU that no longer answers counts as no progress', async () => {
  const { stalls } = watch(() => Promise.reject(new Error('QEMU has ended')));
  await vi.advanceTimersByTimeAsync(12_000);
  expect(stalls).toHaveLength(1);
});

test('after it was stopped it says nothing', async () => {
  const { stalls, watchdog } = watch(async () => 0);
  watchdog.stop();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(stalls).toEqual([]);
});
