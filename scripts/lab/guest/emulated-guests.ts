import { credential, labUnit } from './injected-units.ts';

/**
 * What a machine that QEMU emulates needs so that it survives guests of its own. Two faults of QEMU's emulation (10.0 and
 * 11.1) end it, or hang the guest, as often as not:
 *
 * It clears a flag in a word of the first processor (`cpu_clear_ignne`) from the thread of another one, without a lock,
 * whenever that one restores its FPU. Now and then this brings back another flag of that word, "nested paging is on", just
 * after a guest has been left: the host's next instruction is then looked up in the guest's memory. A processor that no
 * guest runs on has nothing in that word that could be lost.
 *
 * It aborts when a guest inside the guest writes CR8 while an interrupt waits for it: helper_write_crN then raises one
 * without holding the lock. OVMF writes CR8 at the end of each timer interrupt, and on a busy computer the next tick is due
 * by then. With five ticks a second instead of a hundred it is not.
 */
export const shortestPeriod = {
  file: '/sys/module/kvm/parameters/min_timer_period_us',
  microseconds: 200_000,
} as const;

/** The unit that sets that where nobody asked for it. */
const guard = 'phyllome-lab-guard.service';

/** Where guests run: libvirt's of the system, those of a user's own, and what is started from a shell of the lab. */
const slices = ['machine.slice', 'user.slice', 'phyllome-lab.slice'] as const;

const script = `until [ -w ${shortestPeriod.file} ]; do sleep 1; done
echo ${shortestPeriod.microseconds} > ${shortestPeriod.file}
`;

/** SMBIOS type 11 strings that keep an emulated machine from both, whoever starts guests on it, also after it restarted. */
export function guardingCredentials(processors: number): string[] {
  const others = processors > 1 ? `[Slice]\nAllowedCPUs=1-${processors - 1}\n` : undefined;
  return [
    credential(`systemd.extra-unit.${guard}`, labUnit('Phyllome lab: guard against faults of emulation', '', script)),
    credential('systemd.unit-dropin.basic.target', `[Unit]\nWants=${guard}\n`),
    ...(others === undefined ? [] : slices.map((slice) => credential(`systemd.unit-dropin.${slice}`, others))),
  ];
}
