import { type Check, failed, passed } from '../checks/index.ts';
import type { Guest } from '../lab/index.ts';
import type { Scenario } from './scenario.ts';

/** Lines `root SERIAL`, then `SERIAL IDENTIFIER` for each partition table, partition and file system of Linux. */
const script = `root=$(lsblk -nrspo NAME,TYPE "$(findmnt -nvo SOURCE /)" | awk '$2 == "disk" { print $1 }')
echo "root $(cat "/sys/block/\${root#/dev/}/serial")"
for disk in /sys/block/vd*; do
  serial=$(cat "$disk/serial")
  for part in "$disk"/"\${disk##*/}"*; do
    part=/dev/\${part##*/}
    blkid -p -o export "$part" | sed -n -e 's/^PART_ENTRY_UUID=//p'
    case $(blkid -p -s TYPE -o value "$part") in ext4 | xfs | btrfs) blkid -p -s UUID -o value "$part" ;; esac
  done | sort -u | sed -n "s/./$serial &/p"
  blkid -p -s PTUUID -o value "/dev/\${disk##*/}" | sed -n "s/./$serial &/p"
done`;

interface Disks {
  /** What the root file system is on: `medium` is the disk that the firmware starts, `disk0` the other. */
  readonly root: string;
  /** Identifiers that both disks have. */
  readonly shared: readonly string[];
  readonly lines: readonly string[];
}

async function disksOf(guest: Guest): Promise<Disks> {
  const lines = (await guest.run(script)).stdout.trim().split('\n');
  const words = lines.map((line) => line.split(' '));
  const of = (serial: string) => words.flatMap(([disk, id]) => (disk === serial && id !== undefined ? [id] : []));
  const other = of('disk0');
  return { root: of('root')[0] ?? '', shared: of('medium').filter((id) => other.includes(id)), lines };
}

const ownSystem: Check = {
  id: 'own-system',
  title: 'a disk starts its own system',
  proves:
    'Of two disks that were given the same image, each has other identifiers after its first start, and from the second start on the system comes from the disk that the firmware started.',
  changesState: true,
  freshBoot: true,
  async run({ guest, machine }) {
    const first = await disksOf(guest);
    if (first.shared.length > 0) return failed(`both disks are called ${first.shared[0]}`, first.lines);
    await machine.reboot();
    const second = await disksOf(guest);
    const evidence = [...first.lines, ...second.lines];
    if (second.shared.length > 0) return failed(`both disks are called ${second.shared[0]}`, evidence);
    return second.root === 'medium'
      ? passed('the root file system is on the disk that was started', evidence)
      : failed(`the root file system is on ${second.root}`, evidence);
  },
};

/** Less than this at the end of a disk is no loss: the spare partition table, and what alignment leaves. */
const unusedMiB = 4;

const grown: Check = {
  id: 'disk-grown',
  title: 'the system has all of its disk',
  proves:
    'The root partition reaches to the end of a disk that is larger than the image, and the file system fills it.',
  async run({ guest }) {
    const { stdout } = await guest.run(`part=$(findmnt -nvo SOURCE /)
part=\${part#/dev/}
disk=$(basename "$(dirname "$(readlink -f "/sys/class/block/$part")")")
echo $(( ($(cat /sys/block/$disk/size) - $(cat /sys/class/block/$part/start) - $(cat /sys/class/block/$part/size)) / 2048 ))
echo $(( $(cat /sys/class/block/$part/size) / 2048 )) $(( $(stat -f -c '%b * %S' /) / 1048576 ))`);
    const [free = Number.NaN, partition = Number.NaN, fileSystem = Number.NaN] = (stdout.match(/-?\d+/g) ?? []).map(
      Number,
    );
    const values = { freeMiB: free, partitionMiB: partition, fileSystemMiB: fileSystem };
    if (!(free < unusedMiB)) return failed(`${free} MiB of the disk are unused`, [], values);
    // What the file system keeps for itself.
    return fileSystem > partition * 0.9
      ? passed(`${fileSystem} MiB of a partition of ${partition}`, [], values)
      : failed(`the file system has ${fileSystem} MiB of a partition of ${partition}`, [], values);
  },
};

export const twoDisks: Scenario = {
  id: 'two-disks',
  title: 'two disks with the same image',
  proves: 'Of two disks of one flavour in a computer, each starts its own system.',
  topologies: ['two-disks'],
  needs: { image: ['disk'], components: ['disk-image'] },
  checks: [ownSystem],
};

export const largerDisk: Scenario = {
  id: 'larger-disk',
  title: 'a disk that is larger than the image',
  proves: 'The system grows to the disk that the image was written to, at its first start.',
  topologies: ['two-disks'],
  needs: { image: ['disk'], components: ['disk-image'] },
  checks: [grown],
};
