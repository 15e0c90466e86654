import { expect, test } from 'vitest';
import { readPosted as read } from './posted.ts';

/** `pvesh get /nodes/NODE/hardware/pci --pci-class-blacklist ""` as people paste it. */
const rows = (text: string) =>
  read(text).functions.map((one) => `${one.address} ${one.class} ${one.id} ${one.group ?? '-'}`);
const wanted = [
  '0000:00:02.0 030000 8086:4680 0',
  '0000:01:00.0 030000 10de:2484 2',
  '0000:01:00.1 040300 10de:228b 2',
];

test.each([
  [
    'in a box, behind a prompt',
    `root@pve:~# pvesh get /nodes/pve/hardware/pci --pci-class-blacklist ""
┌──────────┬────────┬──────────────┬────────────┬────────┬───────────────┬──────┐
│ class    │ device │ id           │ iommugroup │ vendor │ device_name   │ mdev │
╞══════════╪════════╪══════════════╪════════════╪════════╪═══════════════╪══════╡
│ 0x030000 │ 0x4680 │ 0000:00:02.0 │          0 │ 0x8086 │ Example [A/B] │      │
├──────────┼────────┼──────────────┼────────────┼────────┼───────────────┼──────┤
│ 0x030000 │ 0x2484 │ 0000:01:00.0 │          2 │ 0x10de │ Example card  │      │
├──────────┼────────┼──────────────┼────────────┼────────┼───────────────┼──────┤
│ 0x040300 │ 0x228b │ 0000:01:00.1 │          2 │ 0x10de │ Example audio │      │
└──────────┴────────┴──────────────┴────────────┴────────┴───────────────┴──────┘`,
  ],
  [
    'as Markdown, with its columns in another order',
    `| id | class | iommugroup | vendor | device |
| --- | --- | --- | --- | --- |
| 0000:00:02.0 | 0x030000 | 0 | 0x8086 | 0x4680 |
| 0000:01:00.0 | 0x030000 | 2 | 0x10de | 0x2484 |
| 0000:01:00.1 | 0x040300 | 2 | 0x10de | 0x228b |`,
  ],
])('the table of Proxmox VE %s', (_, text) => {
  expect(rows(text)).toEqual(wanted);
});

test('of a host whose IOMMU is off, no device is in a group', () => {
  const text = `│ class    │ device │ id           │ iommugroup │ vendor │
│ 0x030000 │ 0x21c4 │ 0000:01:00.0 │         -1 │ 0x10de │`;
  expect(rows(text)).toEqual(['0000:01:00.0 030000 10de:21c4 -']);
  expect(read(text).unknown).toContain('groups');
});

test('a table of something else, and a listing beside one, stay what they are', () => {
  const text = `| a | b |
01:00.0 VGA compatible controller [0300]: Example [10de:21c4]`;
  expect(rows(text)).toEqual(['0000:01:00.0 030000 10de:21c4 -']);
});
