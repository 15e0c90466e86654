import { type Check, failed, passed } from '../checks/index.ts';
import type { Scenario } from './scenario.ts';
import { replayEventLog } from './tpm-event-log.ts';

const enforced: Check = {
  id: 'secure-boot-enforced',
  title: 'the chain of signatures was accepted',
  proves:
    'The firmware says that it enforced Secure Boot with its own keys, the kernel says the same and has locked itself down.',
  needs: { machine: ['secure-boot'] },
  async run({ guest }) {
    const variables = '/sys/firmware/efi/efivars';
    const { stdout } = await guest.run(`for name in SecureBoot SetupMode; do
  echo "$name $(od -An -tu1 -j4 -N1 ${variables}/$name-8be4df61-93ca-11d2-aa0d-00e098032b8c | tr -d ' ')"
done
echo "lockdown $(cat /sys/kernel/security/lockdown)"
journalctl -b -k -o cat --no-pager | grep -iE '^secureboot:|locked down'; true`);
    const evidence = stdout.trimEnd().split('\n');
    const missing = [
      ...(evidence.includes('SecureBoot 1') ? [] : ['the firmware does not enforce Secure Boot']),
      ...(evidence.includes('SetupMode 0') ? [] : ['the firmware takes any key']),
      ...(/lockdown .*\[(integrity|confidentiality)\]/.test(stdout) ? [] : ['the kernel is not locked down']),
    ];
    return missing.length === 0
      ? passed('enforced, and the kernel is locked down', evidence)
      : failed(missing.join('; '), evidence);
  },
};

const measured: Check = {
  id: 'tpm-pcrs',
  title: 'the boot was measured',
  proves:
    "The TPM's registers 0 to 9 hold exactly what the firmware's event log says was measured into them, and those of firmware, boot loader, keys and kernel are not empty; there is one bank, as in a guest of libvirt's.",
  needs: { machine: ['tpm', 'uefi'] },
  async run({ guest }) {
    const log = replayEventLog(await guest.read('/sys/kernel/security/tpm0/binary_bios_measurements'));
    const { stdout } = await guest.run(
      'for i in 0 1 2 3 4 5 6 7 8 9; do echo "$i $(cat /sys/class/tpm/tpm0/pcr-sha256/$i)"; done; cat /sys/class/tpm/tpm0/tpm_version_major; cd /sys/class/tpm/tpm0; echo banks pcr-*',
    );
    const registers = stdout
      .trimEnd()
      .split('\n')
      .slice(0, 10)
      .map((line) => (line.split(' ')[1] ?? '').toLowerCase());
    const banks = /^banks (.*)$/m.exec(stdout)?.[1] ?? '';
    if (banks !== 'pcr-sha256') return failed(`the TPM is no such as libvirt gives a guest: it has the banks ${banks}`);
    const evidence = [...registers.map((value, index) => `PCR ${index} ${value}`), `${log.events} events in the log`];
    const different = registers.flatMap((value, index) => (value === log.registers[index] ? [] : [index]));
    const empty = [0, 4, 7, 8, 9].filter((index) => /^0*$/.test(registers[index] ?? ''));
    if (different.length > 0) return failed(`PCR ${different.join(', ')} do not follow from the event log`, evidence);
    if (empty.length > 0) return failed(`nothing was measured into PCR ${empty.join(', ')}`, evidence);
    return passed(`${log.events} measurements, as the event log says`, evidence, { events: log.events });
  },
};

export const secureBoot: Scenario = {
  id: 'secure-boot',
  title: 'Secure Boot is on, with a TPM',
  proves:
    'Firmware that enforces Secure Boot with the keys it comes with accepts the image, and the TPM holds what was measured.',
  topologies: ['secure-boot'],
  checks: [enforced, measured],
};

export const tamperedKernel: Scenario = {
  id: 'tampered-kernel',
  title: 'Secure Boot is on, and somebody changed the kernel',
  proves: 'With one byte of the kernel changed, the same machine refuses to start it and says why.',
  topologies: ['secure-boot'],
  needs: { image: ['live-iso'] },
  checks: [],
  tampering: {
    of: 'kernel',
    refusal: /bad shim signature|Security Violation|Verification failed|prohibited by secure boot/i,
  },
};
