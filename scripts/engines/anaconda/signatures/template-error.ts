import type { Signature } from './signature.ts';

export const templateError: Signature = {
  id: 'template-error',
  pattern: /template command error in (?<template>\S+?):?\s*$/,
  cause: 'lorax’s template $<template> failed',
  advice: 'The lines after it name the file or program.',
  isSymptom: true,
  source: 'lorax 46: src/pylorax/ltmpl.py',
  excerpt: [
    '2026-11-22 19:41:13,123: template command error in live/x86.tmpl:',
    '2026-11-22 19:41:13,123:   installkernel images-x86_64 boot/vmlinuz-6.20.1-200.fc44.x86_64 images/pxeboot/vmlinuz',
    "2026-11-22 19:41:13,123:   FileNotFoundError: [Errno 2] No such file or directory: '/var/tmp/lmc-work-1/images/pxeboot/vmlinuz'",
  ],
};
