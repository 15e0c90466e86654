import { setTimeout as sleep } from 'node:timers/promises';
import { type Check, failed, passed } from '../checks/index.ts';
import type { Scenario } from './scenario.ts';

const disk = '/dev/disk/by-id/virtio-disk0';
const mountPoint = '/mnt/phyllome-lab';
const writer = 'phyllome-lab-writer';

/** Appends numbered lines and says a number only when the line is on the disk. */
const writeLoad = `set -eu
mkfs.ext4 -q -F ${disk}
mkdir -p ${mountPoint}; mount ${disk} ${mountPoint}
systemd-run --quiet --unit=${writer} bash -c 'n=0; while :; do n=$((n+1)); printf "%08d\\n" $n >> ${mountPoint}/log; dd if=/dev/urandom of=${mountPoint}/file$((n%7)) bs=64k count=4 status=none; sync -d ${mountPoint}/log; echo $n > /run/${writer}; done'`;

const duringWrites: Check = {
  id: 'power-cut-during-writes',
  title: 'a power cut under load loses nothing that was on the disk',
  proves:
    'The power goes while the disk is being written to: after a clean start the file system is repaired from its journal alone, and every line that had been synced is there.',
  needs: { machine: ['empty-disk'] },
  changesState: true,
  async run({ guest, machine, scaled }) {
    await guest.run(writeLoad, { timeoutSeconds: 60 });
    await guest.waitFor('a written line', `[ "$(cat /run/${writer} 2>/dev/null || echo 0)" -ge 20 ]`, 60);
    await sleep(scaled(2) * 1000);
    const acknowledged = Number((await guest.run(['cat', `/run/${writer}`])).stdout);
    await machine.powerCut();
    const check = await guest.run(
      `mkdir -p ${mountPoint} && mount ${disk} ${mountPoint} && umount ${mountPoint} && e2fsck -fn ${disk}`,
      {
        timeoutSeconds: 60,
        allowFailure: true,
      },
    );
    const evidence = `${check.stdout}${check.stderr}`.trimEnd().split('\n');
    if (check.status !== 0) return failed('the file system is not clean after the next start', evidence);
    const { stdout } = await guest.run(`mount ${disk} ${mountPoint}; cat ${mountPoint}/log`);
    const lines = stdout
      .split('\n')
      .filter((line) => /^\d{8}$/.test(line))
      .map(Number);
    const present = lines.every((number, index) => number === index + 1) ? lines.length : 0;
    const values = { acknowledged, present };
    return present >= acknowledged
      ? passed(`${acknowledged} lines had been synced, ${present} are there`, evidence, values)
      : failed(`${acknowledged} lines had been synced, ${present} are there`, evidence, values);
  },
};

const duringBoot: Check = {
  id: 'power-cut-during-boot',
  title: 'a power cut during the start does no harm',
  proves:
    'The power goes, and goes again as soon as the initramfs runs: the start after that is clean and no unit fails.',
  changesState: true,
  async run({ guest, machine }) {
    const milestones = await machine.powerCut({ during: 'initramfs' });
    const { stdout } = await guest.run('systemctl list-units --failed --plain --no-legend');
    const evidence = milestones.map(({ id, atMs }) => `${id} after ${(atMs / 1000).toFixed(1)} s`);
    return stdout.trim() === ''
      ? passed('the next start was clean', evidence)
      : failed('units failed at the next start', stdout.trimEnd().split('\n'));
  },
};

export const powerCut: Scenario = {
  id: 'power-cut',
  title: 'the power goes',
  proves:
    'During a start and under a load of writes, a power cut is followed by a clean start, and what was synced is there.',
  topologies: ['empty-disk'],
  checks: [duringWrites, duringBoot],
};
