import { rm } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Firmware, waitForBoot } from '../../../scripts/lab/index.ts';
import { phyllome } from '../image/phyllome.ts';
import { processesWith, temporaryDirectory } from '../lab/environment.ts';
import { type Cut, installWithCuts, type Moment, screenText } from './cut-installation.ts';
import { olderInstallation } from './disks.ts';
import { imageToInstall } from './image-to-install.ts';
import { startMedium } from './start-medium.ts';
import { startable } from './unfinished.ts';

const flavour = 'installer-headless';

/** Until everything that loaders read is on the disk, it does not start. */
const early: readonly Moment[] = [
  { name: 'partitioned', at: /\] Waiting for the new partitions/ },
  { name: 'group', at: /\] Making the volume phyllome_/ },
  { name: 'file-systems', at: /\] Mounting \/$/ },
  { name: 'copied-some', at: /^\s*\d+ % / },
  { name: 'copied-more', at: /^\s*\d+ % / },
  { name: 'copied-most', at: /^\s*\d+ % / },
  { name: 'copied', at: /\] Reading back what was written/ },
  { name: 'read-back', at: /\] Writing \/etc\/fstab/ },
  { name: 'grub-copied', at: /\] Writing where GRUB goes on/ },
  { name: 'writing-out', at: /\] Writing everything to the disk before it can start/ },
];
/** Then it starts wholly. */
const late: Moment = { name: 'bios-loader', at: /\] Making the disk start by UEFI/ };

describe.skipIf(process.env.PHYLLOME_INSTALL !== 'all')('the power goes during an installation', () => {
  let directory = '';
  let decoy = '';
  let first: Cut;
  const cut = (name: string) => first.disks.get(name) ?? '';

  beforeAll(async () => {
    const { exitCode, stderr } = await phyllome(['build', flavour]);
    if (exitCode !== 0) throw new Error(stderr);
    directory = await temporaryDirectory();
    decoy = await olderInstallation(directory);
    const { iso } = imageToInstall(flavour);
    first = await installWithCuts({ name: 'cuts', iso, directory, decoy, moments: [...early, late] });
    expect([...first.disks.keys()], first.console).toEqual([...early, late].map(({ name }) => name));
    expect(first.console).toMatch(/^Installed on vda\.$/m);
  });

  afterAll(async () => {
    expect(await processesWith(directory)).toEqual([]);
    await rm(directory, { recursive: true });
  });

  /** Starts a computer from a disk, and answers with what it is asked. */
  async function started<T>(
    disk: string,
    firmware: Firmware,
    ask: (at: Awaited<ReturnType<typeof startMedium>>, runDir: string) => Promise<T>,
  ): Promise<T> {
    const runDir = path.join(directory, `${path.basename(disk, '.qcow2')}-${firmware}`);
    const machine = await startMedium(
      { topology: 'cut', summary: 'a computer whose installation was cut off', firmware, boot: { from: 'disk' } },
      disk,
      runDir,
    );
    try {
      return await ask(machine, runDir);
    } finally {
      await machine.run.end();
    }
  }

  const hostName = (disk: string, firmware: Firmware) =>
    started(disk, firmware, async ({ run, timeScale }) => {
      await waitForBoot(run, timeScale);
      return (await run.guest.run('hostname; systemctl is-system-running', { allowFailure: true })).stdout;
    });

  test.each(early)('at $name nothing on the disk starts', async ({ name }) => {
    expect(await startable(cut(name))).toEqual({ bios: 'words', uefi: false });
  });

  test('a whole disk has both loaders', async () => {
    expect(await startable(first.whole)).toEqual({ bios: 'loader', uefi: true });
  });

  test('BIOS comes to words that say what to do', async () => {
    await started(cut('copied-more'), 'bios', async ({ run }, runDir) => {
      await expect
        .poll(() => screenText(run, runDir), { timeout: 60_000, interval: 1000 })
        .toMatch(/installation that was not finished\.\s+Start from the installation medium again\./);
    });
  });

  test('UEFI finds nothing to start', async () => {
    await started(cut('writing-out'), 'uefi', async ({ run }) => {
      const said = () => run.consoleLines.join('\n');
      await expect.poll(said, { timeout: 120_000, interval: 1000 }).toMatch(/failed to load Boot\d+ .*: Not Found/);
    });
  });

  test('with the first loader on the disk, the system starts wholly', async () => {
    expect(await hostName(cut(late.name), 'bios')).toBe('cut\nrunning\n');
  });

  test('a second attempt on the same disk succeeds', async () => {
    const { iso } = imageToInstall(flavour);
    const again = await installWithCuts({
      name: 'again',
      iso,
      directory,
      holds: cut('copied-most'),
      decoy,
      moments: [],
    });
    expect(again.console).toMatch(/^Installed on vda\.$/m);
    expect([first.isDecoyUntouched, again.isDecoyUntouched]).toEqual([true, true]);
    expect(await hostName(again.whole, 'uefi')).toBe('cut\nrunning\n');
  });
});
