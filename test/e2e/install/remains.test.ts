import { link, rm } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { waitForBoot } from '../../../scripts/lab/index.ts';
import { phyllome } from '../image/phyllome.ts';
import { processesWith, temporaryDirectory } from '../lab/environment.ts';
import { installAtShell } from './at-shell.ts';
import { copyOf, isUntouched } from './disks.ts';
import { imageToInstall } from './image-to-install.ts';
import { typo, virtioDisk } from './refusals.ts';
import { startMedium } from './start-medium.ts';

const flavour = 'installer-headless';

beforeAll(async () => {
  const { exitCode, stderr } = await phyllome(['build', flavour]);
  if (exitCode !== 0) throw new Error(stderr);
});

/** A volume group, an encrypted partition and an array, all in use by the kernel; partitions begin where the new ones will. */
const makeRemains = `disk=$(readlink -f /dev/${virtioDisk(0)})
printf 'label: gpt\\nsize=1MiB\\nsize=512MiB\\nsize=1500MiB\\nsize=1500MiB\\nsize=1000MiB\\nsize=1000MiB\\n' | sfdisk --quiet "$disk"
udevadm settle
vgcreate --yes old "$disk"3
lvcreate --yes --name=data --size=1g old
mkfs.ext4 -q -L phyllome /dev/old/data
printf secret | cryptsetup luksFormat -q --pbkdf=pbkdf2 --pbkdf-force-iterations=1000 --key-file=- "$disk"4
printf secret | cryptsetup open --key-file=- "$disk"4 oldcrypt
mkfs.ext4 -q /dev/mapper/oldcrypt
mdadm --create /dev/md127 --run --assume-clean --level=1 --raid-devices=2 --metadata=1.2 "$disk"5 "$disk"6
mkfs.ext4 -q /dev/md127
udevadm settle; sync; sleep 2
lsblk --noheadings --raw --output TYPE "$disk" | sort -u | tr '\\n' ' '`;

/** Whatever is found on a disk, in its partitions and behind them. */
const look = `for device in /dev/vda /dev/vda?*; do blkid --probe --output=export "$device" || true; done
lsblk --noheadings --raw --output TYPE /dev/vda | sort -u | tr '\\n' ' '; echo
vgs --noheadings; dmsetup ls`;

describe.skipIf(process.env.PHYLLOME_INSTALL !== 'all')(
  'a disk with a volume group, an encrypted partition and an array',
  () => {
    test('is refused, or installed over with nothing left of them', async () => {
      const directory = await temporaryDirectory();
      const target = path.join(directory, 'target.qcow2');
      const answers = [`ignoredisk --only-use=${virtioDisk(0)}`, 'autopart', 'sshkey --username=root "ssh-ed25519 A"'];
      const { run, timeScale, disk } = await startMedium(
        { topology: 'remains', summary: 'a computer with an older system', disks: [{ bus: 'virtio', sizeMiB: 6144 }] },
        imageToInstall(flavour).iso,
        path.join(directory, 'installing'),
        { 'phyllome.answers': `${typo.answers.join('\n')}\n` },
      );
      try {
        await Promise.race([run.screen.waitFor(/root@\S+#? ?/, 300_000 * timeScale), run.failed]);
        run.stopWatching();
        const made = await run.guest.run(`set -e\n${makeRemains}`, { timeoutSeconds: 120 });
        expect(made.stdout).toMatch(/crypt disk lvm part raid1 $/);
        await run.machine.qmp.execute('stop');
        const before = await copyOf(disk(0), path.join(directory, 'before.raw'));
        await run.machine.qmp.execute('cont');

        const refused = await installAtShell(run, answers);
        expect(refused.status).toBe(1);
        expect(refused.text).toMatch(/vda: it is not empty, and no clearpart --all says that it may be wiped/);
        await run.machine.qmp.execute('stop');
        expect(await isUntouched(before, disk(0), directory)).toBe(true);
        await run.machine.qmp.execute('cont');

        const done = installAtShell(run, [...answers, 'clearpart --all'], 600).catch(() => undefined);
        // Switching off may be faster than the agent's answer.
        const end = await Promise.race([run.howItEnded, done.then((said) => said?.status === 1 && said.text)]);
        expect(end || (await run.howItEnded)).toMatchObject({ message: 'the guest turned itself off' });
        await link(disk(0), target);
      } finally {
        await run.end();
      }
      const installed = await startMedium(
        { topology: 'installed', summary: 'an installed computer', boot: { from: 'disk' } },
        target,
        path.join(directory, 'installed'),
      );
      try {
        await waitForBoot(installed.run, installed.timeScale);
        installed.run.stopWatching();
        const { stdout } = await installed.run.guest.run(look);
        expect(stdout).not.toMatch(/LVM2_member|crypto_LUKS|linux_raid_member|\bold\b/);
        expect(stdout).toMatch(/^disk part $/m);
      } finally {
        await installed.run.end();
      }
      expect(await processesWith(directory)).toEqual([]);
      await rm(directory, { recursive: true });
    });
  },
);
