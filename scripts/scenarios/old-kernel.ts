import { type Check, failed, passed } from '../checks/index.ts';
import type { Scenario } from './scenario.ts';

/** As an update leaves the links: the kernel before it is the running one here. The menu's second entry becomes its first choice. */
const choose = `menu=/boot/grub/grub.cfg
[ -e "$menu" ] || { echo 'no menu'; exit 0; }
ln -sfn "$(readlink /vmlinuz)" /vmlinuz.old
ln -sfn "$(readlink /initrd.img)" /initrd.img.old
sed -i 's/^set default=0$/set default=1/' "$menu"
grep '^set default=' "$menu"
sync`;

const oldKernelEntry: Check = {
  id: 'old-kernel-entry',
  title: 'the kernel before an update can be started',
  proves:
    'The second entry of the menu on a disk starts the kernel that the links of an update call the old one, with the same root file system.',
  changesState: true,
  async run({ guest, machine }) {
    const { stdout } = await guest.run(choose);
    if (stdout.trim() !== 'set default=1') return failed(`the menu is another one: ${stdout.trim()}`);
    await machine.reboot();
    const given = await guest.kargs();
    const root = given.filter((word) => word.startsWith('root='));
    return given.includes('BOOT_IMAGE=/vmlinuz.old') && root.length === 1
      ? passed('GRUB started it', given)
      : failed('another entry was started', given);
  },
};

export const oldKernel: Scenario = {
  id: 'old-kernel',
  title: 'the kernel before the last update',
  proves: 'After an update that does not start, the kernel before it does.',
  topologies: ['default'],
  needs: { image: ['disk'], components: ['disk-image'] },
  checks: [oldKernelEntry],
};
