import { expect, test } from 'vitest';
import { readDump } from '../../scripts/hardware/index.ts';
import { computerOf, explainAnswers } from '../../scripts/installation/index.ts';

const probed = `phyllome hardware dump 1
[firmware]
uefi = yes
tpm = 2
[memory]
total-mib = 7900
[disks]
nvme0n1 bytes=512110190592 sector=512 bus=nvme paths=disk/by-path/pci-0000:02:00.0-nvme-1 model=Samsung_SSD_980
sda bytes=1000204886016 sector=512 bus=sata rotational table=gpt holds=vfat,ntfs,part model=WDC_WD10EZEX
sdb bytes=8000000000 sector=512 bus=usb removable unknown-content
`;

function explain(...lines: readonly string[]) {
  const { dump } = readDump('probe', probed);
  const computer = dump && computerOf(dump);
  if (computer === undefined) throw new Error('no computer');
  return explainAnswers(`${lines.join('\n')}\n`, 'answers.ks', computer);
}

test('which disk is taken is told, and of each other one why not', () => {
  expect(explain('autopart')).toEqual({
    findings: [],
    lines: [
      'taken, and wiped: nvme0n1: 476.9 GiB, nvme, "Samsung SSD 980"; holds nothing known',
      'left alone: sda: 931.5 GiB, sata, turning, "WDC WD10EZEX"; holds a GPT table with vfat, ntfs, something unknown\n    it is not empty, and no clearpart --all says that it may be wiped',
      'left alone: sdb: 7.5 GiB, usb; holds something unknown\n    it is not empty, and no clearpart --all says that it may be wiped',
    ],
  });
  expect(explain('clearpart --all', 'ignoredisk --only-use=disk/by-path/pci-0000:02*', 'autopart').lines[0]).toMatch(
    /^taken.*nvme0n1/,
  );
});

test('where more than one could be meant, none is taken', () => {
  const { lines, findings } = explain('clearpart --all', 'autopart');
  expect(lines.map((line) => line.slice(0, 19))).toEqual([
    'could be taken: nvm',
    'could be taken: sda',
    'could be taken: sdb',
  ]);
  expect(findings.map(({ message }) => message)).toEqual([
    '3 disks could be taken: nvme0n1 (476.9 GiB), sda (931.5 GiB), sdb (7.5 GiB)',
  ]);
});

test('a description without disks is none for this', () => {
  const { dump } = readDump('probe', probed.replace(/\[disks\][\s\S]*/, ''));
  expect(dump && computerOf(dump)).toBeUndefined();
});
