import { startedFrom } from './medium.ts';
import type { Scenario } from './scenario.ts';

export const liveUsb: Scenario = {
  id: 'live-usb',
  title: 'a USB stick, by BIOS and by UEFI',
  proves: 'The same image, written to a USB stick as it is, starts by either kind of firmware and runs from the stick.',
  topologies: ['usb', 'usb-uefi'],
  needs: { image: ['live-iso'] },
  checks: [startedFrom('runs-from-usb', 'a USB stick', /\/usb\d+\//)],
};
