import type { Signature } from './signature.ts';

export const templatesMissing: Signature = {
  id: 'templates-missing',
  pattern: /lorax templates directory \((?<directory>.+)\) doesn/,
  cause: 'the lorax templates are not in $<directory>',
  advice: 'dnf install lorax lorax-templates-generic',
  isFatal: true,
  source: 'lorax 46: src/pylorax/cmdline/livemedia.py',
  excerpt: ["2026-11-22 19:41:13,123: The lorax templates directory (/usr/share/lorax) doesn't exist."],
};
