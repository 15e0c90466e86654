import type { Signature } from './signature.ts';

export const noShim: Signature = {
  id: 'no-shim',
  pattern: /nothing matching .*(?:shim|mm)\w*\.efi/,
  cause: 'the signed UEFI boot loader is not below /boot/efi',
  advice:
    'Add shim-x64. Since Fedora 44 it is packaged below /usr/lib/efi: a %post must copy it, as the kickstarts of this program do.',
  kickstartCommand: '%packages',
  source: 'lorax 46: src/pylorax/ltmpl.py, rglob',
  excerpt: [
    '2026-11-22 19:41:13,123: template command error in efi.tmpl:',
    '2026-11-22 19:41:13,123:   install boot/efi/EFI/*/shimx64.efi EFI/BOOT/BOOTX64.EFI',
    '2026-11-22 19:41:13,123:   OSError: nothing matching /var/tmp/lorax.imgutils.1/boot/efi/EFI/*/shimx64.efi in /var/tmp/lorax.imgutils.1',
  ],
};
