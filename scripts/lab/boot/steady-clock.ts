import { quoteForShell } from '../../process/index.ts';

/**
 * QEMU's time stamp counter never goes back while it runs, so that the clock of a guest which reads it jumps ahead when a
 * snapshot is restored: watchdogs of services fire (systemd-networkd's after three minutes), processors seem to have stood
 * still. HPET and the ACPI timer go back with the machine: around a snapshot the guest takes its time from one of them.
 */
const directory = '/sys/devices/system/clocksource/clocksource0';
/** What the kernel itself takes for its scheduler's clock is the counter all the same: its own watchdogs have to rest. */
const watchdogs = {
  '/sys/module/rcupdate/parameters/rcu_cpu_stall_suppress': { resting: 1, watching: 0 },
  '/proc/sys/kernel/soft_watchdog': { resting: 0, watching: 1 },
} as const;

/** Shell lines for right before a snapshot. They print the clock source that `usualClock` wants back. */
export const steadyClock = `cat ${directory}/current_clocksource
for source in hpet acpi_pm; do
  grep -qw "$source" ${directory}/available_clocksource && echo "$source" > ${directory}/current_clocksource && break
done
${setWatchdogs('resting')}`;

/** Shell lines for right after the snapshot was taken or restored. */
export const usualClock = (source: string): string =>
  `echo ${quoteForShell(source)} > ${directory}/current_clocksource; ${setWatchdogs('watching')}`;

function setWatchdogs(state: 'resting' | 'watching'): string {
  return Object.entries(watchdogs)
    .map(([file, value]) => `[ ! -w ${file} ] || echo ${value[state]} > ${file}`)
    .join('; ');
}
