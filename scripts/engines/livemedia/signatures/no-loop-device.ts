import type { Signature } from './signature.ts';

export const noLoopDevice: Signature = {
  id: 'no-loop-device',
  pattern: /cannot find an unused loop device/,
  cause: 'no loop device is free, or there are no device nodes',
  advice:
    'On the host: `modprobe loop`; then `phyllome doctor --clean` for leftovers. A container needs --volume=/dev:/dev.',
  isFatal: true,
  excerpt: ['losetup: cannot find an unused loop device'],
};
