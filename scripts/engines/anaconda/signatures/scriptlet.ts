import type { Signature } from './signature.ts';

export const scriptlet: Signature = {
  id: 'scriptlet',
  pattern:
    /Error - \S+, (?<nevra>\S+), (?<type>[%\w]+), [1-9]\d*\s*$|(?<part>%\w+)\((?<name>[^)]+)\) scriptlet failed|Error in (?<kind>[%\w]+) scriptlet(?: in rpm package|:) (?<package>\S+)/,
  cause: 'the $<type>$<part>$<kind> scriptlet of $<nevra>$<name>$<package> failed',
  advice: 'Often no space is left, or /proc is missing; dnf.log and packaging.log have its output.',
  kickstartWords: ['nevra', 'name', 'package'],
  source:
    'anaconda 45.21: modules/payloads/payload/dnf/transaction_progress.py; rpm: lib/rpmscript.cc; dnf 4: dnf/yum/rpmtrans.py',
  excerpt: [
    'DEBUG:anaconda.modules.payloads.payload.dnf.transaction_progress:Error - kernel-core-6.20.1-200.fc44.x86_64, kernel-core-0:6.20.1-200.fc44.x86_64, %posttrans, 1',
  ],
};
