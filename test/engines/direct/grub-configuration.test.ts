import { expect, test } from 'vitest';
import { grubConfiguration, quoteForGrub } from '../../../scripts/engines/direct/grub-configuration.ts';

test('arguments of the kickstart follow those that find the medium, each one a word', () => {
  const text = grubConfiguration({
    title: 'Phyllome OS x',
    volumeId: 'PHYLLOME_X',
    kernelArguments: ['iommu=pt', "odd='$x;y"],
  });
  expect(text).toContain(
    `linux /boot/vmlinuz root=live:CDLABEL=PHYLLOME_X rd.live.image rd.live.overlay.overlayfs=1 iommu=pt 'odd='\\''$x;y'\n`,
  );
});

test('nothing is special to GRUB inside quotes', () => {
  expect(quoteForGrub('a=b')).toBe('a=b');
  expect(quoteForGrub('$x "y" {}')).toBe(`'$x "y" {}'`);
});
