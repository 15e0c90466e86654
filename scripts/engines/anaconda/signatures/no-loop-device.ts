import type { Signature } from './signature.ts';

export const noLoopDevice: Signature = {
  id: 'no-loop-device',
  pattern: /cannot find an unused loop device/,
  cause: 'no loop device is free, or there are no device nodes',
  advice:
    'On the host: `modprobe loop`; then `phyllome doctor --clean` for leftovers. A container needs --volume=/dev:/dev.',
  isFatal: true,
  source: 'github.com/weldr/lorax issues 238, 773 and 1163; util-linux: sys-utils/losetup.c',
  excerpt: ['losetup: cannot find an unused loop device'],
};
