import type { Signature } from './signature.ts';

export const noBiosModules: Signature = {
  id: 'no-bios-modules',
  pattern: /i386-pc\/moddep\.lst/,
  cause: 'the boot loader for BIOS is not in the installed system',
  advice: 'Add grub2-pc-modules.',
  kickstartCommand: '%packages',
  source: 'GRUB: util/grub-mkimage; met with lorax 46',
  excerpt: [
    "2026-11-22 19:41:13,123 INFO: grub2-mkimage: error: cannot open `/var/tmp/lorax.imgutils.1/usr/lib/grub/i386-pc/moddep.lst': No such file or directory.",
  ],
};
