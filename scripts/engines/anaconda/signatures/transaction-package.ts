import type { Signature } from './signature.ts';

export const transactionPackage: Signature = {
  id: 'transaction-package',
  pattern: /An error occurred during the transaction: (?<package>\S+\.(?:x86_64|noarch|i686|aarch64))\b/,
  cause: 'package $<package> could not be installed: its files could not be written, or its scriptlet failed',
  advice: 'Look for its name in dnf.log; often no space is left.',
  isSymptom: true,
  kickstartWords: ['package'],
  source: 'anaconda 45.21: modules/payloads/payload/dnf/transaction_progress.py',
  excerpt: [
    'The exact error message is: ',
    '',
    'An error occurred during the transaction: kernel-core-6.20.1-200.fc44.x86_64.',
  ],
};
