import { expect, test } from 'vitest';
import type { LabRun } from '../../../scripts/lab/boot/lab-run.ts';
import { Milestones } from '../../../scripts/lab/boot/milestones.ts';
import { waitForBoot } from '../../../scripts/lab/boot/wait-for-boot.ts';

test('a firmware that gives up is not waited for, and tells why', async () => {
  const never = new Promise<never>(() => {});
  const milestones = new Milestones();
  milestones.pass('power-on');
  const run = {
    hello: never,
    failed: never,
    milestones,
    consoleLines: [
      'BdsDxe: failed to load Boot0001 "UEFI Misc Device" from PciRoot(0x0)/Pci(0x4,0x0): Access Denied',
      'BdsDxe: No bootable option or device was found.',
    ],
  };
  await expect(waitForBoot(run as unknown as LabRun, 1)).rejects.toMatchObject({
    code: 'loader-stuck',
    message: 'Secure Boot refused the loader',
  });
});
