import { type Check, failed, passed } from '../checks/index.ts';

/** Where the running system was loaded from, as the kernel names the way: `usb`, `virtio`, `ata`, `nvme`. */
const transport = `device=$(findmnt -nro SOURCE /run/initramfs/live 2>/dev/null || findmnt -nro SOURCE /)
disk=$(lsblk -nrspo NAME,TYPE "$device" 2>/dev/null | awk '$2 != "part" { print $1; exit }')
echo "$device"
readlink -f "/sys/class/block/$(basename "\${disk:-$device}")"`;

/** A check that the system runs from a medium on that bus, started and without failures. */
export function startedFrom(id: string, words: string, sysfs: RegExp): Check {
  return {
    id,
    title: `started from ${words}`,
    proves: `What the running system is read from is ${words}, by the way of its device in sysfs, and no unit failed.`,
    async run({ guest }) {
      const { stdout } = await guest.run(transport);
      const evidence = stdout.trimEnd().split('\n');
      const way = evidence[1] ?? '';
      const units = await guest.run('systemctl list-units --failed --plain --no-legend');
      if (units.stdout.trim() !== '') return failed('units failed', units.stdout.trimEnd().split('\n'));
      return sysfs.test(way) ? passed(way, evidence) : failed(`it runs from ${way}`, evidence);
    },
  };
}
