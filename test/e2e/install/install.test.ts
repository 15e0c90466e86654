import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { phyllome, places } from '../image/phyllome.ts';
import { processesWith, temporaryDirectory } from '../lab/environment.ts';
import { administrator } from './administrator.ts';
import { startElsewhere } from './elsewhere.ts';
import { expectWell } from './expect-well.ts';
import { type Identifiers, identifierKinds, kindsOf, sharedIdentifiers } from './identifiers.ts';
import { imageToInstall } from './image-to-install.ts';
import { install } from './install.ts';
import type { InstallCase } from './install-case.ts';
import { type Answers, askInstalled } from './installed.ts';
import { leaveReport } from './leave-report.ts';
import { matrix } from './matrix.ts';
import { type Row, rowOf, tableOf } from './table.ts';

const flavour = 'installer-headless';
/** Flavours of media that only these tests need. */
const own = path.join(import.meta.dirname, 'own');
const all = process.env.PHYLLOME_INSTALL === 'all';

const rows: Row[] = [];
const identifiers = new Map<string, Identifiers>();

const cases = matrix.filter(({ usual }) => all || usual === true);

beforeAll(async () => {
  for (const asked of new Set(cases.map((one) => one.flavour ?? flavour))) {
    const { exitCode, stderr } = await phyllome(['--dir', own, 'build', asked]);
    if (exitCode !== 0) throw new Error(stderr);
  }
});

afterAll(async () => {
  const directory = path.join(places.out, 'install');
  await mkdir(directory, { recursive: true });
  await writeFile(path.join(directory, 'install.json'), `${JSON.stringify(rows, null, 2)}\n`);
  await writeFile(path.join(directory, 'install.md'), tableOf(rows));
  console.log(tableOf(rows));
});

function expectAsAsked(one: InstallCase, answers: Answers): void {
  const { fileSystem, firmware, tpm, passphrase, mistyped = [] } = one;
  expectWell(answers, {
    rootFileSystem: fileSystem,
    authorizedKeys: '1',
    loginByKey: administrator.name,
    rootByKey: expect.stringContaining('Permission denied'),
    notedBeforeFirstStart: '/root/as-installed',
    firmwareEntry: firmware === 'bios' ? '' : 'Phyllome OS headless',
    ...(tpm && { tpmOpens: '1' }),
  });
  if (one.flavour === 'installer-sd-boot') expect(answers.enteredKernel).toBe('as it was installed');
  expect(answers.passphrasePrompts).toBe(passphrase === undefined ? 0 : 2 + mistyped.length);
}

describe.each(cases)('$name', (one) => {
  test('is installed, starts without the medium, passes every check and leaves other disks alone', async () => {
    const directory = await temporaryDirectory();
    const { iso, manifest } = imageToInstall(one.flavour ?? flavour);
    await leaveReport(one.name, iso, async (noted) => {
      const installed = await install(one, iso, directory);
      noted.seconds = installed.seconds;
      expect(installed.end, installed.console.slice(-40).join('\n')).toBe('the guest turned itself off');
      expect(installed.untouched).toEqual({ canary: true, older: true });
      const answers = await askInstalled(one, manifest, installed.target, directory, 'installed');
      noted.run = answers.run;
      rows.push(rowOf(one.name, installed.seconds, answers));
      identifiers.set(one.name, answers.identifiers);
      expectAsAsked(one, answers);
      const { passphraseElsewhere } = one;
      if (passphraseElsewhere !== undefined) {
        expect(await startElsewhere(one, installed, directory, passphraseElsewhere)).toBe('installed');
      }
    });
    expect(await processesWith(directory)).toEqual([]);
    await rm(directory, { recursive: true });
  });
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
