import type { Machine } from '../machine.ts';
import type { Computer } from './computer.ts';
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
    disks: readDisks(lsblk.stdout, links, liveSource),
  };
}
