import type { Signature } from './signature.ts';

export const loopMountFailed: Signature = {
  id: 'loop-mount-failed',
  pattern: /\['mount', '-o', 'loop'.*exit status 32/,
  cause: 'the file system image could not be mounted',
  advice: 'The container or chroot must be privileged, and the host must have the modules loop and ext4.',
  isFatal: true,
  source: 'lorax 46: src/pylorax/imgutils.py (CalledProcessError)',
  excerpt: [
    "2026-11-22 19:41:13,123 ERROR pylorax: Command '['mount', '-o', 'loop', '/work/result/lmc-disk-x1.img', '/mnt/sysimage/']' returned non-zero exit status 32.",
  ],
};
