import { expect, test } from 'vitest';
import { quoteForGrub } from '../../../scripts/boot-menu/index.ts';
import { grubConfiguration, loopbackConfiguration } from '../../../scripts/engines/direct/grub-configuration.ts';

test('arguments of the kickstart follow those that find the medium, each one a word', () => {
  const text = grubConfiguration(
    { title: 'Phyllome OS x', kernelArguments: ['iommu=pt', "odd='$x;y"] },
    { volumeId: 'PHYLLOME_X', imageMiB: '300', neededMiB: '1324' },
  );
  expect(text).toContain(
    `linux /boot/vmlinuz $medium_file root=live:CDLABEL=PHYLLOME_X rd.live.image rd.live.overlay.overlayfs=1 iommu=pt 'odd='\\''$x;y'\n`,
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

test('another GRUB that starts the ISO out of a file says where, and both entries pass it on', () => {
  const text = grubConfiguration({ title: 'Phyllome OS x', kernelArguments: [] });
  const entries = text.split('menuentry ').slice(1);
  expect(entries.map((entry) => entry.includes(' $medium_file root=live:CDLABEL='))).toEqual([
    true,
    true,
    false,
    false,
  ]);
  expect(text.indexOf('set medium_file="iso-scan/filename=$iso_path"')).toBeLessThan(text.indexOf('menuentry'));
  expect(text).toMatch(/^set medium_file=\nif \[ -n "\$iso_path" \]; then$/m);
  // A path with a blank would be two arguments of the kernel.
  expect(text).toMatch(/regexp " " "\$iso_path"; then\n {4}echo "The path of this ISO file has a blank/);
  expect(loopbackConfiguration).toBe('source /boot/grub/grub.cfg\n');
});

test('an installer installs first, waits longer, and offers to try what it installs', () => {
  const text = grubConfiguration({ title: 'Phyllome OS x', kernelArguments: ['iommu=pt'], installs: true });
  const entries = text.split('menuentry ').slice(1);
  expect(entries.map((entry) => /^'([^']*)'/.exec(entry)?.[1])).toEqual([
    'Install Phyllome OS x',
    'Try Phyllome OS x',
    'Try Phyllome OS x, copied to memory (from @phyllome-needed-mib@ MiB on; the medium can be removed)',
    'Install Phyllome OS x, copied by file',
    'Try Phyllome OS x, copied by file',
    'Firmware settings',
  ]);
  for (const index of [0, 3]) {
    expect(entries[index]).toContain(' iommu=pt phyllome.install systemd.unit=phyllome-installer.target\n');
    expect(entries[index]).toContain('initrd /boot/initrd.img /boot/installer.img\n');
  }
  for (const index of [1, 2, 4]) expect(entries[index]).not.toMatch(/phyllome\.install|installer\.img/);
  expect(text).toMatch(/^set timeout=5\nset default=0\n[\s\S]*^ {4}set default=3\n {2}fi\nfi$/m);
  expect(grubConfiguration({ title: 'x', kernelArguments: [], installs: true, timeout: 9 })).toMatch(
    /^set timeout=9\n/,
  );
});

test('nothing is special to GRUB inside quotes', () => {
  expect(quoteForGrub('a=b')).toBe('a=b');
  expect(quoteForGrub('$x "y" {}')).toBe(`'$x "y" {}'`);
});
