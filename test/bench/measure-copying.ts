import { mkdir } from 'node:fs/promises';
import { findAccelerator, resolveTopology, startLabRun, waitForBoot } from '../../scripts/lab/index.ts';
import { SystemRunner } from '../../scripts/process/index.ts';

/** How fast the files of a system come onto a disk, in bytes per second; all in one run of one guest. */
export interface Copying {
  readonly bytes: number;
  /** By `cp`, as the installer does it, until all is on the disk. */
  readonly copied: number;
  /** The same files read one after the other into one file, by `dd`. */
  readonly streamed: number;
  /** Only written: one file of that size onto the same disk, by `dd`. */
  readonly written: number;
}

/** Each in turn onto an empty file system, with nothing of it in memory. Prints bytes, then seconds. */
const script = `disk=/dev/disk/by-id/virtio-disk0
source=/run/rootfsbase
fresh() {
  umount /mnt/bench 2>/dev/null || true
  mkfs.ext4 -q -F "$disk"; mkdir -p /mnt/bench; mount "$disk" /mnt/bench; sync; echo 3 > /proc/sys/vm/drop_caches
}
clock() { read -r up _ < /proc/uptime; echo "$up"; }
fresh; a=$(clock); cp --archive --one-file-system "$source/." /mnt/bench/; sync; b=$(clock)
bytes=$(du --summarize --bytes --one-file-system "$source" | cut -f1)
fresh; c=$(clock); find "$source" -xdev -type f -print0 | xargs -0 cat | dd of=/mnt/bench/one bs=1M iflag=fullblock conv=fsync status=none; d=$(clock)
umount /mnt/bench; mount "$disk" /mnt/bench; echo 3 > /proc/sys/vm/drop_caches
# What is written is in memory, and is not all zeros.
head -c 64M /mnt/bench/one > /run/piece; size=$(stat -c %s /mnt/bench/one)
fresh; e=$(clock); while cat /run/piece; do :; done | dd of=/mnt/bench/one bs=1M count=$((size >> 20)) iflag=fullblock conv=fsync status=none; f=$(clock)
umount /mnt/bench
echo "$bytes $a $b $c $d $e $f"`;

/** Starts an installer's medium without answers, and copies its system in several ways. */
export async function measureCopying(
  imageFile: string,
  { toolsRoot, cacheDir, runDir }: { readonly toolsRoot: string; readonly cacheDir: string; readonly runDir: string },
): Promise<Copying> {
  await mkdir(runDir, { recursive: true });
  const runner = new SystemRunner();
  const accelerator = await findAccelerator({ requested: 'auto', runner, toolsRoot, cacheDir });
  const topology = resolveTopology(
    {
      topology: 'copying',
      summary: 'a computer that is installed',
      firmware: 'bios',
      boot: { from: 'cdrom' },
      disks: [{ bus: 'virtio', sizeMiB: 6144 }],
      network: [],
    },
    { accelerator: accelerator.chosen, imageFile },
  );
  const run = await startLabRun({ topology, accelerator, runner, runDir, toolsRoot, onMilestone: () => {} });
  try {
    await waitForBoot(run, accelerator.timeScale);
    run.stopWatching();
    const { stdout } = await run.guest.run(script, { timeoutSeconds: 20 * 60 * accelerator.timeScale });
    const [bytes = 0, a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = stdout.trim().split(' ').map(Number);
    return { bytes, copied: bytes / (b - a), streamed: bytes / (d - c), written: bytes / (f - e) };
  } finally {
    await run.end();
    await runner.stopAll();
  }
}
