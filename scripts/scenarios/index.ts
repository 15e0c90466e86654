import { copiedToMemory, tooLittleToCopy } from './copied-to-memory.ts';
import { disks } from './disks.ts';
import { fullVar } from './full-var.ts';
import { guestNetworks } from './guest-networks.ts';
import { guestsAtBoot } from './guests-at-boot.ts';
import { hotPlug } from './hot-plug.ts';
import { kernelUpdate } from './kernel-update.ts';
import { liveCd } from './live-cd.ts';
import { liveDisk } from './live-disk.ts';
import { liveUsb } from './live-usb.ts';
import { memoryNodes } from './memory-nodes.ts';
import { nestedGuest, nestedGuestUefi } from './nested-guest.ts';
import { networkBoot } from './network-boot.ts';
import { networkRoot } from './network-root.ts';
import { noIommu } from './no-iommu.ts';
import { noVirtualization } from './no-virtualization.ts';
import { oldKernel } from './old-kernel.ts';
import { powerCut } from './power-cut.ts';
import { readOnlyMedium } from './read-only-medium.ts';
import { reboot, tenReboots } from './reboots.ts';
import type { Scenario } from './scenario.ts';
import { secureBoot, tamperedKernel } from './secure-boot.ts';
import { smallMemory } from './small-memory.ts';
import { twoCables } from './two-cables.ts';
import { largerDisk, twoDisks } from './two-disks.ts';
import { otherIommus, vfio } from './vfio.ts';
import { wrongClock } from './wrong-clock.ts';

export type { Scenario, Tampering } from './scenario.ts';

/** Every scenario there is, in the order they are listed. */
export const allScenarios: readonly Scenario[] = [
  liveCd,
  liveUsb,
  liveDisk,
  networkBoot,
  networkRoot,
  copiedToMemory,
  tooLittleToCopy,
  secureBoot,
  tamperedKernel,
  vfio,
  hotPlug,
  otherIommus,
  noIommu,
  noVirtualization,
  nestedGuest,
  nestedGuestUefi,
  // These share a machine, which is put back to a snapshot between them. Its clock then jumps by the time that has passed,
  // so what takes longest comes last.
  kernelUpdate,
  oldKernel,
  fullVar,
  guestNetworks,
  guestsAtBoot,
  reboot,
  tenReboots,
  powerCut,
  smallMemory,
  wrongClock,
  readOnlyMedium,
  disks,
  twoCables,
  twoDisks,
  largerDisk,
  memoryNodes,
];
