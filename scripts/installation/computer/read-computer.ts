import type { Machine } from '../machine.ts';
import type { Computer, Disk } from './computer.ts';
import { holdsNothingKnown } from './in-words.ts';
import { linksArguments, lsblkArguments, readDisks } from './read-disks.ts';

/** Where dracut mounts what the system was started from. */
const liveMount = '/run/initramfs/live';

/**
 * Looks at the computer that the program runs on.
 * @throws Error with lsblk's own words where the disks cannot be listed
 */
export function readComputer(machine: Machine): Computer {
  // Disks that udev has not named yet have neither model nor links.
  machine.run(['udevadm', 'settle', '--timeout=30']);
  const lsblk = machine.run(lsblkArguments);
  if (lsblk.status !== 0) throw new Error(`the disks cannot be listed: ${lsblk.stderr.trim()}`);
  const links = machine.run(linksArguments).stdout;
  const liveSource = machine.run(['findmnt', '--noheadings', '--output', 'SOURCE', liveMount]).stdout.trim();
  const memory = /^MemTotal:\s+(\d+) kB/m.exec(machine.read('/proc/meminfo') ?? '')?.[1];
  return {
    firmware: machine.exists('/sys/firmware/efi') ? 'uefi' : 'bios',
    memoryMiB: Math.floor(Number(memory ?? 0) / 1024),
    hasTpm: machine.exists('/dev/tpmrm0'),
    disks: withOtherData(machine, readDisks(lsblk.stdout, links, liveSource)),
  };
}

/** A disk without a table may be encrypted as a whole, or a part of something: it is not empty because nobody has a name for that. */
function withOtherData(machine: Machine, disks: readonly Disk[]): Disk[] {
  const unknown = disks.filter(holdsNothingKnown);
  if (unknown.length === 0) return [...disks];
  const words = unknown.flatMap(({ name, sizeBytes }) => [`/dev/${name}`, String(sizeBytes)]);
  const { stdout } = machine.run(['sh', '-uc', lookForData, 'sh', ...words]);
  const found = stdout.split('\n');
  return disks.map((disk) =>
    unknown.includes(disk) ? { ...disk, hasOtherData: found.includes(`/dev/${disk.name}`) } : disk,
  );
}

/**
 * Prints those of the disks (pairs of a device and its size) on which there is anything but zeros, or the ones of a flash chip that was
 * erased: in the first and the last MiB, and at thirty places between them. What cannot be read counts as data.
 */
const lookForData = `blank() {
  [ "$( { dd if="$1" bs=65536 iflag=skip_bytes,fullblock skip="$2" count="$3" status=none || echo unreadable; } |
    tr -d '\\0\\377' | head -c 1 | wc -c)" -eq 0 ]
}
while [ $# -gt 1 ]; do
  step=$((($2 - 1048576) / 31 / 4096 * 4096)) at=0 data=
  [ $step -gt 0 ] || step=1048576
  blank "$1" 0 16 && blank "$1" $(($2 > 1048576 ? $2 - 1048576 : 0)) 16 || data=1
  while [ -z "$data" ] && [ $at -lt "$2" ]; do
    blank "$1" $at 1 || data=1
    at=$((at + step))
  done
  [ -z "$data" ] || echo "$1"
  shift 2
done`;
