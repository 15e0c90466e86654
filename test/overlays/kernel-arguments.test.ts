import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { list } from '../../scripts/flavour/index.ts';
import { directories } from '../render/shipped.ts';
import { renderOwn } from './own-flavour.ts';

const bases = list('base', directories).map(({ name }) => name);
const own = ['kernelArguments: [{argument: isolcpus=2-3, reason: those are for guests}]'];

/** The text that the %post about kernel arguments writes. */
function commandLineFile(kickstart: string): string | undefined {
  const command = /^printf '%s\\n' (.*) > \/etc\/kernel\/cmdline$/m.exec(kickstart)?.[1];
  return command && execFileSync('sh', ['-c', `printf '%s\\n' ${command}`], { encoding: 'utf8' });
}

test.each(bases)('one model on %s: what the boot menu has, kernel-install finds', (base) => {
  const { kickstart, model } = renderOwn(['extends: headless', ...own], base);
  const append = model.commands.bootloader?.appendLine ?? '';
  expect(append.split(' ')).toEqual(expect.arrayContaining(['intel_iommu=on', 'iommu=pt', 'isolcpus=2-3']));
  expect(commandLineFile(kickstart)).toBe(`${append}\n`);
});

test.each(['grub', 'systemd-boot'])(
  'on a disk started by %s the installer writes both, from the same line',
  (loader) => {
    const lines = ['extends: headless', ...own, 'components: [disk]', `options: {disk: {loader: ${loader}}}`];
    const { kickstart, model } = renderOwn(lines, 'fedora-44', 'installer');
    expect(model.commands.bootloader?.appendLine).toContain('isolcpus=2-3');
    // A file without the disk's name in it would make the next kernel unable to boot.
    expect(commandLineFile(kickstart)).toBeUndefined();
  },
);

test.each(bases)('nothing on %s edits a boot loader’s files', (base) => {
  const { kickstart } = renderOwn(['extends: headless'], base);
  expect(kickstart).not.toMatch(/\/etc\/default\/grub|grubby|grub2-mkconfig|GRUB_CMDLINE/);
});
