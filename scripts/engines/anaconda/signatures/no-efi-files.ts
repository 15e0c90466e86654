import type { Signature } from './signature.ts';

export const noEfiFiles: Signature = {
  id: 'no-efi-files',
  pattern: /Cannot determine attributes of source file .*EFI/,
  cause: 'there are no UEFI boot files at all, so the ISO has no UEFI part',
  advice: 'Add shim-x64 and grub2-efi-x64-cdboot.',
  kickstartCommand: '%packages',
  source: 'xorriso, started by lorax 46; met with lorax 46',
  excerpt: [
    "2026-11-22 19:41:13,123 INFO: xorriso : FAILURE : Cannot determine attributes of source file '/var/tmp/lmc-work-1/EFI/BOOT' : No such file or directory",
  ],
};
