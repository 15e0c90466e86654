import type { Signature } from './signature.ts';

export const gpgCheck: Signature = {
  id: 'gpg-check',
  pattern: /OpenPGP check for package .+ has failed|Signature verification failed\.|GPG check FAILED/,
  cause: 'a package’s signature could not be verified',
  advice: 'Install the distribution’s keys (fedora-gpg-keys) on the builder, or name the key in the repository’s file.',
  source: 'dnf5 5.4.4: libdnf5/base/transaction.cpp; dnf 4: dnf/cli/cli.py',
  excerpt: [
    'OpenPGP check for package "bash-5.3.9-3.fc44.x86_64" (/var/tmp/bash-5.3.9-3.fc44.x86_64.rpm) from repo "fedora" has failed: Public key is not installed.',
  ],
};
