import { rm } from 'node:fs/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { phyllome } from '../image/phyllome.ts';
import { processesWith, temporaryDirectory } from '../lab/environment.ts';
import { imageToInstall } from './image-to-install.ts';
import { install } from './install.ts';
import { type Answers, askInstalled } from './installed.ts';
import { matrix } from './matrix.ts';

const flavour = 'installer-headless';
const all = process.env.PHYLLOME_INSTALL === 'all';

beforeAll(async () => {
  const { exitCode, stderr } = await phyllome(['build', flavour]);
  if (exitCode !== 0) throw new Error(stderr);
});

/** What an installation must leave, whichever way it went. */
function expectWell({ run, facts, login }: Answers, fileSystem: string): void {
  const notWell = run.checks.filter(({ status }) => status !== 'passed' && status !== 'skipped');
  expect(notWell).toEqual([]);
  expect(run.diagnostics).toEqual([]);
  expect(run.checks.length).toBeGreaterThanOrEqual(20);
  expect(facts).toMatchObject({
    rootFileSystem: fileSystem,
    failedUnits: '',
    hostname: 'installed',
    timezone: expect.stringContaining('Europe/Berlin'),
    rootPassword: expect.stringMatching(/^[!*]$/),
    administratorGroups: '1',
    liveTraces: '0',
  });
  expect(login).toMatch(/^root$/m);
}

describe.each(matrix.filter(({ usual }) => all || usual === true))('$name', (one) => {
  test('is installed, starts without the medium, passes every check and leaves other disks alone', async () => {
    const directory = await temporaryDirectory();
    const { iso, manifest } = imageToInstall(flavour);
    const installed = await install(one, iso, directory);
    expect(installed.end, installed.console.slice(-40).join('\n')).toBe('the guest turned itself off');
    expect(installed.untouched).toEqual({ canary: true, older: true });
    expectWell(await askInstalled(one, manifest, installed.target, directory, 'installed'), one.fileSystem);
    expect(await processesWith(directory)).toEqual([]);
    await rm(directory, { recursive: true });
  });
});
