import { expect, test } from 'vitest';
import { aboutDisks, causes } from '../../scripts/installation/causes.ts';

const disks = { targets: ['vda', 'nvme0n1'], medium: 'sdb' };

// Linux 6.12.
test.each([
  [
    'I/O error, dev vda, sector 1050624 op 0x1:(WRITE) flags 0x104000 phys_seg 8 prio class 2',
    /The disk vda does not take/,
  ],
  ['Buffer I/O error on dev nvme0n1p3, logical block 7, lost async page write', /The disk nvme0n1 does not take/],
  ['critical space allocation error, dev vda, sector 8 op 0x1:(WRITE)', /What is behind the disk vda has no space/],
  ['critical medium error, dev sr0, sector 64 op 0x0:(READ)', /The medium cannot be read any more/],
  ['device offline error, dev sdb, sector 64 op 0x0:(READ)', /The medium cannot be read any more/],
  ['I/O error, dev loop0, sector 64 op 0x0:(READ)', /The medium cannot be read any more/],
])('%s', (line, expected) => {
  expect(causes('cp: Input/output error', [line], disks)).toEqual([expect.stringMatching(expected)]);
  expect(aboutDisks([line])).toEqual([line]);
});

test('errors of other disks and of other things are no cause', () => {
  const errors = ['I/O error, dev vdaa, sector 8', 'I/O error, dev sda, sector 8', 'ACPI Error: no _PTS'];
  expect(causes('cp: Input/output error', errors, disks)).toEqual([]);
  expect(aboutDisks(errors)).toHaveLength(2);
});

test('a full file system is told where no disk is to blame', () => {
  const words = "cp: cannot create directory 'x': No space left on device";
  expect(causes(words, [], disks)).toEqual([expect.stringContaining('A file system is full')]);
  expect(causes(words, ['critical space allocation error, dev vda, sector 8'], disks)).toEqual([
    expect.stringContaining('thin provisioning'),
  ]);
});

test('a file of the medium that cannot be read tells it where the kernel is not heard', () => {
  const words = "cp: error reading '/run/rootfsbase/./usr/bin/x': Input/output error";
  expect(causes(words, [], disks)).toEqual([expect.stringContaining('The medium cannot be read')]);
  expect(causes("cp: error writing '/mnt/sysimage/x': Input/output error", [], disks)).toEqual([]);
});
