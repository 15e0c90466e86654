import type { Signature } from './signature.ts';

export const losetupFailed: Signature = {
  id: 'losetup-failed',
  pattern: /\['losetup', '--find'.*returned non-zero/,
  cause: 'a loop device could not be set up',
  advice: 'On the host: `modprobe loop`. A container must be privileged and see /dev.',
  excerpt: [
    "2026-11-22 19:41:13,123 ERROR pylorax: Command '['losetup', '--find', '--show', '/work/result/lmc-disk-x1.img']' returned non-zero exit status 1.",
  ],
};
