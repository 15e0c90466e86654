import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { model, parse } from 'kickstart-parser';
import { expect, test } from 'vitest';
import { installedGrubMenu } from '../../scripts/engines/direct/disk/boot-menu.ts';
import { diskLayout } from '../../scripts/engines/direct/disk/layout.ts';
import { systemdBootSteps } from '../../scripts/engines/direct/disk/systemd-boot.ts';
import { grubConfiguration } from '../../scripts/engines/direct/grub-configuration.ts';
import { allScenarios } from '../../scripts/scenarios/index.ts';
import { planFor } from '../installation/fixtures.ts';

/** What starts an entry: a scenario, or a test of machines by its file below test/e2e and words of its name. */
type Starter = { readonly scenario: string } | { readonly file: string; readonly test: string };

const title = 'Phyllome OS test';
const values = { volumeId: 'TEST', imageMiB: '300', neededMiB: '1324' };
const disks = 'image/disks.test.ts';
const installing = 'install/install.test.ts';
const atTheMenu = 'lab/menu-entries.test.ts';
const installerEntries = 'install/menu-entries.test.ts';

interface Menu {
  /** The file of the sources that makes it. */
  readonly madeBy: string;
  readonly text: () => string;
  /** In the order of the menu. */
  readonly startedBy: Readonly<Record<string, Starter>>;
}

const menus: readonly Menu[] = [
  {
    madeBy: 'engines/direct/grub-configuration.ts',
    text: () => grubConfiguration({ title, kernelArguments: [] }, values),
    startedBy: {
      'Phyllome OS test': { scenario: 'live-cd' },
      'Phyllome OS test, copied to memory (from 1324 MiB on; the medium can be removed)': {
        scenario: 'copied-to-memory',
      },
      'Phyllome OS test, copied by file': {
        file: 'lab/fat-copy.test.ts',
        test: 'files copied onto a FAT stick start by UEFI',
      },
      'Firmware settings': { file: atTheMenu, test: 'a live ISO by UEFI' },
    },
  },
  {
    madeBy: 'engines/direct/installer/menu.ts',
    text: () => grubConfiguration({ title, kernelArguments: [], installs: true }, values),
    startedBy: {
      'Install Phyllome OS test': { file: installing, test: 'is installed, starts without the medium' },
      'Try Phyllome OS test': { file: installerEntries, test: 'trying starts the live system' },
      'Try Phyllome OS test, copied to memory (from 1324 MiB on; the medium can be removed)': {
        file: installerEntries,
        test: 'trying it out of memory copies it',
      },
      'Install Phyllome OS test, copied by file': {
        file: installerEntries,
        test: 'installing from files on a FAT stick',
      },
      'Try Phyllome OS test, copied by file': { file: installerEntries, test: 'trying from files on a FAT stick' },
      'Firmware settings': { file: atTheMenu, test: 'a live ISO by UEFI' },
    },
  },
  {
    madeBy: 'engines/direct/disk/boot-menu.ts',
    text: () => installedGrubMenu(title, partitions(), []),
    startedBy: {
      'Phyllome OS test': { file: disks, test: 'nano-disk by %s boots' },
      'Phyllome OS test, the kernel before the last update': { scenario: 'old-kernel' },
      'Firmware settings': { file: atTheMenu, test: 'a disk with Secure Boot' },
    },
  },
  {
    madeBy: 'installation/steps/grub-steps.ts',
    text: () => {
      const { installation } = planFor(['autopart --type=plain', 'network --hostname=host']);
      return installation?.steps.find((step) => step.title === 'Writing the boot menu')?.stdin ?? '';
    },
    startedBy: {
      'Phyllome OS test': { file: installing, test: 'is installed, starts without the medium' },
      // The same words as on an image of a disk, where it is played.
      'Phyllome OS test, the kernel before the last update': { scenario: 'old-kernel' },
      'Firmware settings': { file: atTheMenu, test: 'a disk with Secure Boot' },
    },
  },
  {
    madeBy: 'engines/direct/disk/systemd-boot.ts',
    text: () => entryOf(systemdBootSteps(title, [], { esp: '/esp', installed: '/installed', tools: '/tools' })),
    startedBy: { 'Phyllome OS test': { file: disks, test: 'a menu of systemd-boot' } },
  },
  {
    madeBy: 'installation/steps/systemd-boot-steps.ts',
    text: () => {
      const answers = ['autopart --type=plain', 'bootloader --sdboot', 'network --hostname=host'];
      return entryOf(planFor(answers, { packages: ['systemd-boot'] }).installation?.steps ?? []);
    },
    startedBy: { 'Phyllome OS test': { file: 'install/matrix.ts', test: 'secure-boot-virtio-luks-sd-boot' } },
  },
];

/** The menu of systemd-boot is the titles of its entries. */
function entryOf(steps: readonly { readonly title: string; readonly stdin?: string }[]): string {
  const entry = steps.find(({ title: what }) => what === 'Writing the entry of the kernel')?.stdin ?? '';
  return entry.replaceAll(/^title (.*)$/gm, "menuentry '$1'");
}

function partitions() {
  const lines = ['part biosboot --fstype=biosboot --size=1', 'part / --size=2048', 'bootloader --location=mbr'];
  const layout = diskLayout(model(parse(`${lines.join('\n')}\n`), 'F44'));
  if (layout === undefined) throw new Error('not a disk');
  return layout.partitions;
}

const entriesOf = (text: string): string[] =>
  [...text.matchAll(/^\s*menuentry '([^']*)'/gm)].map(([, name = '']) => name);

test.each(menus)('every entry of the menu of $madeBy is started by something', ({ text, startedBy }) => {
  expect(entriesOf(text())).toEqual(Object.keys(startedBy));
});

test('what starts an entry is there', () => {
  const missing = menus
    .flatMap(({ startedBy }) => Object.values(startedBy))
    .filter((starter) =>
      'scenario' in starter
        ? !allScenarios.some(({ id }) => id === starter.scenario)
        : !readFileSync(path.join(import.meta.dirname, '../e2e', starter.file), 'utf8').includes(starter.test),
    );
  expect(missing).toEqual([]);
});

test('no other source makes entries', () => {
  const root = path.join(import.meta.dirname, '../../scripts');
  const makers = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.startsWith('boot-menu/') && !file.includes('node_modules'))
    .filter((file) => /\bmenuEntry\(|\bbootEntry\(/.test(readFileSync(path.join(root, file), 'utf8')));
  expect(makers.sort()).toEqual(menus.map(({ madeBy }) => madeBy).sort());
});
