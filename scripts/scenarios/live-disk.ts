import { startedFrom } from './medium.ts';
import type { Scenario } from './scenario.ts';

export const liveDisk: Scenario = {
  id: 'live-disk',
  title: 'the image on the only disk',
  proves: 'The image, written to a disk as it is, starts from it: what virtual machines and rescue systems do.',
  topologies: ['disk'],
  checks: [startedFrom('runs-from-disk', 'a disk', /\/virtio\d+\//)],
};
