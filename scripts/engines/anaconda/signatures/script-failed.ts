import type { Signature } from './signature.ts';

export const scriptFailed: Signature = {
  id: 'script-failed',
  pattern: /Error code (?<status>\d+) running the kickstart script at line (?<line>\d+)/,
  cause: 'the script at this line ended with status $<status>',
  advice: 'Its output is in its ks-script log.',
  hasKickstartLine: true,
  source: 'anaconda 45.21: core/kickstart/scripts.py',
  excerpt: ['19:41:13,123 ERR ks.script: Error code 1 running the kickstart script at line 72'],
};
