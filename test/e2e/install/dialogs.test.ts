import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dialogLanguages } from '../../../scripts/installation/dialogs/words/catalogues.ts';
import { phyllome } from '../image/phyllome.ts';
import { temporaryDirectory } from '../lab/environment.ts';
import { LocalTerminal } from '../local-terminal.ts';
import { imageToInstall } from './image-to-install.ts';
import { installerCommand, mediumTree } from './medium-tree.ts';
import { Whiptail } from './whiptail.ts';

// The medium's own programs, without a machine: QuickJS, whiptail and the rest as they are on it, and disks that are told of.

const flavour = 'installer-headless';
let directory = '';
let root = '';

beforeAll(async () => {
  const { exitCode, stderr } = await phyllome(['build', flavour]);
  if (exitCode !== 0) throw new Error(stderr);
  directory = await temporaryDirectory();
  root = await mediumTree(imageToInstall(flavour).iso, directory);
});
afterAll(() => rm(directory, { recursive: true }));

const gibibyte = 1024 ** 3;
const computer = {
  liveSource: '/dev/sdb1\n',
  dump: readFileSync(new URL('../../hardware/dumps/desktop-amd-two-cards.txt', import.meta.url), 'utf8'),
  lsblk: JSON.stringify({
    blockdevices: [
      {
        ...{ name: 'nvme0n1', type: 'disk', size: 931 * gibibyte, tran: 'nvme', pttype: 'gpt' },
        ...{ model: 'Samsung SSD 980 PRO with Heatsink 1TB', serial: 'S5GXNF0R123456' },
        children: [
          { name: 'nvme0n1p1', type: 'part', size: gibibyte, fstype: 'vfat', label: 'SYSTEM', mountpoints: [null] },
          {
            name: 'nvme0n1p2',
            type: 'part',
            size: 930 * gibibyte,
            fstype: 'ntfs',
            label: 'Windows',
            mountpoints: [null],
          },
        ],
      },
      { name: 'sda', type: 'disk', size: 3726 * gibibyte, tran: 'sata', model: 'WDC WD40EFRX', rota: true },
      {
        ...{ name: 'sdb', type: 'disk', size: 29 * gibibyte, tran: 'usb', model: 'Ultra Fit' },
        children: [
          { name: 'sdb1', type: 'part', size: gibibyte, fstype: 'iso9660', mountpoints: ['/run/initramfs/live'] },
        ],
      },
    ],
  }),
};

const open = async (run: string): Promise<LocalTerminal> =>
  new LocalTerminal(await installerCommand(root, computer, path.join(directory, run), '--attended'));

/** What begins with these words: lines are broken where they like. */
const begins = (text: string): RegExp =>
  new RegExp(
    text
      .split('\n')[0]
      ?.slice(0, 22)
      .replace(/[.*+?^${}()|[\]\\]/g, '\\$&') ?? '',
  );

test.each(dialogLanguages)(
  'in $name every question fits on 80 by 24, up to the disk’s name',
  async ({ name, words }) => {
    const terminal = await open(name);
    try {
      const dialog = new Whiptail(terminal);
      const choose = (question: string, item: RegExp) => dialog.choose(begins(question), item);
      const type = (question: string, text: string) => dialog.type(begins(question), text);
      await dialog.choose(/Sprache/, begins(name));
      await choose(words.keyboard.text, /US/);
      const disks = await dialog.shows(begins(words.disk.text));
      for (const fact of [/nvme0n1 93\d\.\d GiB nvme Samsung .*S5GXNF0R123456 /, /sda .*TiB sata WDC/]) {
        expect(disks).toMatch(fact);
      }
      for (const said of ['vfat "SYSTEM"', 'ntfs', words.content.otherData, words.disk.isMedium]) {
        expect(disks.replaceAll(/ *│\n *│ */g, ' ')).toContain(said);
      }
      await choose(words.disk.text, /nvme0n1/);
      await choose(words.layout.text, /LVM/);
      await choose(words.encryption.text, begins(words.screen.yes));
      for (const text of [words.secret.type(8), words.secret.again]) await type(text, 'open sesame');
      await type(words.name.text, '');
      await choose(words.time.text, /Europe/);
      await choose(words.time.place('Europe'), /Berlin/);
      // The medium knows this computer: what its profile hands over is chosen already.
      expect(await dialog.shows(begins(words.devices.text))).toContain('[*] NVIDIA graphics 10de:1b06 with its sound');
      await choose(words.devices.text, /10de:128b/);
      await dialog.goOn(begins(words.devices.costs));
      await choose(words.devices.wanted, begins(words.screen.yes));
      await choose(words.devices.text, begins(words.devices.done(2)));
      await choose(words.devices.noScreen, begins(words.screen.yes));
      await type(words.administrator.name, 'ada');
      await choose(words.administrator.how('ada'), begins(words.administrator.byPassword));
      for (const text of [words.secret.type(8), words.secret.again]) await type(text, 'open sesame');
      const summary = await dialog.shows(begins(words.summary.nothingYet));
      for (const said of [words.summary.lost, 'NVIDIA graphics 10de:128b', 'Europe/Berlin'])
        expect(summary).toContain(said);
      terminal.screen.press('Enter');
      await choose(words.summary.asWanted, begins(words.summary.install('nvme0n1')));
      await type(words.summary.type('nvme0n1', ''), 'sda');
      await dialog.goOn(begins(words.summary.otherName('nvme0n1')));
      // Whoever sees a frame sees all of it.
      for (const { lines } of terminal.screen.kept) expect(lines.length).toBeLessThanOrEqual(24);
    } finally {
      await terminal.close();
    }
  },
);

test('two that run at once on two consoles do not read what is the other’s', async () => {
  for (let time = 0; time < 3; time += 1) {
    const both = await Promise.all([open('shared'), open('shared')]);
    try {
      await Promise.all(
        both.map(async (terminal) => {
          const dialog = new Whiptail(terminal);
          await dialog.choose(/Sprache/, /English/);
          await dialog.choose(/Which keyboard/, /US/);
          await dialog.shows(/Which disk shall/);
        }),
      );
    } finally {
      await Promise.all(both.map((terminal) => terminal.close()));
    }
  }
});
