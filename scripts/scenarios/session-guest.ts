import { type Check, failed, passed } from '../checks/index.ts';
import { bootSector, bootSectorGreeting } from './boot-sector.ts';
import { aboutMuteGuest } from './mute-guest.ts';
import { withoutFirstProcessor } from './spare-processor.ts';

const user = 'phyllome-lab-user';
const name = 'phyllome-lab-session';
const home = `/home/${user}`;
const asUser = `runuser -u ${user} -- env HOME=${home} sh -euc`;
const virsh = 'virsh -q -c qemu:///session';

/** An account without any right but the one to use /dev/kvm, which Debian gives to a group. */
const makeUser = `set -e
useradd --create-home --shell /bin/sh ${user}
case "$(stat -c %a /dev/kvm)" in *6) ;; *) usermod --append --groups "$(stat -c %G /dev/kvm)" ${user} ;; esac`;

const makeGuest = withoutFirstProcessor(`${asUser} '
cd
echo ${bootSector().toString('base64')} | base64 -d > sector.img
truncate -s 1M sector.img
phyllome-guest new ${name} --session --os bios --image sector.img --disk 1M --memory 128M --cpus 1 --network none --tpm yes \\
  --console-log ${home}/serial.log'`);

/** Each program of the guest with the user that it runs as; what TPM and accelerator it has, and where it may run. */
const howItRuns = `ps -eo user:32,args | grep -E '^${user} .*(swtpm socket|qemu-system|libvirtd|virtqemud)' | cut -c 1-150
ps -eo args | grep -E '^[^ ]*qemu-system.* -name guest=${name}' | grep -oE 'emulator,id=tpm[^ ]*|tpm-(crb|tis)[^ ]*|accel=[^ ,]*'
grep Cpus_allowed_list "/proc/$(pgrep -u ${user} -f -- '-name guest=${name}' | head -n 1)/status"
${asUser} "${virsh} list --name"`;

const aboutIt = `${asUser} '${aboutMuteGuest(virsh, name, `${home}/.cache/libvirt/qemu/log/${name}.log`)}'`;

const cleanUp = `${asUser} '${virsh} destroy ${name}; ${virsh} undefine --nvram --tpm ${name}' ; pkill -u ${user}; sleep 1; userdel --remove ${user}; true`;

export const sessionGuest: Check = {
  id: 'session-guest',
  title: 'an ordinary user runs a guest with a TPM',
  proves:
    'A user without rights on the host makes a guest in a session of libvirt that is the user’s own, by KVM and with a TPM 2.0 whose certificates come from the user’s own authority; nothing of it runs as anybody else.',
  needs: { machine: ['nested-virtualization'], components: ['guests', 'swtpm'] },
  async run({ guest, scaled }) {
    await guest.run(makeUser);
    try {
      const made = await guest.run(makeGuest, { timeoutSeconds: 300, allowFailure: true });
      if (made.status !== 0) return failed('the guest could not be made', lines(`${made.stdout}\n${made.stderr}`));
      const wanted = new RegExp(`${bootSectorGreeting}KVMKVMKVM`);
      const deadline = Date.now() + scaled(180) * 1000;
      let said = '';
      while (!wanted.test(said) && Date.now() < deadline) {
        said = (await guest.run(`cat ${home}/serial.log; sleep 0.5`, { allowFailure: true })).stdout;
      }
      const runs = (await guest.run(howItRuns, { timeoutSeconds: 60, allowFailure: true })).stdout;
      const evidence = lines(`${said}\n${runs}`);
      if (!wanted.test(said)) {
        const about = await guest.run(aboutIt, { timeoutSeconds: 60, allowFailure: true });
        return failed('it did not speak', [...evidence, ...lines(`${about.stdout}\n${about.stderr}`)]);
      }
      if (!/^\S+ +\S*swtpm socket/m.test(runs)) return failed('no TPM of the user runs beside it', evidence);
      if (!runs.includes('tpm-')) return failed('QEMU has no TPM', evidence);
      return passed('it runs by KVM with a TPM 2.0, all of it as the user', evidence);
    } finally {
      await guest.run(cleanUp, { timeoutSeconds: 60, allowFailure: true }).catch(() => {});
    }
  },
};

const lines = (text: string): string[] => text.split(/\r?\n/).filter((line) => line.trim() !== '');
