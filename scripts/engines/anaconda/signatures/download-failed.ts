import type { Signature } from './signature.ts';

export const downloadFailed: Signature = {
  id: 'download-failed',
  pattern: /Failed to download the following packages:? ?(?<names>.*)/,
  cause: 'packages could not be downloaded: $<names>',
  advice: 'Try again, or name another mirror in the base file.',
  source: 'anaconda 45.21: modules/payloads/payload/dnf/dnf_manager.py',
  excerpt: ['Failed to download the following packages: kernel-core-6.20.1-200.fc44.x86_64'],
};
