/** Whether no KVM is under the machine, so that QEMU emulates what guests inside need of a processor. */
export const emulated = '[ "$(systemd-detect-virt)" = qemu ]';

/** Keeps guests off the first processor of a machine that QEMU emulates: scripts/lab/guest/emulated-guests.ts says why. */
const others = `$(if ${emulated} && [ "$(nproc --all)" -gt 1 ]; then echo "1-$(($(nproc --all) - 1))"; fi)`;

/** For guests of the system, which libvirt puts into one slice. */
export const spareFirstProcessor = `others=${others}
if [ -n "$others" ]; then systemctl set-property --runtime machine.slice AllowedCPUs="$others"; fi`;

/** Takes that back. */
export const freeFirstProcessor = 'systemctl revert machine.slice';

/** For guests of a user: `command` and all that it starts. */
export const withoutFirstProcessor = (command: string): string => `others=${others}
\${others:+systemd-run --quiet --scope --property=AllowedCPUs="$others"} ${command}`;
