import type { Guest } from './guest.ts';
import { parseProperties } from './unit-state.ts';

export interface GuestBootTimes {
  readonly kernelMs: number;
  readonly initramfsMs: number;
  readonly userspaceMs: number;
}

/** The guest's own account of how long the phases of its boot took; undefined while it has not ended. */
export async function guestBootTimes(guest: Guest): Promise<GuestBootTimes | undefined> {
  const names = ['InitRDTimestampMonotonic', 'UserspaceTimestampMonotonic', 'FinishTimestampMonotonic'];
  const { stdout } = await guest.run(['systemctl', 'show', `--property=${names.join(',')}`]);
  return phasesOf(parseProperties(stdout));
}

/** systemd gives times in microseconds since the kernel's start; without an initramfs its time is 0. */
export function phasesOf(properties: Readonly<Record<string, string>>): GuestBootTimes | undefined {
  const at = (name: string) => Number(properties[`${name}TimestampMonotonic`] ?? 0) / 1000;
  const [initramfs, userspace, finish] = [at('InitRD'), at('Userspace'), at('Finish')];
  if (finish === 0) return undefined;
  const initramfsMs = initramfs === 0 ? 0 : userspace - initramfs;
  return {
    kernelMs: Math.round(userspace - initramfsMs),
    initramfsMs: Math.round(initramfsMs),
    userspaceMs: Math.round(finish - userspace),
  };
}
