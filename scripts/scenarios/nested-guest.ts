import { type Check, failed, passed } from '../checks/index.ts';
import type { Guest } from '../lab/guest/guest.ts';
import { bootSector, bootSectorGreeting } from './boot-sector.ts';
import type { Scenario } from './scenario.ts';

const name = 'phyllome-lab-nested';
const disk = `/var/lib/libvirt/images/${name}.img`;
const output = `/var/log/libvirt/qemu/${name}-serial.log`;

/** A domain as libvirt's own tools write it, with a virtual TPM, that runs by KVM or not at all. */
function domain(firmware: 'bios' | 'uefi'): string {
  const os =
    firmware === 'bios'
      ? '<os><type arch="x86_64" machine="q35">hvm</type><boot dev="hd"/></os>'
      : '<os firmware="efi"><type arch="x86_64" machine="q35">hvm</type><firmware><feature enabled="no" name="secure-boot"/></firmware></os>';
  return `<domain type="kvm">
  <name>${name}</name>
  <memory unit="MiB">${firmware === 'bios' ? 64 : 256}</memory>
  <vcpu>1</vcpu>
  ${os}
  <features><acpi/><apic/></features>
  <cpu mode="host-passthrough"/>
  <devices>
    <disk type="file" device="disk"><driver name="qemu" type="raw"/><source file="${disk}"/><target dev="vda" bus="virtio"/></disk>
    <serial type="pty"><log file="${output}" append="off"/></serial>
    <tpm model="tpm-crb"><backend type="emulator" version="2.0"/></tpm>
    <memballoon model="none"/>
  </devices>
</domain>
`;
}

/** Everything the guest was made of is taken away again, whatever became of it. */
const cleanUp = `virsh -q -c qemu:///system destroy ${name} 2>&1
virsh -q -c qemu:///system undefine --nvram --tpm ${name} 2>&1
rm -f ${disk} ${output}; true`;

async function define(guest: Guest, firmware: 'bios' | 'uefi'): Promise<void> {
  const encoded = (content: Buffer | string) => Buffer.from(content).toString('base64');
  // A gibibyte of nothing behind the sector: some firmware takes no smaller disk for one.
  await guest.run(
    `set -e
umask 022; mkdir -p /var/lib/libvirt/images
echo ${encoded(bootSector())} | base64 -d > ${disk}; truncate -s 1M ${disk}
echo ${encoded(domain(firmware))} | base64 -d > /run/${name}.xml
virsh -q -c qemu:///system define /run/${name}.xml`,
    { timeoutSeconds: 120 },
  );
}

/** Starts a guest by KVM and waits until its serial port has said `words`. */
function guestSpeaks(options: {
  readonly id: string;
  readonly firmware: 'bios' | 'uefi';
  readonly title: string;
  readonly proves: string;
  readonly words: RegExp;
  readonly seconds: number;
}): Check {
  const { id, title, proves, firmware, words, seconds } = options;
  return {
    ...{ id, title, proves },
    needs: { machine: ['nested-virtualization'], components: ['libvirt', 'swtpm'] },
    async run({ guest, scaled }) {
      const virsh = (command: string) => `virsh -q -c qemu:///system ${command}`;
      try {
        await define(guest, firmware);
        const started = Date.now();
        await guest.run(virsh(`start ${name}`), { timeoutSeconds: 240 });
        const startSeconds = (Date.now() - started) / 1000;
        const deadline = Date.now() + scaled(seconds) * 1000;
        let said = '';
        while (!words.test(said) && Date.now() < deadline) {
          said = (await guest.run(`cat ${output}; sleep 0.5`, { allowFailure: true })).stdout;
        }
        const saidSeconds = (Date.now() - started) / 1000;
        const process = await guest.run(
          `tr '\\0' '\\n' < /proc/$(cat /run/libvirt/qemu/${name}.pid)/cmdline | grep -E '^(-accel|kvm|-tpmdev|emulator,|pc-q35)|accel=' ; pgrep -a swtpm`,
          { allowFailure: true },
        );
        const evidence = [...said.split(/\r?\n/).slice(-12), ...process.stdout.trimEnd().split('\n')].filter(
          (line) => line !== '',
        );
        const values = { startSeconds: Math.round(startSeconds), saidSeconds: Math.round(saidSeconds) };
        if (!words.test(said))
          return failed(`it said nothing of the kind within ${Math.round(scaled(seconds))} s`, evidence, values);
        if (!/swtpm/.test(process.stdout)) return failed('no swtpm runs beside it', evidence, values);
        return passed(
          `it spoke ${saidSeconds.toFixed(0)} s after its start: ${words.exec(said)?.[0]}`,
          evidence,
          values,
        );
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
    'A guest with a virtual TPM, defined and started through libvirt, runs by KVM inside the lab machine, and what it says arrives.',
  topologies: ['default'],
  needs: { components: ['libvirt', 'swtpm'] },
  checks: [
    guestSpeaks({
      id: 'guest-by-kvm',
      firmware: 'bios',
      title: 'a guest runs by KVM and speaks',
      proves:
        'libvirt starts a guest of type kvm with an emulated TPM 2.0; its boot sector asks the processor for the hypervisor, gets KVM for an answer, and its line arrives on the serial port.',
      words: new RegExp(`${bootSectorGreeting}KVMKVMKVM`),
      seconds: 180,
    }),
  ],
};

export const nestedGuestUefi: Scenario = {
  id: 'nested-guest-uefi',
  title: 'a guest with UEFI firmware starts on the host',
  proves:
    'The same with the firmware that most guests have: OVMF runs by KVM inside the lab machine and speaks on the serial port.',
  topologies: ['default'],
  needs: { components: ['libvirt', 'swtpm'] },
  slow: true,
  checks: [
    guestSpeaks({
      id: 'guest-by-kvm-uefi',
      firmware: 'uefi',
      title: 'a guest with OVMF runs by KVM and speaks',
      proves:
        'libvirt finds UEFI firmware for a guest of type kvm with an emulated TPM 2.0; the firmware starts and its boot manager speaks on the serial port.',
      words: /BdsDxe: [^\r\n]+/,
      seconds: 900,
    }),
  ],
};
