import { expect, test } from 'vitest';
import { qemuArguments } from '../../../scripts/lab/machine/arguments.ts';
import { featuresOf } from '../../../scripts/lab/machine/topology.ts';
import { defaultTopology } from '../../../scripts/lab/topology/index.ts';

const files = { consoleBytes: '/run/dir/console.raw', credentials: ['/run/dir/machine/credential-0'], disks: [] };
const bios = defaultTopology({ accelerator: 'tcg', firmware: 'bios', imageFile: '/out/nano/nano.iso' });

/** One option with its value to a line, as one would write it in a shell script. */
function lines(argv: readonly string[]): string[] {
  return argv.join(' ').split(/ (?=-[a-z])/);
}

test('the default machine under emulation, started by BIOS', () => {
  expect(lines(qemuArguments(bios, 'tcg', files))).toMatchInlineSnapshot(`
    [
      "qemu-system-x86_64",
      "-name phyllome-lab",
      "-no-user-config",
      "-nodefaults",
      "-display none",
      "-no-reboot -S",
      "-machine q35,kernel-irqchip=split",
      "-accel tcg,thread=multi",
      "-cpu EPYC,+svm,+npt",
      "-smp 2",
      "-m 2048",
      "-device intel-iommu,intremap=off,caching-mode=on",
      "-device VGA",
      "-blockdev {"driver":"file","node-name":"medium","filename":"/out/nano/nano.iso","read-only":true}",
      "-device ide-cd,drive=medium,bus=ide.0,bootindex=0",
      "-netdev user,id=network0,restrict=on",
      "-device virtio-net-pci,netdev=network0,romfile=",
      "-smbios type=11,path=/run/dir/machine/credential-0",
      "-chardev socket,id=qmp,path=qmp",
      "-mon chardev=qmp,mode=control",
      "-chardev socket,id=console,path=console,logfile=/run/dir/console.raw",
      "-device isa-serial,chardev=console",
      "-device virtio-serial-pci",
      "-chardev socket,id=agent,path=agent",
      "-device virtserialport,chardev=agent,name=org.phyllome.lab.agent",
      "-chardev socket,id=journal,path=journal",
      "-device virtserialport,chardev=journal,name=org.phyllome.lab.journal",
    ]
  `);
});

test('UEFI adds two flash chips, of which only the variables can be written', () => {
  const firmware = { code: '/usr/share/OVMF/OVMF_CODE_4M.fd', variables: '/run/dir/machine/variables.fd' };
  const uefi = qemuArguments({ ...bios, firmware: 'uefi' }, 'tcg', { ...files, firmware });
  const plain = new Set(lines(qemuArguments(bios, 'tcg', files)));
  expect(lines(uefi).filter((line) => !plain.has(line))).toMatchInlineSnapshot(`
    [
      "-machine q35,kernel-irqchip=split,pflash0=firmware-code,pflash1=firmware-variables",
      "-blockdev {"driver":"raw","node-name":"firmware-code","read-only":true,"file":{"driver":"file","filename":"/usr/share/OVMF/OVMF_CODE_4M.fd"}}",
      "-blockdev {"driver":"raw","node-name":"firmware-variables","read-only":false,"file":{"driver":"file","filename":"/run/dir/machine/variables.fd"}}",
    ]
  `);
});

test('KVM uses the processor of the host', () => {
  const topology = defaultTopology({ accelerator: 'kvm', firmware: 'bios', imageFile: '/x.iso' });
  const plain = lines(qemuArguments(topology, 'kvm', files));
  expect(plain).toContain('-accel kvm');
  expect(plain).toContain('-cpu host');
});

test('the IOMMU comes before every device behind it, and can be left out', () => {
  const devices = (argv: readonly string[]) => argv.filter((_, index) => argv[index - 1] === '-device');
  expect(devices(qemuArguments(bios, 'tcg', files))[0]).toMatch(/^intel-iommu,/);
  const without = qemuArguments({ ...bios, iommu: 'none' }, 'tcg', files);
  expect(without.join(' ')).not.toMatch(/iommu|irqchip/);
});

test('paths with commas and spaces stay whole', () => {
  const odd = '/home/a, b/run';
  const argv = qemuArguments({ ...bios, medium: { kind: 'cdrom', file: `${odd}/x.iso` } }, 'tcg', {
    consoleBytes: `${odd}/console.raw`,
    credentials: [`${odd}/credential-0`],
    disks: [],
  });
  expect(argv).toContain('type=11,path=/home/a,, b/run/credential-0');
  expect(argv).toContain('socket,id=console,path=console,logfile=/home/a,, b/run/console.raw');
  expect(argv.join('\n')).toContain('"filename":"/home/a, b/run/x.iso"');
});

test('no machine can be reached from outside or reach out', () => {
  const argv = qemuArguments(bios, 'tcg', files);
  expect(argv.filter((word) => /^user,/.test(word))).toEqual(['user,id=network0,restrict=on']);
  expect(qemuArguments({ ...bios, network: [] }, 'tcg', files).join(' ')).not.toMatch(/netdev|virtio-net/);
});

test('features that checks ask for follow from the hardware', () => {
  expect([...featuresOf(bios)]).toEqual(['nested-virtualization', 'iommu', 'network']);
  expect([...featuresOf({ ...bios, cpu: 'EPYC', iommu: 'none', network: [] })]).toEqual([]);
  const more = { firmware: 'secure-boot', tpm: true, disks: [{ bus: 'nvme', sizeMiB: 1, sectorBytes: 512 }] } as const;
  const ports = [
    { acs: true, devices: ['edu'], switchSlots: [] },
    { acs: true, devices: [], switchSlots: [] },
  ] as const;
  expect([...featuresOf({ ...bios, ...more, ports })]).toEqual(
    expect.arrayContaining(['uefi', 'secure-boot', 'tpm', 'empty-disk', 'devices-to-hand-over', 'free-port']),
  );
});
