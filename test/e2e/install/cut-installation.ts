import { copyFile, readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LabRun } from '../../../scripts/lab/index.ts';
import { isUntouched, wholeCopyOf } from './disks.ts';
import { virtioDisk } from './refusals.ts';
import { startMedium } from './start-medium.ts';

/** When the power goes: at a line of the console, which says what has just begun. */
export interface Moment {
  readonly name: string;
  readonly at: RegExp;
}

/** A volume group is what a second attempt has most trouble with: the kernel finds it by itself. */
const answers = [
  `ignoredisk --only-use=${virtioDisk(0)}`,
  'clearpart --all',
  'autopart --type=lvm',
  'network --hostname=cut',
  'sshkey --username=root "ssh-ed25519 A"',
  'poweroff',
  '',
].join('\n');

export interface Installation {
  readonly name: string;
  readonly iso: string;
  readonly directory: string;
  /** What is on the disk before. */
  readonly holds?: string;
  /** Another disk of the computer, which nobody may write to. */
  readonly decoy: string;
  /** In the order in which they come. */
  readonly moments: readonly Moment[];
}

/** What an installation left. */
export interface Cut {
  /** The disk as it was at each moment that came, by its name: what a disk has when its computer loses its power. */
  readonly disks: ReadonlyMap<string, string>;
  /** The disk at the end. */
  readonly whole: string;
  readonly console: string;
  readonly isDecoyUntouched: boolean;
}

/** Installs, and keeps a copy of the disk at each moment, while the computer stands still. */
export async function installWithCuts({ name, iso, directory, holds, decoy, moments }: Installation): Promise<Cut> {
  const { run, disk } = await startMedium(
    {
      topology: name,
      summary: 'a computer that is installed',
      disks: [
        { bus: 'virtio', sizeMiB: 6144, ...(holds !== undefined && { holds }) },
        { bus: 'sata', sizeMiB: 512, holds: decoy },
      ],
    },
    iso,
    path.join(directory, name),
    { 'phyllome.answers': answers },
  );
  try {
    const disks = new Map<string, string>();
    let isOver = false;
    const end = run.failed.catch(() => (isOver = true));
    for (let next = 0; !isOver; await Promise.race([end, sleep(50)])) {
      for (; next < run.consoleLines.length; next += 1) {
        const moment = moments[disks.size];
        if (moment?.at.test(run.consoleLines[next] ?? '') !== true) continue;
        const copy = path.join(directory, `${moment.name}.qcow2`);
        await run.machine.qmp.execute('stop');
        await copyFile(disk(0), copy);
        await run.machine.qmp.execute('cont');
        disks.set(moment.name, copy);
      }
    }
    const whole = path.join(directory, `${name}-whole.qcow2`);
    await wholeCopyOf(disk(0), holds, whole);
    const console = run.consoleLines.join('\n');
    return { disks, whole, console, isDecoyUntouched: await isUntouched(decoy, disk(1), directory) };
  } finally {
    await run.end();
  }
}

/** What a BIOS and what it started have written on the screen, in text mode. `runDir`: of the machine. */
export async function screenText({ machine }: LabRun, runDir: string): Promise<string> {
  await machine.qmp.execute('pmemsave', { val: 0xb8000, size: 80 * 25 * 2, filename: 'screen.text' });
  const cells = await readFile(path.join(runDir, 'machine', 'screen.text'));
  const characters = Buffer.from(cells.filter((_, index) => index % 2 === 0)).toString('latin1');
  return characters.replaceAll(/(.{80})/gs, '$1\n');
}
