import { type Check, failed, passed } from '../checks/index.ts';
import { shortestPeriod } from '../lab/index.ts';
import { bootSector, bootSectorGreeting } from './boot-sector.ts';
import { aboutMuteGuest } from './mute-guest.ts';
import type { Scenario } from './scenario.ts';
import { sessionGuest } from './session-guest.ts';
import { emulated, freeFirstProcessor, spareFirstProcessor } from './spare-processor.ts';

const name = 'phyllome-lab-nested';
const disk = `/run/${name}.img`;
const output = `/var/log/libvirt/qemu/${name}-serial.log`;
const virsh = 'virsh -q -c qemu:///system';

/** Makes the guest by the host's own means from a template that it ships, and starts it. */
function makeGuest(template: 'bios' | 'uefi'): string {
  const sector = bootSector().toString('base64');
  return `set -e
echo '${sector}' | base64 -d > ${disk}; truncate -s 1M ${disk}
phyllome-guest new ${name} --os ${template} --image ${disk} --disk 1M --memory 128M --cpus 1 --network none --tpm yes --console-log ${output}`;
}

/** What the guest's QEMU was told of accelerator and TPM, where it may run, and the process of the TPM. */
const howItRuns = `${virsh} dominfo ${name} | grep -E 'OS Type|State'
tr '\\0' '\\n' < "/proc/$(cat /run/libvirt/qemu/${name}.pid)/cmdline" | grep -E '^accel=|^kvm$|^pc-q35|emulator,id=tpm|tpm-crb'
grep Cpus_allowed_list "/proc/$(cat /run/libvirt/qemu/${name}.pid)/status"
pgrep -a swtpm | cut -c 1-120`;

const aboutIt = aboutMuteGuest(virsh, name, `/var/log/libvirt/qemu/${name}.log`);

/** Why is told where the lab keeps emulated machines that people use from the same. */
const fewTicks = `if ${emulated}; then cat ${shortestPeriod.file} > /run/${name}.period; echo ${shortestPeriod.microseconds} > ${shortestPeriod.file}; fi`;

/** Everything that the guest was made of is taken away again, whatever became of it. */
const cleanUp = `if [ -e /run/${name}.period ]; then cat /run/${name}.period > ${shortestPeriod.file}; rm /run/${name}.period; fi
${virsh} destroy ${name}; ${virsh} undefine --nvram --tpm ${name}
${virsh} vol-delete ${name}.qcow2 --pool images; rm -f ${disk} ${output}
${freeFirstProcessor}; true`;

/** Starts a guest by KVM and waits until its serial port has said `words`. */
function guestSpeaks(
  question: Pick<Check, 'id' | 'title' | 'proves'> & {
    readonly template: 'bios' | 'uefi';
    readonly words: RegExp;
    readonly seconds: number;
  },
): Check {
  const { template, words, seconds, ...check } = question;
  return {
    ...check,
    needs: { machine: ['nested-virtualization'], components: ['guests'] },
    async run({ guest, scaled }) {
      try {
        const started = Date.now();
        await guest.run(spareFirstProcessor);
        if (template === 'uefi') await guest.run(fewTicks);
        await guest.run(makeGuest(template), { timeoutSeconds: 300 });
        const deadline = Date.now() + scaled(seconds) * 1000;
        let said = '';
        while (!words.test(said) && Date.now() < deadline) {
          said = (await guest.run(`cat ${output}; sleep 0.5`, { allowFailure: true })).stdout;
        }
        const spokeSeconds = Math.round((Date.now() - started) / 1000);
        const process = (await guest.run(howItRuns, { allowFailure: true })).stdout;
        const evidence = [...said.split(/\r?\n/).slice(-10), ...process.split('\n')].filter(
          (line) => line.trim() !== '',
        );
        const spoken = words.exec(said)?.[0];
        if (spoken === undefined) {
          const about = await guest.run(aboutIt, { timeoutSeconds: 60, allowFailure: true });
          const told = `${about.stdout}\n${about.stderr}`.split(/\r?\n/).filter((line) => line.trim() !== '');
          return failed(`it did not speak within ${Math.round(scaled(seconds))} s`, [...evidence, ...told]);
        }
        if (!process.includes('swtpm')) return failed('no TPM runs beside it', evidence);
        return passed(`it spoke ${spokeSeconds} s after it was asked for: ${spoken}`, evidence, { spokeSeconds });
      } finally {
        await guest.run(cleanUp, { timeoutSeconds: 60, allowFailure: true }).catch(() => {});
      }
    },
  };
}

export const nestedGuest: Scenario = {
  id: 'nested-guest',
  title: 'a guest starts on the host',
  proves:
    'A guest with a virtual TPM, made of a template that the image ships, runs by KVM inside the lab machine, and what it says arrives; for the host and for an ordinary user.',
  topologies: ['default'],
  needs: { components: ['guests'] },
  checks: [
    guestSpeaks({
      id: 'guest-by-kvm',
      template: 'bios',
      title: 'a guest runs by KVM and speaks',
      proves:
        'phyllome-guest makes a guest with an emulated TPM 2.0 through libvirt; its boot sector asks the processor for the hypervisor, gets KVM for an answer, and its line arrives on the serial port.',
      words: new RegExp(`${bootSectorGreeting}KVMKVMKVM`),
      seconds: 180,
    }),
    sessionGuest,
  ],
};

export const nestedGuestUefi: Scenario = {
  id: 'nested-guest-uefi',
  title: 'a guest with UEFI firmware starts on the host',
  proves:
    'The same with the firmware that most guests have: OVMF runs by KVM inside the lab machine and speaks on the serial port.',
  topologies: ['default'],
  needs: { components: ['guests'] },
  slow: true,
  checks: [
    guestSpeaks({
      id: 'guest-by-kvm-uefi',
      template: 'uefi',
      title: 'a guest with OVMF runs by KVM and speaks',
      proves:
        'phyllome-guest makes a guest with UEFI firmware and an emulated TPM 2.0 through libvirt; the firmware starts by KVM and its boot manager speaks on the serial port.',
      words: /BdsDxe: [^\r\n]+/,
      seconds: 900,
    }),
  ],
};
