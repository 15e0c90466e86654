import { failed, passed } from '../checks/index.ts';
import type { Scenario } from './scenario.ts';

/** The file in the initramfs that the firmware put there. */
const rootFile = '/root.img';

const whatIsThere = `findmnt -nro FSTYPE /run/rootfsbase || echo none
lsblk --nodeps --noheadings --list --output NAME,TYPE`;

export const networkRoot: Scenario = {
  id: 'network-root',
  title: 'everything over the network',
  proves:
    "The network card's own PXE fetches script, kernel, initramfs and root file system of the output `pxe` by TFTP, and the system runs from memory alone: no medium is there.",
  topologies: ['pxe'],
  needs: { image: ['pxe'] },
  checks: [
    {
      id: 'network-root-in-memory',
      title: 'the root file system is the file that the firmware fetched',
      proves:
        'The kernel was told to take it from the initramfs, a squashfs is mounted, and the machine has no disk and no medium.',
      async run({ guest }) {
        const given = await guest.kargs();
        const [type = '', ...devices] = (await guest.run(whatIsThere)).stdout.trimEnd().split('\n');
        const media = devices.filter((line) => /^(?!zram)\S+ +(?:disk|rom)$/.test(line));
        const evidence = [given.join(' '), `root file system: ${type}`, ...devices];
        if (!given.includes(`root=live:${rootFile}`)) return failed('the kernel was told another root', evidence);
        if (type !== 'squashfs') return failed('no squashfs is mounted', evidence);
        return media.length === 0
          ? passed('it runs from memory', evidence)
          : failed('there is a disk or a medium it could come from', evidence);
      },
    },
  ],
};
