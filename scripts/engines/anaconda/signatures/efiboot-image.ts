import type { Signature } from './signature.ts';

export const efibootImage: Signature = {
  id: 'efiboot-image',
  pattern: /mkefiboot.*returned non-zero/,
  cause: 'the UEFI boot image could not be made: mkefiboot needs a loop device and vfat',
  advice: 'On the host: `modprobe -a loop vfat`.',
  source: 'lorax 46: src/pylorax/ltmpl.py; github.com/weldr/lorax issue 211',
  excerpt: [
    '2026-11-22 19:41:13,123: template command error in efi.tmpl:',
    '2026-11-22 19:41:13,123:   runcmd mkefiboot --label=ANACONDA --debug /var/tmp/lmc-work-1/EFI/BOOT /var/tmp/lmc-work-1/images/efiboot.img',
    "2026-11-22 19:41:13,123:   subprocess.CalledProcessError: Command '['mkefiboot', '--label=ANACONDA', '--debug', '/var/tmp/lmc-work-1/EFI/BOOT', '/var/tmp/lmc-work-1/images/efiboot.img']' returned non-zero exit status 1.",
  ],
};
