import { rm } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { phyllome } from '../image/phyllome.ts';
import { processesWith, temporaryDirectory } from '../lab/environment.ts';
import { installAtShell } from './at-shell.ts';
import { canaryDisk, emptyDisk, isUntouched, olderInstallation } from './disks.ts';
import { imageToInstall } from './image-to-install.ts';
import {
  noDisk,
  places,
  type Refusal,
  refusals,
  selections,
  typo,
  withoutDisks,
  withoutSelector,
  withSelector,
} from './refusals.ts';
import { type StartedMedium, startMedium } from './start-medium.ts';

const flavour = 'installer-headless';

beforeAll(async () => {
  const { exitCode, stderr } = await phyllome(['build', flavour]);
  if (exitCode !== 0) throw new Error(stderr);
});

function expectWords(text: string, { says }: Refusal): void {
  for (const words of says) expect(text).toMatch(words);
}

describe('before a disk is touched', () => {
  let directory = '';
  let medium: StartedMedium;
  let decoys = { canary: '', older: '' };

  beforeAll(async () => {
    directory = await temporaryDirectory();
    decoys = { canary: await canaryDisk(directory), older: await olderInstallation(directory) };
    medium = await startMedium(
      {
        topology: 'refusals',
        summary: 'a computer whose answers are all refused',
        disks: [
          { bus: 'virtio', sizeMiB: 128, holds: decoys.canary },
          { bus: 'virtio', sizeMiB: 512, holds: decoys.older },
          { bus: 'virtio', sizeMiB: 6144 },
          { bus: 'virtio', sizeMiB: 1024 },
        ],
      },
      imageToInstall(flavour).iso,
      path.join(directory, 'refusing'),
      { 'phyllome.answers': `${typo.answers.join('\n')}\n` },
    );
  });

  afterAll(async () => {
    await medium?.run.end();
    expect(await processesWith(directory)).toEqual([]);
    await rm(directory, { recursive: true });
  });

  test(`${typo.name}: the console says where, and has a shell`, async () => {
    const { run, timeScale } = medium;
    const screen = run.screen.waitFor(/did not succeed[\s\S]*root@\S+#? ?/, 300_000 * timeScale);
    await Promise.race([screen, run.failed]);
    run.stopWatching();
    expectWords(run.consoleLines.join('\n'), typo);
    run.screen.type('echo shell-$((6 * 7))\r');
    await run.screen.waitFor(/^shell-42$/m, 60_000 * timeScale);
  });

  async function expectRefused(refusal: Refusal): Promise<void> {
    const { status, text } = await installAtShell(medium.run, refusal.answers);
    expectWords(text, refusal);
    expect(text).toContain('No disk was touched.');
    expect(status).toBe(1);
  }

  test.each(refusals)('$name', expectRefused);

  test('the flavour wants another number of disks', async () => {
    await medium.run.guest.run(withSelector);
    try {
      for (const refusal of selections) await expectRefused(refusal);
    } finally {
      await medium.run.guest.run(withoutSelector);
    }
  });

  test(noDisk.name, async () => {
    await medium.run.guest.run(withoutDisks);
    await expectRefused(noDisk);
  });

  test('not one bit of any disk is another', async () => {
    await medium.run.machine.qmp.execute('stop');
    const before: readonly (readonly [number, string])[] = [
      [places.canary, decoys.canary],
      [places.older, decoys.older],
      [places.target, await emptyDisk(directory, 6144)],
      [places.small, await emptyDisk(directory, 1024)],
    ];
    for (const [index, file] of before) {
      expect(await isUntouched(file, medium.disk(index), directory), `disk ${index}`).toBe(true);
    }
  });
});
