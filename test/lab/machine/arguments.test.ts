import { expect, test } from 'vitest';
import { type MachineFiles, qemuArguments } from '../../../scripts/lab/machine/arguments.ts';
import { featuresOf, type Topology } from '../../../scripts/lab/machine/topology.ts';
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

/** What a machine of these changes has that the default one has not. */
function added(change: Partial<Topology>, more: Partial<MachineFiles> = {}): string[] {
  const plain = new Set(lines(qemuArguments(bios, 'tcg', files)));
  return lines(qemuArguments({ ...bios, ...change }, 'tcg', { ...files, ...more })).filter((line) => !plain.has(line));
}

test('root ports, functions, switches and ports without access control services', () => {
  const ports = [
    { acs: true, devices: ['nvme', 'edu'], switchSlots: [] },
    { acs: true, devices: [], switchSlots: [['e1000e'], ['xhci']] },
    { acs: false, devices: ['sound'], switchSlots: [] },
    { acs: false, devices: [], switchSlots: [] },
  ] as const;
  expect(added({ ports })).toMatchInlineSnapshot(`
    [
      "-device pcie-root-port,id=port0,chassis=1,slot=1",
      "-blockdev {"driver":"null-co","node-name":"port0-device0-drive","size":67108864,"read-zeroes":true}",
      "-device nvme,id=port0-device0,bus=port0,addr=0x0.0,multifunction=on,drive=port0-device0-drive,serial=phyllome-lab",
      "-device edu,id=port0-device1,bus=port0,addr=0x0.1,multifunction=on",
      "-device pcie-root-port,id=port1,chassis=4,slot=4",
      "-device x3130-upstream,id=port1-switch,bus=port1",
      "-device xio3130-downstream,id=port1-0,bus=port1-switch,chassis=2,slot=2",
      "-device e1000e,id=port1-0-device0,bus=port1-0,addr=0x0.0,romfile=",
      "-device xio3130-downstream,id=port1-1,bus=port1-switch,chassis=3,slot=3",
      "-device qemu-xhci,id=port1-1-device0,bus=port1-1,addr=0x0.0",
      "-device pcie-root-port,id=port2,chassis=5,slot=5,disable-acs=on,multifunction=on,addr=0x10.0",
      "-device ich9-intel-hda,id=port2-device0,bus=port2,addr=0x0.0",
      "-device pcie-root-port,id=port3,chassis=6,slot=6,disable-acs=on,multifunction=on,addr=0x10.1",
    ]
  `);
});

test('disks of every kind, a USB stick with a layer to write to, and a place for snapshots', () => {
  const disks = [
    { bus: 'virtio', sizeMiB: 1, sectorBytes: 4096 },
    { bus: 'nvme', sizeMiB: 1, sectorBytes: 512 },
    { bus: 'sata', sizeMiB: 1, sectorBytes: 512 },
  ] as const;
  const medium = { kind: 'usb', file: '/x.iso', writeProtected: false } as const;
  const paths = { disks: ['/m/0', '/m/1', '/m/2'], layer: '/m/layer.qcow2', state: '/m/state.qcow2' };
  expect(added({ disks, medium }, paths)).toMatchInlineSnapshot(`
    [
      "-device qemu-xhci,id=usb",
      "-blockdev {"driver":"qcow2","node-name":"medium","file":{"driver":"file","filename":"/m/layer.qcow2"}}",
      "-device usb-storage,bus=usb.0,drive=medium,logical_block_size=512,physical_block_size=512,bootindex=0",
      "-blockdev {"driver":"qcow2","node-name":"disk0","file":{"driver":"file","filename":"/m/0"}}",
      "-device virtio-blk-pci,drive=disk0,serial=disk0,logical_block_size=4096,physical_block_size=4096",
      "-blockdev {"driver":"qcow2","node-name":"disk1","file":{"driver":"file","filename":"/m/1"}}",
      "-device nvme,drive=disk1,serial=disk1,logical_block_size=512,physical_block_size=512",
      "-blockdev {"driver":"qcow2","node-name":"disk2","file":{"driver":"file","filename":"/m/2"}}",
      "-device ide-hd,drive=disk2,bus=ide.3,serial=disk2",
      "-blockdev {"driver":"qcow2","node-name":"state","file":{"driver":"file","filename":"/m/state.qcow2"}}",
    ]
  `);
});

test('a disk that the machine starts from is attached as it is said, with sectors of that size', () => {
  const device = (more: object) => {
    const medium = { kind: 'disk', file: '/x.qcow2', writeProtected: false, ...more } as const;
    const argv = added({ medium }, { layer: '/m/layer.qcow2' });
    return argv.filter((line) => line.startsWith('-device')).map((line) => line.slice('-device '.length));
  };
  const sectors = (bytes: number) => `logical_block_size=${bytes},physical_block_size=${bytes},bootindex=0`;
  expect(device({})).toEqual([`virtio-blk-pci,drive=medium,serial=medium,${sectors(512)}`]);
  expect(device({ bus: 'nvme', sectorBytes: 4096 })).toEqual([`nvme,drive=medium,serial=medium,${sectors(4096)}`]);
  expect(device({ bus: 'sata' })).toEqual(['ide-hd,drive=medium,bus=ide.0,serial=medium,bootindex=0']);
  expect(device({ bus: 'usb' })).toEqual(['qemu-xhci,id=usb', `usb-storage,bus=usb.0,drive=medium,${sectors(512)}`]);
});

test('kernel from outside, network boot, TPM, memory in nodes, a clock, other IOMMUs', () => {
  const kernel = { kernel: '/m/vmlinuz', initramfs: '/m/initrd.img', commandLine: 'root=live:CDLABEL=X a="b c"' };
  const medium = { file: bios.medium.file, entry: 1, kernelArguments: [] };
  expect(added({ medium: { kind: 'kernel', ...medium } }, { kernel })).toContain(`-append ${kernel.commandLine}`);
  expect(added({ medium: { kind: 'pxe', ...medium } }, { tftp: { directory: '/a,b', file: 'boot.ipxe' } })).toEqual([
    '-device ide-cd,drive=medium,bus=ide.0',
    '-netdev user,id=network0,restrict=on,tftp=/a,,b,bootfile=boot.ipxe',
    '-device virtio-net-pci,netdev=network0,bootindex=0',
  ]);
  expect(
    added({ tpm: true, numaNodes: 2, processors: 4, memoryMiB: 2047, clock: '2001-01-01T00:00:00' }),
  ).toMatchInlineSnapshot(`
    [
      "-smp 4,sockets=2,cores=2",
      "-m 2047",
      "-object memory-backend-ram,id=memory0,size=1023M",
      "-numa node,nodeid=0,memdev=memory0,cpus=0-1",
      "-object memory-backend-ram,id=memory1,size=1024M",
      "-numa node,nodeid=1,memdev=memory1,cpus=2-3",
      "-rtc base=2001-01-01T00:00:00",
      "-chardev socket,id=tpm,path=tpm",
      "-tpmdev emulator,id=tpm,chardev=tpm",
      "-device tpm-crb,tpmdev=tpm",
    ]
  `);
  expect(added({ iommu: 'amd', interruptRemapping: true })).toEqual(['-device amd-iommu,intremap=on']);
  expect(added({ iommu: 'virtio' })).toEqual(['-device virtio-iommu-pci']);
});

test('firmware that needs system management mode gets it, and guards its variables', () => {
  const firmware = { code: '/code.fd', variables: '/m/variables.fd', requiresSmm: true };
  const argv = added({ firmware: 'secure-boot' }, { firmware });
  expect(argv).toContain('-machine q35,kernel-irqchip=split,smm=on,pflash0=firmware-code,pflash1=firmware-variables');
  expect(argv).toContain('-global driver=cfi.pflash01,property=secure,value=on');
});

test('a machine that a person uses can reach out, be reached by SSH from this computer alone, and share a directory', () => {
  const plain = new Set(lines(qemuArguments(bios, 'tcg', files)));
  const added = (surroundings: NonNullable<Topology['surroundings']>, more: Partial<Topology> = {}) =>
    lines(qemuArguments({ ...bios, ...more, surroundings }, 'tcg', files)).filter((line) => !plain.has(line));
  expect(added({})).toEqual([]);
  expect(added({ network: true })).toEqual(['-netdev user,id=network0']);
  expect(added({ sshPort: 2222 })).toEqual(['-netdev user,id=network0,restrict=on,hostfwd=tcp:127.0.0.1:2222-:22']);
  // A second card stays without a way out.
  expect(added({ network: true, sshPort: 22 }, { network: [{ model: 'virtio' }, { model: 'virtio' }] })).toEqual([
    '-netdev user,id=network0,hostfwd=tcp:127.0.0.1:22-:22',
    '-netdev user,id=network1,restrict=on',
    '-device virtio-net-pci,netdev=network1,romfile=',
  ]);
  expect(added({ shared: '/srv/a,b' })).toEqual([
    '-fsdev local,id=share,security_model=none,multidevs=remap,path=/srv/a,,b',
    '-device virtio-9p-pci,fsdev=share,mount_tag=phyllome-share',
  ]);
});
