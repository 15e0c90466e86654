import type { Scenario } from './scenario.ts';

export const liveCd: Scenario = {
  id: 'live-cd',
  title: 'a live CD, by BIOS and by UEFI',
  proves: 'The image starts from a CD drive by either kind of firmware, and everything its flavour promises holds.',
  topologies: ['default', 'uefi'],
  needs: { image: ['live-iso'] },
  checks: 'of-the-image',
};
