import type { Signature } from './signature.ts';

export const outOfMemory: Signature = {
  id: 'out-of-memory',
  pattern: /Out of memory: Killed process \d+ \((?<program>[^)]+)\)|Out of memory:/,
  cause: 'the kernel ended $<program>: there is too little memory',
  advice: 'Give the builder 4 GiB or more, or swap.',
  isFatal: true,
  source: 'Linux: mm/oom_kill.c',
  excerpt: ['[ 1234.5] Out of memory: Killed process 812 (anaconda) total-vm:3145728kB'],
};
