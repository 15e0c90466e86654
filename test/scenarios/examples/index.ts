import type { Example } from '../../checks/examples/index.ts';
import { changeExamples } from './changes.ts';
import { deviceExamples } from './devices.ts';
import { diskExamples } from './disks.ts';
import { guestExamples } from './guests.ts';
import { startExamples } from './starts.ts';

/** Of every question that a scenario asks besides the checks of images. */
export const scenarioExamples: readonly Example[] = [
  ...startExamples,
  ...deviceExamples,
  ...diskExamples,
  ...guestExamples,
  ...changeExamples,
];
