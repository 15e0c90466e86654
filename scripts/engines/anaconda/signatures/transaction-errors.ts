import type { Signature } from './signature.ts';

export const transactionErrors: Signature = {
  id: 'transaction-errors',
  pattern: /transaction process has ended (?:with errors|abruptly)/,
  cause: 'the package transaction ended with errors',
  advice: 'packaging.log names the packages.',
  isSymptom: true,
  source:
    'anaconda 45.21: modules/payloads/payload/dnf/dnf_manager.py; github.com/rhinstaller/kickstart-tests issue 1618',
  excerpt: [
    '00:56:08,447 WARNING org.fedoraproject.Anaconda.Modules.Payloads:pyanaconda.modules.common.errors.installation.PayloadInstallationError: An error occurred during the transaction: The transaction process has ended with errors.',
  ],
};
