import type { Signature } from './signature.ts';

export const templateError: Signature = {
  id: 'template-error',
  pattern: /template command error in (?<template>\S+?):?\s/,
  cause: 'lorax’s template $<template> failed',
  advice: 'The lines after it name the file or program.',
  isSymptom: true,
  excerpt: [
    '2026-11-22 19:41:13,123 ERROR pylorax: template command error in live/x86.tmpl: subprocess.CalledProcessError: Command failed',
  ],
};
