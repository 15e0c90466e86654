import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { judge, readDump } from '../../scripts/hardware/index.ts';
import { checkout } from '../render/shipped.ts';
import { fakeSysfs } from './fake-sysfs.ts';

const script = path.join(checkout, 'scripts/hardware/probe.sh');
const [MAC, SERIAL, UUID, HOST] = [
  '52:54:00:ab:cd:ef',
  'PF1SERIAL9',
  '0d3ec1f2-1111-4222-8333-444455556666',
  'adas-laptop',
];

/** A small laptop, with everything that must not be told lying about. */
function machine(): { readonly sys: string; readonly env: NodeJS.ProcessEnv } {
  const sys = fakeSysfs([
    {
      path: '0000:00:02.0',
      id: '8086:9bc5',
      class: '030000',
      driver: 'i915',
      group: 0,
      files: { boot_vga: '1', reset_method: 'flr pm' },
    },
    { path: '0000:00:1d.0', id: '8086:06b0', class: '060400', driver: 'pcieport', group: 1 },
    {
      path: '0000:00:1d.0/0000:02:00.0',
      id: '8086:15f3',
      class: '020000',
      driver: 'igc',
      group: 1,
      files: { reset_method: 'flr bus', sriov_totalvfs: '7', sriov_numvfs: '0', 'net/eth0/address': MAC },
    },
    {
      path: '0000:00:17.0',
      id: '8086:06d2',
      class: '010601',
      driver: 'ahci',
      group: 2,
      files: { 'ata1/block/sda/dev': '8:0' },
    },
  ]);
  const write = (name: string, text: string) => {
    mkdirSync(path.dirname(path.join(sys, name)), { recursive: true });
    writeFileSync(path.join(sys, name), text);
  };
  const link = (target: string, name: string) => {
    mkdirSync(path.dirname(path.join(sys, name)), { recursive: true });
    symlinkSync(path.join(sys, target), path.join(sys, name));
  };
  const dmi = {
    sys_vendor: 'LENOVO',
    product_name: '20AQCTO1WW',
    product_version: 'ThinkPad  T440s ',
    product_serial: SERIAL,
    product_uuid: UUID,
    chassis_type: '10',
  };
  for (const [key, value] of Object.entries(dmi)) write(`class/dmi/id/${key}`, `${value}\n`);
  write('class/power_supply/BAT0/serial_number', `${SERIAL}\n`);
  write('class/tpm/tpm0/tpm_version_major', '2\n');
  write('class/iommu/dmar0/name', '');
  write('firmware/acpi/tables/DMAR', '');
  writeFileSync(path.join(sys, 'secure'), '');
  mkdirSync(path.join(sys, 'firmware/efi/efivars'), { recursive: true });
  writeFileSync(
    path.join(sys, 'firmware/efi/efivars/SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c'),
    Buffer.from([6, 0, 0, 0, 1]),
  );
  const disk = 'devices/pci0000:00/0000:00:17.0/ata1/block/sda';
  link(disk, 'dev/block/8:1');
  link(disk, 'class/block/sda');
  write('devices/virtual/block/dm-0/dev', '253:0');
  link('devices/virtual/block/dm-0', 'dev/block/253:0');
  link(disk, 'devices/virtual/block/dm-0/slaves/sda');
  link('devices/pci0000:00/0000:00:1d.0/0000:02:00.0', 'devices/pci0000:00/0000:00:1d.0/0000:02:00.0/net/eth0/device');
  link('devices/pci0000:00/0000:00:1d.0/0000:02:00.0/net/eth0', 'class/net/eth0');
  write('devices/virtual/net/br0/brif/eth0', '');
  link('devices/virtual/net/br0', 'class/net/br0');
  write(
    'proc/cpuinfo',
    'processor\t: 0\nvendor_id\t: GenuineIntel\ncpu family\t: 6\nmodel\t\t: 165\nmodel name\t: Intel(R) Core(TM) i7-10700K\nflags\t\t: fpu lm vmx aes\nvmx flags\t: ept vpid tsc_offset\n\nprocessor\t: 1\n',
  );
  write('proc/meminfo', 'MemTotal:       16000000 kB\nSwapTotal: 0 kB\nHugePages_Total: 4\n');
  write(
    'proc/self/mountinfo',
    `22 1 253:0 / / rw - ext4 /dev/mapper/${HOST}-root rw\n23 22 0:5 / /proc rw - proc proc rw\n`,
  );
  write('proc/net/route', 'Iface\tDestination\tGateway\nbr0\t00000000\t0100000A\nbr0\t0000000A\t00000000\n');
  write('proc/interrupts', ' 24:  0  IR-PCI-MSI 0-edge eth0\n');
  write('proc/cmdline', `root=UUID=${UUID} intel_iommu=on ip=${HOST} quiet iommu=pt\n`);
  write('proc/sys/kernel/osrelease', '6.12.57+deb13-amd64\n');
  write('proc/sys/kernel/hostname', `${HOST}\n`);
  const real = 'devices/pci0000:00/0000:00:17.0/ata2/host1/block/sdb';
  const ofDisk = {
    size: '41943040\n',
    dev: '8:16\n',
    ro: '0\n',
    removable: '0\n',
    'queue/logical_block_size': '512\n',
    'queue/rotational': '1\n',
    'device/model': 'WDC WD10EZEX-00B \n',
    'device/serial': `${SERIAL}\n`,
    'sdb1/partition': '1\n',
    'sdb1/dev': '8:17\n',
    'sdb2/partition': '2\n',
    'sdb2/dev': '8:18\n',
  };
  for (const [name, text] of Object.entries(ofDisk)) write(`${real}/${name}`, text);
  link(real, 'block/sdb');
  write('devices/virtual/block/loop0/size', '8\n');
  link('devices/virtual/block/loop0', 'block/loop0');
  write('devices/pci0000:00/usb1/host6/block/sdc/size', '8\n');
  write('devices/pci0000:00/usb1/host6/block/sdc/queue/logical_block_size', '4096\n');
  link('devices/pci0000:00/usb1/host6/block/sdc', 'block/sdc');
  write(
    'udev/b8:16',
    `S:disk/by-path/pci-0000:00:17.0-ata-2\nS:disk/by-id/ata-WDC_${SERIAL}\nE:ID_SERIAL=${SERIAL}\nE:ID_PART_TABLE_TYPE=gpt\nE:ID_PART_TABLE_UUID=${UUID}\n`,
  );
  write('udev/b8:17', `E:ID_FS_TYPE=vfat\nE:ID_FS_LABEL=${HOST}\nE:ID_FS_UUID=${UUID}\n`);
  write(
    'bin/dmesg',
    `#!/bin/sh\necho "[    0.1] igc 0000:02:00.0: MAC: ${MAC}"\necho "[    0.2] DMAR: Host address width 39 of ${MAC} ${UUID}"\necho "[    0.3] x86/cpu: VMX (outside TXT) disabled by BIOS"\n`,
  );
  write('bin/modinfo', '#!/bin/sh\n[ "$*" != "-F firmware i915" ] || echo i915/tgl_dmc.bin\n');
  write('module/i915/initstate', 'live\n');
  link('module/i915', 'bus/pci/drivers/i915/module');
  spawnSync('chmod', ['+x', path.join(sys, 'bin/dmesg'), path.join(sys, 'bin/modinfo')]);
  return {
    sys,
    env: {
      PATH: `${path.join(sys, 'bin')}:${process.env.PATH}`,
      PHYLLOME_SYS: sys,
      PHYLLOME_PROC: path.join(sys, 'proc'),
      PHYLLOME_DEV: sys,
      PHYLLOME_UDEV: path.join(sys, 'udev'),
    },
  };
}

const probe = (env: NodeJS.ProcessEnv, ...args: string[]) =>
  spawnSync('sh', [script, ...args], { env, encoding: 'utf8' });

test('a machine is described, and the description can be judged', () => {
  const { status, stdout, stderr } = probe(machine().env);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const { dump, diagnostics } = readDump('probe', stdout);
  expect(diagnostics).toEqual([]);
  expect(dump).toMatchObject({
    computer: { vendor: 'LENOVO', product: '20AQCTO1WW', version: 'ThinkPad  T440s', battery: 'yes', chassis: '10' },
    firmware: { uefi: 'yes', 'secure-boot': 'on', tpm: '2' },
    processor: {
      vendor: 'GenuineIntel',
      flags: 'lm vmx aes',
      'vmx-flags': 'ept vpid',
      threads: '2',
      'kvm-device': 'no',
    },
    memory: { 'total-mib': '15625', 'huge-pages': '4' },
    iommu: { units: 'dmar0', 'table-DMAR': 'yes', 'table-IVRS': 'no', groups: '3', 'interrupt-remapping': 'yes' },
    kernel: { release: '6.12.57+deb13-amd64', arguments: 'intel_iommu=on iommu=pt' },
    unseen: [],
  });
  expect(dump?.functions).toEqual([
    expect.objectContaining({
      address: '0000:00:02.0',
      id: '8086:9bc5',
      driver: 'i915',
      group: 0,
      isBootScreen: true,
      wantsFirmware: true,
      reset: ['flr', 'pm'],
    }),
    expect.objectContaining({ address: '0000:00:17.0', uses: ['system-disk'], wantsFirmware: false }),
    expect.objectContaining({ address: '0000:00:1d.0', class: '060400' }),
    expect.objectContaining({
      address: '0000:02:00.0',
      behind: '0000:00:1d.0',
      uses: ['network'],
      virtualFunctions: 7,
    }),
  ]);
  expect(dump && judge(dump).host.processor).toBe('off-in-firmware');
  expect(dump?.disks).toEqual([
    {
      name: 'sdb',
      sizeBytes: 20 * 1024 ** 3,
      sectorBytes: 512,
      bus: 'sata',
      model: 'WDC WD10EZEX-00B',
      isRotational: true,
      isRemovable: false,
      isReadOnly: false,
      table: 'gpt',
      holds: ['vfat', 'part'],
      paths: ['disk/by-path/pci-0000:00:17.0-ata-2'],
    },
    // Nothing of it could be seen: it is not taken for empty.
    expect.objectContaining({ name: 'sdc', sizeBytes: 4096, sectorBytes: 4096, bus: 'usb', holds: ['part'] }),
  ]);
});

test('nothing tells whose machine it is', () => {
  const { env } = machine();
  const { stdout } = probe(env);
  expect(stdout).toContain('disabled by BIOS');
  expect(stdout).toContain('DMAR: Host address width 39 of (cut out) (cut out)');
  for (const secret of [MAC, SERIAL, UUID, HOST, 'eth0', 'br0']) expect(stdout).not.toContain(secret);
});

test('without the kernel messages it says what root would add', () => {
  const { sys, env } = machine();
  writeFileSync(path.join(sys, 'bin/dmesg'), '#!/bin/sh\nexit 1\n');
  writeFileSync(path.join(sys, 'bin/journalctl'), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
  const { dump } = readDump('probe', probe(env).stdout);
  expect(dump).toMatchObject({ messages: [], unseen: ['kernel-messages'] });
});

test('it writes a file when one is named, and explains itself', () => {
  const { sys, env } = machine();
  const file = path.join(sys, 'dump.txt');
  expect(probe(env, file).stdout).toBe('');
  expect(readFileSync(file, 'utf8')).toMatch(/^phyllome hardware dump 1\n/);
  expect(probe(env, '--help')).toMatchObject({ status: 2, stdout: expect.stringContaining('prints the description') });
});
