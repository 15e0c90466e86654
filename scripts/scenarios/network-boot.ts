import { failed, passed } from '../checks/index.ts';
import { startedFrom } from './medium.ts';
import type { Scenario } from './scenario.ts';

export const networkBoot: Scenario = {
  id: 'network-boot',
  title: 'kernel and initramfs over the network',
  proves:
    "The network card's own PXE fetches the image's kernel and initramfs by TFTP and starts them; the root file system is found on the CD.",
  topologies: ['pxe'],
  needs: { image: ['live-iso'] },
  checks: [
    startedFrom('network-boot-root', 'a CD', /\/ata\d+\//),
    {
      id: 'network-boot-loader',
      title: 'the kernel came over the network',
      proves:
        "The kernel's command line begins as iPXE writes it, with the name that the kernel has on the TFTP server, and no other boot loader spoke on the console.",
      async run({ guest, machine }) {
        const given = await guest.kargs();
        const others = machine.consoleLines.filter((line) => /GNU GRUB|systemd-boot|ISOLINUX/.test(line));
        const evidence = [given.join(' '), ...others];
        if (others.length > 0) return failed('another boot loader started', evidence);
        return given.includes('initrd=initrd.img')
          ? passed('iPXE fetched it', evidence)
          : failed('the kernel was not started by iPXE', evidence);
      },
    },
  ],
};
