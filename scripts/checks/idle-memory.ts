import { setTimeout as sleep } from 'node:timers/promises';
import type { Guest } from '../lab/index.ts';
import { type Check, failed, passed } from './check.ts';

/** Not before this long after boot, at the reference speed: first-boot work is over by then. */
const settleSeconds = 10;
/** How long after boot budgets are meant; where memory stands still earlier, it is measured earlier. */
const atRestSeconds = 180;

export const idleMemory: Check = {
  id: 'idle-memory',
  title: 'memory used at idle is below the budget',
  proves:
    "MemTotal − MemAvailable of the idle host, with what the lab's own agent and ports use taken off, is within the flavour's budget. Measured when memory stands still, three minutes after boot at the latest, or when `--idle` says.",
  core: true,
  async run({ guest, expect, injectedSlice, injectedKernelMiB, idleSeconds, secondsSinceSettled, scaled }) {
    const wait = (seconds: number) => sleep(Math.max(0, seconds) * 1000);
    await wait((idleSeconds ?? scaled(settleSeconds)) - secondsSinceSettled());
    if (idleSeconds === undefined) await untilStill(() => usedMemoryMiB(guest), secondsSinceSettled, wait);
    const measuredAfterSeconds = Math.round(secondsSinceSettled());
    const text = (await guest.read('/proc/meminfo')).toString();
    const information = parseMemoryInformation(text);
    const labMiB = injectedKernelMiB + (await cgroupMiB(guest, injectedSlice));
    const totalUsedMiB = (information.MemTotal - information.MemAvailable) / 1024;
    const usedMiB = Math.round(totalUsedMiB - labMiB);
    const budget = expect.budgets.idleMemoryMiB;
    const values = {
      usedMiB,
      labMiB: Math.round(labMiB * 10) / 10,
      totalMiB: Math.round(information.MemTotal / 1024),
      measuredAfterSeconds,
      ...(budget !== undefined && { budgetMiB: budget }),
    };
    const ofBudget = budget === undefined ? 'no budget' : `budget ${budget} MiB`;
    const summary = `${usedMiB} MiB used ${measuredAfterSeconds} s after boot (${ofBudget}), without ${values.labMiB} MiB of the lab's own`;
    const evidence = [...kernelShare(text), ...(await largestGroups(guest))];
    return budget !== undefined && usedMiB > budget
      ? failed(summary, evidence, values)
      : passed(summary, evidence, values);
  },
};

/** Looks every five seconds until two looks differ by less than a quarter of a MiB, or three minutes after boot. */
export async function untilStill(
  look: () => Promise<number>,
  secondsSinceBoot: () => number,
  wait: (seconds: number) => Promise<unknown>,
): Promise<void> {
  if (secondsSinceBoot() >= atRestSeconds) return;
  let before = await look();
  while (secondsSinceBoot() < atRestSeconds) {
    await wait(Math.min(5, atRestSeconds - secondsSinceBoot()));
    const now = await look();
    if (Math.abs(now - before) < 0.25) return;
    before = now;
  }
}

async function usedMemoryMiB(guest: Guest): Promise<number> {
  const { MemTotal, MemAvailable } = parseMemoryInformation((await guest.read('/proc/meminfo')).toString());
  return (MemTotal - MemAvailable) / 1024;
}

/** /proc/meminfo's figures, in KiB. */
export function parseMemoryInformation(text: string): { MemTotal: number; MemAvailable: number } {
  const figure = (name: string) => {
    const value = new RegExp(`^${name}: +(\\d+) kB$`, 'm').exec(text)?.[1];
    if (value === undefined) throw new Error(`/proc/meminfo has no ${name}`);
    return Number(value);
  };
  return { MemTotal: figure('MemTotal'), MemAvailable: figure('MemAvailable') };
}

/** Where memory goes that no service is charged for: "32.0 MiB SUnreclaim", in the kernel's own words. */
function kernelShare(text: string): string[] {
  return ['SUnreclaim', 'VmallocUsed', 'Shmem', 'KernelStack', 'PageTables', 'Percpu'].flatMap((name) => {
    const kib = new RegExp(`^${name}: +(\\d+) kB$`, 'm').exec(text)?.[1];
    return kib === undefined ? [] : [`${(Number(kib) / 1024).toFixed(1)} MiB ${name}`];
  });
}

/** Memory that a control group cannot give back at once (its page cache it could): what MemAvailable does not count. */
async function cgroupMiB(guest: Guest, group: string): Promise<number> {
  const { stdout } = await guest.run(['cat', `/sys/fs/cgroup/${group}/memory.stat`]);
  return heldBytes(stdout) / 1024 / 1024;
}

/** Anonymous and kernel memory of a memory.stat. */
export function heldBytes(memoryStat: string): number {
  const figure = (name: string) => Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(memoryStat)?.[1] ?? 0);
  return figure('anon') + figure('kernel') - figure('slab_reclaimable');
}

/** "12.3 MiB system.slice/tuned.service", the ten largest. */
async function largestGroups(guest: Guest): Promise<string[]> {
  const script = `cd /sys/fs/cgroup && for f in */*.service/memory.current */*.scope/memory.current; do
  [ -r "$f" ] && printf '%s %s\\n' "$(cat "$f")" "\${f%/memory.current}"
done | sort -rn | head -n 10`;
  const { stdout } = await guest.run(script, { allowFailure: true });
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [bytes = '0', ...group] = line.split(' ');
      return `${(Number(bytes) / 1024 / 1024).toFixed(1)} MiB ${group.join(' ')}`;
    });
}
