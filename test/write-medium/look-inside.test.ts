import { expect, test } from 'vitest';
import { foundBy } from '../../scripts/write-medium/look-inside.ts';

test.each([
  [
    'a file system',
    'DEVNAME=/dev/loop0\nLABEL=my\\ files\nUUID=359f\nTYPE=ext4\nUSAGE=filesystem\n',
    0,
    'ext4',
    '',
    'my files',
  ],
  ['a partition table', 'DEVNAME=/dev/sda\nPTUUID=1\nPTTYPE=gpt\n', 0, '', 'gpt', 'noted'],
  ['a named partition', 'TYPE=vfat\nPART_ENTRY_NAME=EFI\\ system\n', 0, 'vfat', '', 'EFI system'],
  ['nothing', '', 2, '', '', 'noted'],
  ['marks of several systems', '', 8, 'marks of several systems', '', ''],
])('%s is what blkid tells', (_, stdout, exitCode, content, table, label) => {
  expect(foundBy(stdout, exitCode, { label: 'noted' })).toEqual({ content, table, label });
});
