import type { Signature } from './signature.ts';

export const noFirmware: Signature = {
  id: 'no-firmware',
  pattern: /UEFI firmware (?:file\(s\) are|directory is) missing/,
  cause: 'the builder has no UEFI firmware for QEMU',
  advice: 'dnf install edk2-ovmf',
  isFatal: true,
  source: 'lorax 46: src/pylorax/installer.py and cmdline/livemedia.py',
  excerpt: [
    '2026-11-22 19:41:13,123: UEFI firmware file(s) are missing: /usr/share/edk2/ovmf/OVMF_CODE.secboot.fd, /usr/share/edk2/ovmf/OVMF_VARS.secboot.fd',
  ],
};
