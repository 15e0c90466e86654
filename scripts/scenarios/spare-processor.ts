/** Whether no KVM is under the machine, so that QEMU emulates what guests inside need of a processor. */
export const emulated = '[ "$(systemd-detect-virt)" = qemu ]';

/**
 * Keeps guests off the first processor of a machine that QEMU emulates. QEMU (10.0 and 11.1) clears a flag in a word
 * of the first processor (`cpu_clear_ignne`) from the thread of another one, without a lock, whenever that one
 * restores its FPU. Now and then this brings back another flag of that word, "nested paging is on", just after a
 * guest has been left: the host's next instruction is then looked up in the guest's memory, and the guest hangs or
 * the host panics. A processor that no guest runs on has nothing in that word that could be lost.
 */
const others = `$(if ${emulated} && [ "$(nproc --all)" -gt 1 ]; then echo "1-$(($(nproc --all) - 1))"; fi)`;

/** For guests of the system, which libvirt puts into one slice. */
export const spareFirstProcessor = `others=${others}
if [ -n "$others" ]; then systemctl set-property --runtime machine.slice AllowedCPUs="$others"; fi`;

/** Takes that back. */
export const freeFirstProcessor = 'systemctl revert machine.slice';

/** For guests of a user: `command` and all that it starts. */
export const withoutFirstProcessor = (command: string): string => `others=${others}
\${others:+systemd-run --quiet --scope --property=AllowedCPUs="$others"} ${command}`;
