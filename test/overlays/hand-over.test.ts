import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { type FakeDevice, fakeSysfs } from '../hardware/fake-sysfs.ts';
import { checkout } from '../render/shipped.ts';

const program = path.join(checkout, 'overlays/vfio/rootfs/usr/libexec/phyllome-hand-over');

/** Two equal network cards behind bridges, a graphics card with sound, and the ports that they hang on. */
const machine: readonly FakeDevice[] = [
  { path: '0000:00:01.0', id: '8086:460d', class: '060400', driver: 'pcieport' },
  { path: '0000:00:01.0/0000:01:00.0', id: '10de:2684', class: '030000' },
  { path: '0000:00:01.0/0000:01:00.1', id: '10de:22ba', class: '040300' },
  { path: '0000:00:1c.0', id: '8086:7ab8', class: '060400', driver: 'pcieport' },
  { path: '0000:00:1c.0/0000:02:00.0', id: '8086:15f3', class: '020000' },
  { path: '0000:00:1c.4', id: '8086:7abc', class: '060400', driver: 'pcieport' },
  { path: '0000:00:1c.4/0000:03:00.0', id: '8086:15f3', class: '020000', driver: 'igc' },
];

function handOver(lines: string, options: { readonly check?: boolean; readonly devices?: readonly FakeDevice[] } = {}) {
  const sys = fakeSysfs(options.devices ?? machine);
  const bin = path.join(sys, 'bin');
  mkdirSync(bin);
  // What the kernel does when vfio-pci comes: it takes the devices without a driver that are kept for it.
  const modprobe = `#!/bin/sh
[ "$*" = "-q vfio-pci" ] || exit 1
mkdir -p "$PHYLLOME_SYS/bus/pci/drivers/vfio-pci"
for device in "$PHYLLOME_SYS"/bus/pci/devices/*; do
  read -r override < "$device/driver_override"
  [ "$override" != vfio-pci ] || [ -e "$device/driver" ] || ln -s "$PHYLLOME_SYS/bus/pci/drivers/vfio-pci" "$device/driver"
done
`;
  writeFileSync(path.join(bin, 'modprobe'), modprobe, { mode: 0o755 });
  const list = path.join(sys, 'hand-over');
  const log = path.join(sys, 'log');
  writeFileSync(list, lines);
  writeFileSync(log, '');
  const env = {
    PATH: `${bin}:${process.env.PATH}`,
    PHYLLOME_SYS: sys,
    PHYLLOME_HAND_OVER: list,
    PHYLLOME_LOG: log,
    PHYLLOME_LIBRARY: path.join(checkout, 'overlays/graphics-cards/rootfs/usr/lib/phyllome'),
  };
  // `sh` is what the initramfs has.
  const { status, stdout } = spawnSync('sh', [program, ...(options.check ? ['--check'] : [])], {
    env,
    encoding: 'utf8',
  });
  const read = (file: string) => readFileSync(path.join(sys, file), 'utf8').trim();
  const claimed = (options.devices ?? machine)
    .map((device) => path.basename(device.path))
    .filter((address) => read(`bus/pci/devices/${address}/driver_override`) === 'vfio-pci');
  return { status, stdout, log: readFileSync(log, 'utf8'), claimed, read };
}

describe('what is claimed', () => {
  test.each([
    ['an address', '0000:01:00.1', ['0000:01:00.1']],
    ['a slot: the card with its sound', '0000:01:00.*', ['0000:01:00.0', '0000:01:00.1']],
    ['the way behind a bridge', '0000:00:1c.4/00.0', ['0000:03:00.0']],
    ['a slot behind a bridge', '0000:00:01.0/00.*', ['0000:01:00.0', '0000:01:00.1']],
    ['an id: each card that has it', '8086:15f3', ['0000:02:00.0', '0000:03:00.0']],
    ['an address with the right id', '0000:01:00.*=10de:2684', ['0000:01:00.0', '0000:01:00.1']],
    ['an address with the right class', '0000:01:00.*=class:03', ['0000:01:00.0', '0000:01:00.1']],
    ['several lines, with remarks', '# both\n0000:02:00.0\n\n0000:01:00.0\n', ['0000:01:00.0', '0000:02:00.0']],
  ])('%s', (_, lines, expected) => {
    const { claimed, status, log } = handOver(`${lines}\n`);
    expect(claimed).toEqual(expected);
    expect(status).toBe(0);
    expect(log.match(/<6>phyllome-hand-over: \S+ \(\S+\) is with vfio-pci/g) ?? []).toHaveLength(
      expected.length - (expected.includes('0000:03:00.0') ? 1 : 0),
    );
  });

  test('bus numbers that moved do not matter to the way behind a bridge', () => {
    const moved = machine.map((device) => ({ ...device, path: device.path.replace('/0000:03:', '/0000:09:') }));
    expect(handOver('0000:00:1c.4/00.0\n', { devices: moved }).claimed).toEqual(['0000:09:00.0']);
  });

  test('a driver that was there first has to let go', () => {
    const { read } = handOver('0000:03:00.0\n');
    expect(read('bus/pci/drivers/igc/unbind')).toBe('0000:03:00.0');
  });
});

describe('what is left alone', () => {
  test.each([
    ['another card in the slot', '0000:01:00.*=10de:1111', 'is 10de:2684 of class 030000, not 10de:1111: left alone'],
    ['another class', '0000:02:00.0=class:03', 'is 8086:15f3 of class 020000, not class:03: left alone'],
    ['an empty slot', '0000:07:00.*', 'there is no such device'],
    ['an id that is not there', '1002:73bf', 'there is no such device'],
  ])('%s, with a warning', (_, line, message) => {
    const { claimed, log, status } = handOver(`${line}\n`);
    expect(claimed).toEqual([]);
    expect(log).toContain('<4>phyllome-hand-over: ');
    expect(log).toContain(message);
    expect(status).toBe(0);
  });

  test('a bridge: what is behind it needs it', () => {
    expect(handOver('0000:00:01.0\n').claimed).toEqual([]);
  });
});

describe('--check changes nothing and tells', () => {
  const bound = machine.map((device) => (device.id.startsWith('10de') ? { ...device, driver: 'vfio-pci' } : device));

  test('that all is well', () => {
    const { status, stdout, claimed } = handOver('0000:01:00.*\n', { check: true, devices: bound });
    expect(stdout).toBe('0000:01:00.0 (10de:2684): vfio-pci\n0000:01:00.1 (10de:22ba): vfio-pci\n');
    expect({ status, claimed }).toEqual({ status: 0, claimed: [] });
  });

  test('who has a device instead', () => {
    const { status, stdout, claimed } = handOver('8086:15f3\n', { check: true, devices: bound });
    expect(stdout).toBe(
      '0000:02:00.0 (8086:15f3): no driver instead of vfio-pci\n0000:03:00.0 (8086:15f3): igc instead of vfio-pci\n',
    );
    expect({ status, claimed }).toEqual({ status: 1, claimed: [] });
  });
});
