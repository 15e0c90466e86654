import type { Signature } from './signature.ts';

export const rootTooSmall: Signature = {
  id: 'root-too-small',
  pattern:
    /installing package (?<package>\S+) needs .+ more space on the|Not enough space in file systems|insufficient disk space:/,
  cause: 'the packages do not fit into `part /`',
  advice: 'Raise --size of `part /` (rootSizeMiB of the base).',
  isFatal: true,
  kickstartCommand: 'part',
  source: 'rpm: lib/rpmprob.cc; anaconda 45.21: ui/lib/space.py',
  excerpt: ['  - installing package linux-firmware-20261010-1.fc44.noarch needs 312MB more space on the / filesystem'],
};
