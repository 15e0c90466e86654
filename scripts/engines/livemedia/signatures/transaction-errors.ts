import type { Signature } from './signature.ts';

export const transactionErrors: Signature = {
  id: 'transaction-errors',
  pattern: /transaction process has ended with errors/,
  cause: 'the package transaction ended with errors',
  advice: 'packaging.log names the packages.',
  isSymptom: true,
  excerpt: ['The transaction process has ended with errors.'],
};
