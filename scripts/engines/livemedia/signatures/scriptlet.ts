import type { Signature } from './signature.ts';

export const scriptlet: Signature = {
  id: 'scriptlet',
  pattern: /Error in (?<kind>POST\w+|PRE\w+) scriptlet in rpm package (?<package>\S+)/,
  cause: 'the $<kind> scriptlet of $<package> failed',
  advice: 'Often no space is left, or /proc is missing; packaging.log has its output.',
  excerpt: ['19:41:13,123 ERR packaging: Error in POSTIN scriptlet in rpm package kernel-core'],
};
