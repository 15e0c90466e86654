import { expect, test } from 'vitest';
import { firstKernelLine } from '../../../scripts/lab/machine/disk-files.ts';

test('the kernel line of a boot menu is its first entry, without GRUB’s quotes', () => {
  const menu = [
    'set timeout=3',
    "menuentry 'Phyllome OS' {",
    "  linux /boot/vmlinuz root=live:CDLABEL=X rd.live.image 'a=b c' 'it='\\''s'",
    '  initrd /boot/initrd.img',
    '}',
    'menuentry second {',
    '  linux /boot/vmlinuz other',
    '}',
  ].join('\n');
  expect(firstKernelLine(menu)).toBe(`root=live:CDLABEL=X rd.live.image "a=b c" it='s`);
  expect(firstKernelLine('set timeout=3\n')).toBeUndefined();
});
