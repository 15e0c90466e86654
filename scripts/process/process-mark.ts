import { readFileSync } from 'node:fs';

/**
 * What tells a process from a later one that has the same number, in another container or after the computer was started
 * anew: `PID-START-BOOT`, the number, the start time in clock ticks (proc(5), field 22 of stat), and the boot's id.
 * Absent when no such process runs.
 */
export function markOf(pid: number = process.pid): string | undefined {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8');
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The program's name, in parentheses, may hold anything; the fields after it are numbers.
    const start = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
    return start === undefined ? undefined : `${pid}-${start}-${boot.slice(0, 8)}`;
  } catch {
    return undefined;
  }
}

/** Whether the process of this mark still runs. */
export function isAlive(mark: string): boolean {
  const written = mark.trim();
  const pid = pidOf(written);
  return Number.isInteger(pid) && markOf(pid) === written;
}

/** The process number in a mark. */
export function pidOf(mark: string): number {
  return Number.parseInt(mark, 10);
}
