import { rm } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { phyllome } from '../image/phyllome.ts';
import { processesWith, temporaryDirectory } from '../lab/environment.ts';
import { installOnConsole, type Said, typeAtShell } from './at-shell.ts';
import { breakDisk, breakStick, plugThinDisk, pullStick } from './broken-disk.ts';
import { canaryDisk, emptyQcow2, isUntouched, olderInstallation } from './disks.ts';
import { imageToInstall } from './image-to-install.ts';
import { typo, virtioDisk } from './refusals.ts';
import { type StartedMedium, startMedium } from './start-medium.ts';
import { startable } from './unfinished.ts';

const flavour = 'installer-headless';

/** Indices of the computer's disks. */
const disks = { canary: 0, older: 1, full: 2, broken: 3, unread: 4, pulled: 5 } as const;
const sizeMiB = 6144;

beforeAll(async () => {
  const { exitCode, stderr } = await phyllome(['build', flavour]);
  if (exitCode !== 0) throw new Error(stderr);
});

const answersFor = (disk: string, root = 'autopart') => [
  `ignoredisk --only-use=${disk}`,
  'clearpart --all',
  ...root.split('\n'),
  'rootpw --lock',
];

describe.skipIf(process.env.PHYLLOME_INSTALL !== 'all')('while the system is copied', () => {
  let directory = '';
  let medium: StartedMedium;
  let decoys = { canary: '', older: '' };
  const iso = () => imageToInstall(flavour).iso;
  const machineFile = (name: string) => path.join(directory, 'breaking', 'machine', name);
  const install = (name: string, answers: readonly string[], meanwhile?: () => Promise<unknown>) =>
    installOnConsole(medium.run, name, answers, { timeScale: medium.timeScale, ...(meanwhile && { meanwhile }) });

  beforeAll(async () => {
    directory = await temporaryDirectory();
    decoys = { canary: await canaryDisk(directory), older: await olderInstallation(directory) };
    const empty = { bus: 'virtio', sizeMiB } as const;
    medium = await startMedium(
      {
        topology: 'breaking',
        summary: 'a computer whose disks fail',
        boot: { from: 'usb' },
        disks: [
          { bus: 'virtio', sizeMiB: 128, holds: decoys.canary },
          { bus: 'virtio', sizeMiB: 512, holds: decoys.older },
          ...[empty, empty, empty, empty],
        ],
      },
      iso(),
      path.join(directory, 'breaking'),
      { 'phyllome.answers': `${typo.answers.join('\n')}\n` },
    );
    const { run, timeScale } = medium;
    await Promise.race([run.screen.waitFor(/root@\S+#? ?/, 300_000 * timeScale), run.failed]);
    run.stopWatching();
  });

  afterAll(async () => {
    await medium?.run.end();
    expect(await processesWith(directory)).toEqual([]);
    await rm(directory, { recursive: true });
  });

  /** The cause is told, the log kept, and nothing left open. */
  async function expectGivenUp({ status, text }: Said, says: readonly RegExp[]): Promise<void> {
    expect(status).toBe(1);
    for (const words of says) expect(text).toMatch(words);
    expect(text).toMatch(
      /The disk is not finished and will not start\. Everything that was done: \/run\/phyllome-installer\/log/,
    );
    await medium.run.guest.run(
      'grep -q "Copying the system" /run/phyllome-installer/log; ! mountpoint -q /mnt/sysimage; test ! -e /run/phyllome-installer/lock',
    );
  }

  test('the file system is full', async () => {
    const few = 'reqpart\npart / --size=4096 --grow --mkfsoptions="-N 3000"';
    await expectGivenUp(await install('full', answersFor(virtioDisk(disks.full), few)), [
      /error: Copying the system .* failed:/,
      /No space left on device/,
      /A file system is full: .*--mkfsoptions/,
    ]);
  });

  test('the disk takes nothing any more', async () => {
    const fail = () =>
      breakDisk(medium.run, `disk${disks.broken}`, medium.disk(disks.broken), { of: 'write', errno: 5 });
    await expectGivenUp(await install('broken', answersFor(virtioDisk(disks.broken)), fail), [
      /The kernel says:\n {4}.*error.* dev vdd/,
      /The disk vdd does not take or give what it should\. Look at its cable/,
    ]);
  });

  test('what is behind a thin disk is full', async () => {
    const file = machineFile('thin.qcow2');
    await emptyQcow2(file, sizeMiB);
    await plugThinDisk(medium.run, 'thin', file);
    await medium.run.guest.waitFor('the disk', 'ls /dev/disk/by-id/usb-*thin*', 60);
    const fail = () => breakDisk(medium.run, 'thin', file, { of: 'write', errno: 28 });
    await expectGivenUp(await install('thin', answersFor('disk/by-id/usb-*thin*'), fail), [
      /What is behind the disk sd\w has no space left for it/,
    ]);
  });

  test('the medium cannot be read', async () => {
    let mend = async () => {};
    const fail = async () => {
      mend = await breakStick(medium.run, { image: iso(), layer: machineFile('layer.qcow2') });
    };
    const said = await install('unread', answersFor(virtioDisk(disks.unread)), fail);
    await mend();
    await expectGivenUp(said, [/Input\/output error/, /The medium cannot be read any more/]);
  });

  test('the medium is pulled out', async () => {
    const { run, timeScale } = medium;
    const { status, text } = await install('pulled', answersFor(virtioDisk(disks.pulled)), () => pullStick(run));
    expect(status).toBe(1);
    expect(text).toMatch(/The medium cannot be read any more: it was taken out/);
    // By what the shell has in itself: no program can be started any more.
    const log = 'read -r first < /run/phyllome-installer/log; echo "log: $first; shell-$((6 * 7))"';
    await typeAtShell(run, log, /^log: \[1\/\d+\] .*; shell-42$/m, 60_000 * timeScale);
  });

  test('no disk starts by half, and the others are as they were', async () => {
    await medium.run.machine.qmp.execute('stop');
    for (const index of [disks.full, disks.broken, disks.unread, disks.pulled]) {
      expect(await startable(medium.disk(index)), `disk ${index}`).toEqual({ bios: 'words', uefi: false });
    }
    expect(await isUntouched(decoys.canary, medium.disk(disks.canary), directory)).toBe(true);
    expect(await isUntouched(decoys.older, medium.disk(disks.older), directory)).toBe(true);
  });
});
