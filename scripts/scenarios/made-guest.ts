import { type Check, failed, passed } from '../checks/index.ts';
import { bootSector, bootSectorGreeting } from './boot-sector.ts';

const name = 'phyllome-lab-made';
const image = `/var/lib/libvirt/isos/${name}.img`;
const output = `/var/log/libvirt/qemu/${name}-serial.log`;
const virsh = (command: string): string => `virsh -q -c qemu:///system ${command} ${name}`;

/** As a user would, but for the network, which the lab's other machines may have. */
const make = `phyllome-guest new ${name} --os bios --image ${image} --disk 16M --tpm yes --memory 64M --network none --console-log ${output}`;

const cleanUp = `${virsh('destroy')} 2>&1
${virsh('undefine --nvram --tpm --remove-all-storage')} 2>&1
rm -f ${image} ${output}; true`;

/** The same guest as one command of the host's own tool. */
export const madeGuest: Check = {
  id: 'guest-by-phyllome-guest',
  title: 'a guest made by phyllome-guest runs by KVM and speaks',
  proves:
    'One command of phyllome-guest makes a disk from an image, a domain with an emulated TPM 2.0 that libvirt accepts, and starts it by KVM; what its boot sector says arrives in the file that was asked for.',
  needs: { machine: ['nested-virtualization'], components: ['guests'] },
  async run({ guest, scaled }) {
    const words = new RegExp(`${bootSectorGreeting}KVMKVMKVM`);
    try {
      const sector = bootSector().toString('base64');
      await guest.run(`set -e; umask 022; echo ${sector} | base64 -d > ${image}; truncate -s 1M ${image}`);
      const made = await guest.run(make, { timeoutSeconds: 240, allowFailure: true });
      if (made.status !== 0) return failed('phyllome-guest failed', made.stderr.trimEnd().split('\n').slice(-8));
      const deadline = Date.now() + scaled(180) * 1000;
      let said = '';
      while (!words.test(said) && Date.now() < deadline) {
        said = (await guest.run(`cat ${output}; sleep 0.5`, { allowFailure: true })).stdout;
      }
      const tpm = await guest.run(`virsh -q -c qemu:///system qemu-monitor-command --hmp ${name} 'info tpm'`);
      const evidence = [said, tpm.stdout].flatMap((text) => text.split(/\r?\n/)).filter((line) => line.trim() !== '');
      if (!words.test(said)) return failed('it said nothing of the kind', evidence);
      if (!/type=emulator/.test(tpm.stdout)) return failed('it has no TPM', evidence);
      return passed(`it said: ${words.exec(said)?.[0]}`, evidence);
    } finally {
      await guest.run(cleanUp, { timeoutSeconds: 60, allowFailure: true }).catch(() => {});
    }
  },
};
