import path from 'node:path';
import { expect, test } from 'vitest';
import { own, passes } from '../image/boots-well.ts';
import { places } from '../image/phyllome.ts';
import { menuLimitMs, startEntry } from './at-menu.ts';
import { testImageFile } from './environment.ts';

/** What every page of OVMF's set-up says is the way through it. */
const firmwareSetup = /Select Language|Device Manager|Boot Maintenance Manager/;

async function diskImage(): Promise<string> {
  await passes('--dir', own, 'build', 'nano-disk');
  return path.join(places.out, 'nano-disk', 'phyllome-nano-disk-debian-13.qcow2');
}

test.each([
  ['a live ISO by UEFI', 'uefi', 'cdrom', () => testImageFile ?? ''],
  ['a disk with Secure Boot', 'secure-boot', 'disk', diskImage],
] as const)('"Firmware settings" of %s starts the set-up of the firmware', async (_, firmware, from, image) => {
  await startEntry({ firmware, boot: { from } }, image, /^Firmware settings$/, async (run, timeScale) => {
    await run.allowRestarts();
    const screen = await run.screen.waitFor(firmwareSetup, menuLimitMs * timeScale);
    expect(screen).not.toMatch(/GNU GRUB/);
  });
});
