import { beforeAll, describe, expect, test } from 'vitest';
import type { LabRun } from '../../../scripts/lab/index.ts';
import { passes } from '../image/boots-well.ts';
import { boots, menuLimitMs, startEntry } from '../lab/at-menu.ts';
import { fatStick } from '../lab/fat-stick.ts';
import { imageToInstall } from './image-to-install.ts';

const flavour = 'installer-headless';
const all = process.env.PHYLLOME_INSTALL === 'all';

const installs = [/phyllome\.install/, /installer\.target/];
const byLabel = /root=live:CDLABEL=/;
const byNumber = /root=live:UUID=[0-9A-F]{4}-[0-9A-F]{4}/;

describe.skipIf(!all)('the entries of an installer ISO', () => {
  let iso = '';
  beforeAll(async () => {
    await passes('build', flavour);
    iso = imageToInstall(flavour).iso;
  });
  const stick = (directory: string) => fatStick(iso, directory, 'put .disk EFI LiveOS boot ::');

  test('trying starts the live system', async () => {
    const look = boots([byLabel], [...installs, /phyllome\.copy/]);
    await startEntry({ boot: { from: 'cdrom' } }, () => iso, /^Try [^,]+$/, look);
  });

  test('trying it out of memory copies it', async () => {
    const look = async (run: LabRun, timeScale: number) => {
      await boots([byLabel, /phyllome\.copy=\d+/], installs)(run, timeScale);
      const { stdout } = await run.guest.run('losetup -nO BACK-FILE');
      expect(stdout).toMatch(/initramfs\/squashed\.img/);
    };
    const machine = { memoryMiB: 3072, boot: { from: 'cdrom' } } as const;
    await startEntry(machine, () => iso, /^Try [^,]+, copied to memory/, look);
  });

  test('trying from files on a FAT stick starts the live system, Secure Boot on', async () => {
    const machine = { firmware: 'secure-boot', boot: { from: 'usb' } } as const;
    await startEntry(machine, stick, /^Try [^,]+, copied by file/, boots([byNumber], installs));
  });

  test('installing from files on a FAT stick starts the dialogs, Secure Boot on', async () => {
    const machine = { firmware: 'secure-boot', boot: { from: 'usb' } } as const;
    await startEntry(machine, stick, /^Install [^,]+, copied by file/, async (run, timeScale) => {
      await Promise.race([run.screen.waitFor(/Which (?:language|keyboard)/, menuLimitMs * timeScale), run.failed]);
    });
  });
});
