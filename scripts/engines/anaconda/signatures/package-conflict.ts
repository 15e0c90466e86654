import type { Signature } from './signature.ts';

export const packageConflict: Signature = {
  id: 'package-conflict',
  pattern: /package (?<one>\S+) from \S+ conflicts with (?<other>.+?) provided by/,
  cause: '$<one> conflicts with $<other>',
  advice: 'Leave one of them out.',
  kickstartWords: ['one', 'other'],
  source: 'dnf5 5.4.4: libdnf5/base/solver_problems.cpp',
  excerpt: [
    '  - package sdubby-1.0-14.fc44.noarch from fedora conflicts with grubby provided by grubby-8.40-85.fc44.x86_64 from fedora',
  ],
};
