import { type Check, failed, passed } from '../checks/index.ts';
import type { Scenario } from './scenario.ts';

const everyDisk: Check = {
  id: 'disks-seen',
  title: 'disks of every kind work',
  proves: 'Every disk of the machine is there with its size and its sectors, and gives back what was written to it.',
  needs: { machine: ['empty-disk'] },
  changesState: true,
  async run({ guest, machine }) {
    const { stdout } = await guest.run(
      // What is written to is not the disk that the system runs from: that one, or a part of it, is mounted.
      `for disk in $(lsblk -dnrpo NAME,TYPE | awk '$2 == "disk" && $1 !~ /zram|loop/ { print $1 }'); do
  ! lsblk -nro MOUNTPOINTS "$disk" | grep -q . || continue
  head -c 1048576 /dev/urandom > /run/phyllome-lab-block
  dd if=/run/phyllome-lab-block of="$disk" bs=1M oflag=direct status=none; echo 3 > /proc/sys/vm/drop_caches
  same=no; ! dd if="$disk" bs=1M count=1 iflag=direct status=none | cmp -s - /run/phyllome-lab-block || same=yes
  echo "$disk $(( $(blockdev --getsize64 "$disk") / 1048576 )) $(blockdev --getss "$disk") $same"
done`,
      { timeoutSeconds: 60 },
    );
    const lines = stdout.trimEnd().split('\n');
    const seen = lines.map((line) => line.split(' ').slice(1).join(' ')).sort();
    const wanted = machine.topology.disks.map(({ sizeMiB, sectorBytes }) => `${sizeMiB} ${sectorBytes} yes`).sort();
    return seen.join(', ') === wanted.join(', ')
      ? passed(`all ${seen.length}, written and read back`, lines)
      : failed(`${seen.join(', ')} instead of ${wanted.join(', ')}`, lines);
  },
};

export const disks: Scenario = {
  id: 'disks',
  title: 'disks of every kind',
  proves: 'virtio, NVMe, SATA and USB disks, with sectors of 512 and 4096 bytes, can be used.',
  topologies: ['disks'],
  checks: [everyDisk],
};
