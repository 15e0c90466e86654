import { expect, test } from 'vitest';
import { quoteForGrub } from '../../../scripts/boot-menu/index.ts';
import { grubConfiguration } from '../../../scripts/engines/direct/grub-configuration.ts';

test('arguments of the kickstart follow those that find the medium, each one a word', () => {
  const text = grubConfiguration(
    { title: 'Phyllome OS x', kernelArguments: ['iommu=pt', "odd='$x;y"] },
    { volumeId: 'PHYLLOME_X', imageMiB: '300', neededMiB: '1324' },
  );
  expect(text).toContain(
    `linux /boot/vmlinuz root=live:CDLABEL=PHYLLOME_X rd.live.image rd.live.overlay.overlayfs=1 iommu=pt 'odd='\\''$x;y'\n`,
  );
  expect(text).toContain("menuentry 'Phyllome OS x, copied to memory (from 1324 MiB on; the medium can be removed)'");
  expect(text).toContain(" 'odd='\\''$x;y' phyllome.copy=300\n");
});

test('a copy of the files on FAT, where the label is lost, is found by its number, and only there', () => {
  const text = grubConfiguration({ title: 'Phyllome OS x', kernelArguments: ['iommu=pt'] });
  const entries = text.split('menuentry ').slice(1);
  expect(entries[2]).toMatch(
    /^'Phyllome OS x, copied by file' \{\n {2}linux \/boot\/vmlinuz root=live:UUID=\$number rd\.live\.image .*iommu=pt\n/,
  );
  expect(text.indexOf('"$medium" = fat')).toBeGreaterThan(text.indexOf(entries[1] ?? '-'));
  expect(text).toMatch(/^set default=0\n[\s\S]*^ {4}set default=2\n {2}fi\nfi$/m);
});

test('nothing is special to GRUB inside quotes', () => {
  expect(quoteForGrub('a=b')).toBe('a=b');
  expect(quoteForGrub('$x "y" {}')).toBe(`'$x "y" {}'`);
});
