import { expect, test } from 'vitest';
import { headlessWith } from './headless-with.ts';

const conf = '/etc/dracut.conf.d/50-phyllome-encryption.conf';

test('an initramfs on Debian has what unlocks a disk, by name, and the programs that dracut asks for', () => {
  const { files, packages } = headlessWith({ components: ['encryption'] });
  const content = files.find(({ path }) => path === conf)?.content;
  expect(content).toEqual({
    text: expect.stringMatching(/^add_dracutmodules\+=" crypt systemd-cryptsetup tpm2-tss "$/m),
  });
  // Without `tpm2` dracut leaves the module out.
  const names = packages.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['systemd-cryptsetup', 'cryptsetup-bin', 'tpm2-tools']));
});

test('Anaconda decides on Fedora what the initramfs of its disk has', () => {
  const { files } = headlessWith({ components: ['encryption'] }, 'fedora-44');
  expect(files.map(({ path }) => path)).not.toContain(conf);
});

test('logical volumes bring no daemon that runs before something asks for it', () => {
  for (const base of ['debian-13', 'fedora-44']) {
    const { units, packages } = headlessWith({ components: ['lvm'] }, base);
    expect(packages.map(({ name }) => name)).toContain('lvm2');
    const own = units.filter(({ by }) => by === 'lvm').map(({ name, preset }) => `${preset} ${name}`);
    expect(own.sort()).toEqual([
      'disable blk-availability.service',
      'enable dm-event.socket',
      'enable lvm2-lvmpolld.socket',
      'enable lvm2-monitor.service',
    ]);
  }
});
