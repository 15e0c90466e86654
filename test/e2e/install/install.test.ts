import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { phyllome, places } from '../image/phyllome.ts';
import { processesWith, temporaryDirectory } from '../lab/environment.ts';
import { administrator } from './administrator.ts';
import { startElsewhere } from './elsewhere.ts';
import type { Facts } from './facts.ts';
import { type Identifiers, identifierKinds, kindsOf, sharedIdentifiers } from './identifiers.ts';
import { imageToInstall } from './image-to-install.ts';
import { install } from './install.ts';
import type { InstallCase } from './install-case.ts';
import { type Answers, askInstalled } from './installed.ts';
import { matrix } from './matrix.ts';
import { type Row, rowOf, tableOf } from './table.ts';

const flavour = 'installer-headless';
const all = process.env.PHYLLOME_INSTALL === 'all';

/** An installation and up to three starts, on a computer that others use, too. */
const limitMs = 40 * 60_000;

const rows: Row[] = [];
const identifiers = new Map<string, Identifiers>();

beforeAll(async () => {
  const { exitCode, stderr } = await phyllome(['build', flavour]);
  if (exitCode !== 0) throw new Error(stderr);
});

afterAll(async () => {
  const directory = path.join(places.out, 'install');
  await mkdir(directory, { recursive: true });
  await writeFile(path.join(directory, 'install.json'), `${JSON.stringify(rows, null, 2)}\n`);
  await writeFile(path.join(directory, 'install.md'), tableOf(rows));
  console.log(tableOf(rows));
});

/** What an installation must leave, whichever way it went. */
function expectWell(one: InstallCase, { run, facts, login, secondBoot, passphrasePrompts }: Answers): void {
  const notWell = run.checks.filter(({ status }) => status !== 'passed' && status !== 'skipped');
  expect(notWell).toEqual([]);
  expect(run.diagnostics).toEqual([]);
  expect(run.checks.length).toBeGreaterThanOrEqual(20);
  expectFacts(one, facts);
  expect(login).toMatch(/^root$/m);
  expect(secondBoot.findings).toEqual([]);
  expectFacts(one, secondBoot.facts);
  expect(secondBoot.facts.bootId).not.toBe(facts.bootId);
  expect(secondBoot.facts.lastingIdentity).toBe(facts.lastingIdentity);
  const typed = one.passphrase === undefined ? 0 : 2 + (one.mistyped ?? []).length;
  expect(passphrasePrompts).toBe(typed);
}

function expectFacts({ fileSystem, firmware, tpm }: InstallCase, facts: Facts): void {
  expect(facts).toMatchObject({
    rootFileSystem: fileSystem,
    failedUnits: '',
    hostname: 'installed',
    timezone: expect.stringContaining('Europe/Berlin'),
    rootPassword: expect.stringMatching(/^[!*]$/),
    administratorGroups: '1',
    authorizedKeys: '1',
    loginByKey: administrator.name,
    rootByKey: expect.stringContaining('Permission denied'),
    liveTraces: '0',
    notedBeforeFirstStart: '/root/as-installed',
    firmwareEntry: firmware === 'bios' ? '' : 'Phyllome OS headless',
    ...(tpm && { tpmOpens: '1' }),
  });
  // Two tables, and the start of the first partition.
  expect(Number(facts.mebibytesOutsidePartitions)).toBeLessThanOrEqual(3);
  expect(Number(facts.mebibytesOutsideVolumes)).toBeLessThanOrEqual(8);
  expect(Number(facts.percentOfDevice)).toBeGreaterThanOrEqual(93);
}

describe.each(matrix.filter(({ usual }) => all || usual === true))('$name', (one) => {
  test(
    'is installed, starts without the medium, passes every check and leaves other disks alone',
    async () => {
      const directory = await temporaryDirectory();
      const { iso, manifest } = imageToInstall(flavour);
      const installed = await install(one, iso, directory);
      expect(installed.end, installed.console.slice(-40).join('\n')).toBe('the guest turned itself off');
      expect(installed.untouched).toEqual({ canary: true, older: true });
      const answers = await askInstalled(one, manifest, installed.target, directory, 'installed');
      rows.push(rowOf(one.name, installed.seconds, answers));
      identifiers.set(one.name, answers.identifiers);
      expectWell(one, answers);
      const { passphraseElsewhere } = one;
      if (passphraseElsewhere !== undefined) {
        expect(await startElsewhere(one, installed, directory, passphraseElsewhere)).toBe('installed');
      }
      expect(await processesWith(directory)).toEqual([]);
      await rm(directory, { recursive: true });
    },
    limitMs,
  );
});

describe('what tells computers apart', () => {
  test('is there after each installation', () => {
    for (const [name, own] of identifiers) {
      expect([...kindsOf(own)], name).toEqual(expect.arrayContaining(identifierKinds));
    }
  });

  test('no two installations have in common', () => {
    const [first = new Set<string>()] = identifiers.values();
    const copied = new Map([
      ['an installation', first],
      ['its copy', first],
    ]);
    expect(sharedIdentifiers(copied)).toHaveLength(first.size);
    expect(identifiers.size).toBe(all ? matrix.length : 1);
    expect(sharedIdentifiers(identifiers)).toEqual([]);
  });
});
