import type { Signature } from './signature.ts';

export const gpgCheck: Signature = {
  id: 'gpg-check',
  pattern: /GPG check FAILED|signature (?:is )?not correct|public key is not installed/,
  cause: 'a package’s signature could not be verified',
  advice: 'Install the distribution’s keys (fedora-gpg-keys) on the builder, or name the key in the repository’s file.',
  excerpt: ['Error: GPG check FAILED'],
};
