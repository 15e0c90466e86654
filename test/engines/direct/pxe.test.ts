import { expect, test } from 'vitest';
import { ipxeScript } from '../../../scripts/engines/direct/pxe-stage.ts';
import { planOf, stepsOf } from './fixtures.ts';

test('the script fetches what is beside it, and puts the root file system where the kernel is told to find it', () => {
  expect(ipxeScript('Phyllome OS nano', ['console=ttyS0,115200', 'a="b c"', "d='e"]).split('\n')).toEqual([
    '#!ipxe',
    '# Phyllome OS nano: offer this directory by HTTP or TFTP, and let iPXE chain this file.',
    `kernel vmlinuz initrd=initrd.magic root=live:/root.img rd.live.image rd.live.overlay.overlayfs=1 console=ttyS0,115200 'a="b c"' 'd='\\''e'`,
    'initrd initrd.img',
    'initrd root.squashfs /root.img',
    'boot',
    '',
  ]);
});

test('kernel arguments of the kickstart are in it, and every file that it names is made and summed', () => {
  const steps = stepsOf(planOf(['bootloader --append="iommu=pt"'], ['pxe']), 'pxe');
  const script = steps.find(({ id }) => id === 'script')?.stdin ?? '';
  expect(script).toMatch(/^kernel vmlinuz .* iommu=pt$/m);
  const named = [...script.matchAll(/^(?:kernel|initrd) (\S+)/gm)].map(([, name]) => name);
  const summed = steps.find(({ id }) => id === 'facts')?.argv ?? [];
  expect(summed).toEqual(expect.arrayContaining([...named, 'boot.ipxe']));
});

test('a live ISO beside it shares the root file system', () => {
  const stages = planOf([], ['live-iso', 'pxe']).stages.map(({ id }) => id);
  expect(stages.slice(-3)).toEqual(['squashfs', 'live-iso', 'pxe']);
});
