import type { Signature } from './signature.ts';

export const losetupFailed: Signature = {
  id: 'losetup-failed',
  pattern: /\['losetup', '--find'.*returned non-zero/,
  cause: 'a loop device could not be set up',
  advice: 'On the host: `modprobe loop`. A container must be privileged and see /dev.',
  source: 'github.com/weldr/lorax issue 773',
  excerpt: [
    "2019-06-20 21:11:01,740: Command '['losetup', '--find', '--show', '/var/lmc/lmc-disk-1tres03u.img']' returned non-zero exit status 1.",
  ],
};
