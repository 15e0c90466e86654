import { expect, test } from 'vitest';
import { hardwareFor } from '../../scripts/test-run/hardware.ts';

const image = '/out/nano/nano.iso';

test('what is not wanted is as on the default machine', () => {
  expect(hardwareFor({}, image, 'tcg')).toMatchObject({
    name: 'default',
    firmware: 'bios',
    memoryMiB: 2048,
    medium: { kind: 'cdrom', file: image },
  });
});

test('firmware and memory take the place of the topology’s own', () => {
  const topology = { topology: 'big', summary: 'x', memoryMiB: 8192, firmware: 'uefi', processors: 8 } as const;
  expect(hardwareFor({ topology }, image, 'tcg')).toMatchObject({ name: 'big', memoryMiB: 8192, firmware: 'uefi' });
  expect(hardwareFor({ topology, firmware: 'secure-boot', memoryMiB: 1024 }, image, 'tcg')).toMatchObject({
    name: 'big',
    processors: 8,
    memoryMiB: 1024,
    firmware: 'secure-boot',
  });
});

test('exactly a machine is that machine with another image; the processor of another computer is known to KVM only', () => {
  const exactly = hardwareFor({ memoryMiB: 777 }, '/elsewhere/old.iso', 'kvm');
  expect(exactly.cpu).toBe('host');
  expect(hardwareFor({ exactly }, image, 'kvm')).toEqual({ ...exactly, medium: { ...exactly.medium, file: image } });
  expect(hardwareFor({ exactly }, image, 'tcg').cpu).toBe(hardwareFor({}, image, 'tcg').cpu);
  const other = { ...exactly, cpu: 'EPYC-Rome,-svm' };
  expect(hardwareFor({ exactly: other }, image, 'tcg').cpu).toBe('EPYC-Rome,-svm');
});

test('a disk that holds the image holds the other image, too', () => {
  const topology = {
    topology: 'two',
    summary: 'x',
    boot: { from: 'disk', sizeMiB: 9000 },
    disks: [
      { bus: 'virtio', sizeMiB: 9000, holds: 'the-image' },
      { bus: 'virtio', sizeMiB: 64, holds: '/other.raw' },
      { bus: 'virtio', sizeMiB: 64 },
    ],
  } as const;
  const held = (one: ReturnType<typeof hardwareFor>) => one.disks.map(({ holds }) => holds);
  const machine = hardwareFor({ topology }, '/out/nano.qcow2', 'tcg');
  expect(machine.medium).toMatchObject({ kind: 'disk', sizeMiB: 9000 });
  expect(held(machine)).toEqual(['/out/nano.qcow2', '/other.raw', undefined]);
  expect(held(hardwareFor({ exactly: machine }, '/else/nano.qcow2', 'tcg'))).toEqual([
    '/else/nano.qcow2',
    '/other.raw',
    undefined,
  ]);
});
