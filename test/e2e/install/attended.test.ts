import { copyFile, mkdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import type { LabRun } from '../../../scripts/lab/index.ts';
import { phyllome } from '../image/phyllome.ts';
import { processesWith, temporaryDirectory } from '../lab/environment.ts';
import { administrator } from './administrator.ts';
import { Display } from './attend-display.ts';
import { reportAttended, reportDirectory, type Steps } from './attended-report.ts';
import { makeAdministratorAndInstall } from './by-dialogs.ts';
import { emptyStick, fileOnStick, isUntouched } from './disks.ts';
import { expectWell } from './expect-well.ts';
import { imageToInstall } from './image-to-install.ts';
import { endOf, onComputer } from './install.ts';
import { askInstalled } from './installed.ts';
import { Whiptail } from './whiptail.ts';

const flavour = 'installer-headless';
const all = process.env.PHYLLOME_INSTALL === 'all';
const target = { bus: 'virtio', sizeMiB: 6144 } as const;

beforeAll(async () => {
  const { exitCode, stderr } = await phyllome(['build', flavour]);
  if (exitCode !== 0) throw new Error(stderr);
});

/** What somebody does who wants an installed computer, from the menu on. */
async function installByDialogs(run: LabRun): Promise<void> {
  const dialog = new Whiptail(run);
  const menu = await dialog.reads(/Install Phyllome OS headless/);
  expect(menu).not.toContain('installer');
  run.screen.press('Enter');
  await dialog.choose(/Sprache/, /English/);
  await dialog.choose(/Which keyboard/, /US/);
  await dialog.choose(/Which disk/, /serial disk1/);
  await dialog.choose(/What shall be on the disk/, /ext4/);
  await dialog.choose(/Shall the disk be encrypted/, /No/);
  await dialog.type(/this computer's name/, 'installed', 'phyllome');
  await dialog.choose(/How does this computer get its address/, /DHCP/);
  await dialog.choose(/Where is this computer/, /Europe/);
  await dialog.choose(/Where in Europe/, /Berlin/);
  await dialog.choose(/Which devices shall guests have/, /\[ \] .*network/i);
  await dialog.goOn(/What it costs/);
  await dialog.choose(/Shall guests have it/, /Yes/);
  await dialog.choose(/Which devices shall guests have/, /Go on with 1 device/);
  await dialog.choose(/No wired network card stays/, /Yes/);
  await makeAdministratorAndInstall(run);
}

test.runIf(all)('by dialogs on a serial terminal, by UEFI: every check passes on what was installed', async () => {
  const directory = await temporaryDirectory();
  const { iso, manifest } = imageToInstall(flavour);
  const ports = [{ devices: ['e1000e'] }] as const;
  const one = { name: 'attended-uefi', firmware: 'uefi', from: 'cdrom', target, ports } as const;
  let steps: Steps = [];
  const installed = await onComputer(one, iso, directory, {
    more: [],
    credentials: [],
    attend: async (run, timeScale) => {
      try {
        await installByDialogs(run);
        return await endOf(run, timeScale);
      } finally {
        steps = run.screen.kept.filter(({ lines }) => lines.length > 0);
      }
    },
  });
  expect(installed.end, installed.console.slice(-40).join('\n')).toBe('the guest restarted itself');
  // One program runs on each console; none may break, nor start again.
  expect(installed.console.filter((line) => /error|unhandled/i.test(line) && !/ACPI|RAS:/.test(line))).toEqual([]);
  expect(installed.untouched).toEqual({ canary: true, older: true });
  const answers = await askInstalled(one, manifest, installed.target, directory, 'installed');
  await reportAttended(answers.run, steps, path.join(directory, 'installed'), flavour);
  expectWell(answers, {
    rootFileSystem: 'ext4',
    firmwareEntry: 'Phyllome OS headless',
    handedOver: '8086:10d3',
  });
  expect(await processesWith(directory)).toEqual([]);
  await rm(directory, { recursive: true });
});

/** Each question with what it shows, and what is chosen there. */
const questions: readonly {
  readonly shows: RegExp;
  readonly go: (dialog: Whiptail, shows: RegExp) => Promise<void>;
}[] = [
  { shows: /Sprache/, go: (dialog, shows) => dialog.choose(shows, /English/) },
  { shows: /Which keyboard/, go: (dialog, shows) => dialog.choose(shows, /US/) },
  { shows: /Which disk/, go: (dialog, shows) => dialog.choose(shows, /serial disk1/) },
  { shows: /What shall be on the disk/, go: (dialog, shows) => dialog.choose(shows, /LVM/) },
  { shows: /Shall the disk be encrypted/, go: (dialog, shows) => dialog.choose(shows, /No/) },
  { shows: /this computer's name/, go: (dialog, shows) => dialog.type(shows, '') },
  { shows: /Where is this computer/, go: (dialog, shows) => dialog.choose(shows, /UTC/) },
  { shows: /Which devices shall guests have/, go: (dialog, shows) => dialog.choose(shows, /Go on/) },
  { shows: /name by which you log in/, go: (dialog, shows) => dialog.type(shows, 'eve') },
  { shows: /How does eve/, go: (dialog, shows) => dialog.choose(shows, /With a password$/) },
];

/** On the serial terminal: back by one question from each, then out of the first. */
async function goBackEverywhere(run: LabRun): Promise<void> {
  const dialog = new Whiptail(run);
  for (const [index, { shows, go }] of questions.entries()) {
    const before = questions[index - 1];
    await dialog.goBack(shows, before?.shows ?? /Nothing was written. What now/);
    if (before === undefined) await dialog.choose(/Nothing was written. What now/, /Go on/);
    else await before.go(dialog, before.shows);
    await go(dialog, shows);
  }
  await dialog.goBack(/Type it: at least/, /How does eve/);
  for (const { shows } of questions.slice(0, -1).reverse()) {
    run.screen.press('Escape');
    await dialog.shows(shows);
  }
  run.screen.press('Escape');
  await dialog.choose(/Nothing was written. What now/, /A shell/);
  await dialog.reads(/you are root here/);
}

/** On the display: through all questions to the summary, which goes to a file on the stick. */
async function keepAnswers(display: Display): Promise<void> {
  const enter = { key: 'ret' };
  await display.shows('Language', /Sprache/);
  await display.press(enter);
  await display.shows('Keyboard', /Which keyboard/);
  await display.press(enter);
  await display.shows('Disk', /Which disk/);
  await display.press({ key: 'down', times: 3 }, enter);
  await display.shows('Layout', /What shall be on the disk/);
  await display.press({ key: 'down', times: 3 }, enter);
  await display.shows('Encryption', /Shall the disk be encrypted/);
  await display.press(enter);
  await display.shows('Name', /this computer's name/);
  await display.press({ key: 'backspace', times: 'phyllome'.length }, { text: 'seen' }, enter);
  await display.shows('Time', /Where is this computer/);
  await display.press(enter);
  await display.shows('Devices', /Which devices shall guests have/);
  await display.press(enter);
  await display.shows('Administrator', /name by which you log in/);
  await display.press({ text: administrator.name }, enter);
  await display.shows('How to log in', /How does ada log in/);
  await display.press(enter);
  await display.shows('Password', /Type it: at least/);
  await display.press({ text: administrator.password }, enter);
  await display.shows('Password once more', /Type it once more/);
  await display.press({ text: administrator.password }, enter);
  await display.shows('Summary', /Nothing has been written yet/);
  await display.press(enter);
  await display.shows('What to do', /is as you want it/);
  await display.press({ key: 'down' }, enter);
  await display.shows('Volumes', /On which volume/);
  // Behind the two of the older installation.
  await display.press({ key: 'down', times: 2 }, enter);
  await display.shows('Kept', /is written/);
  await display.press(enter);
  await display.shows('Summary once more', /Nothing has been written yet/);
}

test.runIf(all)('the display and its keyboard do the same, and nothing is written before the last word', async () => {
  const directory = await temporaryDirectory();
  const { iso } = imageToInstall(flavour);
  const one = { name: 'attended-display', firmware: 'bios', from: 'cdrom', target } as const;
  const empty = path.join(directory, 'empty.raw');
  await writeFile(empty, '');
  await truncate(empty, target.sizeMiB * 2 ** 20);
  const disk = (index: number) => path.join(directory, 'installing', 'machine', `disk${index}.qcow2`);
  let kept = '';
  let isUntouchedTarget = false;
  const seen = await onComputer(one, iso, directory, {
    more: [{ bus: 'usb', sizeMiB: 16, holds: await emptyStick(directory) }],
    credentials: [],
    attend: async (run, timeScale, runDir) => {
      const display = new Display(run, runDir);
      await new Whiptail(run).reads(/Install Phyllome OS headless/);
      run.screen.press('Enter');
      await goBackEverywhere(run);
      await keepAnswers(display);
      await mkdir(reportDirectory(flavour), { recursive: true });
      for (const { title, file } of display.pictures) {
        const name = `${path.basename(file, '.png')}-${title.toLowerCase().replaceAll(' ', '-')}.png`;
        await copyFile(file, path.join(reportDirectory(flavour), name));
        expect((await readFile(file)).subarray(1, 4).toString()).toBe('PNG');
      }
      // QEMU knows of what is written before its files do.
      run.screen.type('poweroff\r');
      const end = await endOf(run, timeScale);
      kept = await fileOnStick(disk(3), 'phyllome-answers.ks', directory);
      isUntouchedTarget = await isUntouched(empty, disk(1), directory);
      return end;
    },
  });
  expect(seen.end).toBe('the guest turned itself off');
  expect(seen.untouched).toEqual({ canary: true, older: true });
  expect(isUntouchedTarget).toBe(true);
  const hash = /--iscrypted "--password=(\$6\$[^"]+)"/.exec(kept)?.[1];
  expect(hash).toBeDefined();
  expect(kept.replace(hash ?? '', 'HASH').split('\n')).toEqual([
    '# Made by the dialogs of Phyllome OS headless.',
    'lang C.UTF-8',
    'keyboard --vckeymap=us --xlayouts=us',
    'timezone UTC --utc',
    'ignoredisk --only-use=disk/by-id/virtio-disk1',
    'clearpart --all --drives=disk/by-id/virtio-disk1',
    'autopart --type=lvm --fstype=ext4',
    'network --bootproto=dhcp --hostname=seen',
    'rootpw --lock',
    'user --name=ada --groups=sudo,libvirt --iscrypted "--password=HASH"',
    'reboot --eject',
    '',
  ]);
  expect(await processesWith(directory)).toEqual([]);
  await rm(directory, { recursive: true });
});
