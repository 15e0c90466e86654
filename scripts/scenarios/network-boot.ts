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
      proves: 'The console shows iPXE fetching the kernel from the TFTP server, and no GRUB.',
      async run({ machine }) {
        const lines = machine.consoleLines.filter((line) => /iPXE|tftp:|GNU GRUB/.test(line));
        const fetched = lines.some((line) => /vmlinuz.*ok/.test(line)) || lines.some((line) => line.includes('tftp:'));
        if (lines.some((line) => line.includes('GRUB'))) return failed('GRUB started', lines);
        return fetched
          ? passed('iPXE fetched it', lines)
          : failed('the console shows no TFTP', machine.consoleLines.slice(0, 20));
      },
    },
  ],
};
