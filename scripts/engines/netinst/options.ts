import { choice, inWords, option } from '../../command-line/index.ts';
import type { RequestedAccelerator } from '../../lab/index.ts';
import { medium, offline } from '../engine/index.ts';

const firmwares = ['bios', 'uefi'] as const;
const accelerators = ['auto', 'kvm', 'tcg'] as const satisfies readonly RequestedAccelerator[];

export const options = {
  ...medium,
  firmware: option(choice('firmware', firmwares), inWords(firmwares), { usually: 'uefi' }),
  boot: option(choice('boot', ['kernel', 'medium']), 'kernel (its messages can be followed) or medium (as it is)', {
    usually: 'kernel',
  }),
  accel: option(choice('accelerator', accelerators), inWords(accelerators), { usually: 'auto' }),
  offline,
};
