import type { Signature } from './signature.ts';

export const unresolvable: Signature = {
  id: 'unresolvable',
  pattern: /nothing provides (?<what>.+?) needed by (?<who>\S+)/,
  cause: 'no repository has $<what>, which $<who> needs',
  advice: 'A repository is missing, or two repositories are of different releases.',
  kickstartWords: ['who'],
  source: 'dnf5 5.4.4: libdnf5/base/solver_problems.cpp',
  excerpt: ['  - nothing provides libfoo.so.1()(64bit) needed by bar-1.0-1.fc44.x86_64 from fedora'],
};
