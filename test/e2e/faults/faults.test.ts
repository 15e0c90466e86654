import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Manifest } from '../../../scripts/image/manifest.ts';
import type { TopologyFile } from '../../../scripts/lab/index.ts';
import { SystemRunner } from '../../../scripts/process/index.ts';
import {
  replayCapsule,
  type TestPolicy,
  type TestRun,
  testImage,
  writeCapsule,
} from '../../../scripts/test-run/index.ts';
import { manifestWith } from '../../checks/context.ts';
import { own } from '../image/boots-well.ts';
import { phyllome, places } from '../image/phyllome.ts';
import { processesWith, temporaryDirectory, testImageFile, toolsTree } from '../lab/environment.ts';
import { type BootFault, bootFaults } from './boot-faults.ts';
import { diskFaults } from './disk-faults.ts';
import { credentialsOf } from './guest-faults.ts';
import { ownDirectory, ownFaults, ownTopology } from './own-faults.ts';
import { type Named, runningFaults } from './running-faults.ts';
import { type Row, rowOf, tableOf } from './table.ts';

/** `npm run test:faults` runs all of them, `ci/test` the short set. */
const all = process.env.PHYLLOME_FAULTS === 'all';

const rows: Row[] = [];
let runDir = '';

afterAll(async () => {
  const directory = path.join(places.out, 'faults');
  await mkdir(directory, { recursive: true });
  await writeFile(path.join(directory, 'faults.json'), `${JSON.stringify(rows, null, 2)}\n`);
  await writeFile(path.join(directory, 'faults.md'), tableOf(rows));
});

/** What a manifest says of the image before anybody damaged it. */
async function wholeImage(): Promise<Manifest['image']> {
  return { ...manifestWith().image, sizeBytes: (await stat(testImageFile ?? '')).size };
}

/** The machine that most faults are seeded on: its boot entry is ours. */
const loaded: TopologyFile = { topology: 'kernel', summary: 'loaded by QEMU', boot: { from: 'kernel' } };

/** What a fault changes of a boot that is well. */
interface Change {
  readonly manifest?: Manifest;
  readonly file?: string;
  readonly topology?: TopologyFile;
  readonly credentials?: readonly string[];
  readonly onProgress?: TestPolicy['onProgress'];
}

async function boot(change: Change): Promise<TestRun> {
  runDir = await temporaryDirectory();
  const { file = testImageFile ?? '', topology = loaded, credentials, onProgress } = change;
  const manifest = change.manifest ?? manifestWith({ image: await wholeImage() });
  return testImage(
    { manifest, file },
    {
      hardware: { topology },
      accel: 'auto',
      runner: new SystemRunner(),
      toolsRoot: toolsTree(),
      cacheDir: places.cache,
      runDir,
      ...(credentials && { credentials }),
    },
    { ...(onProgress && { onProgress }) },
  );
}

async function nothingStays(): Promise<void> {
  expect(await processesWith(runDir)).toEqual([]);
  await rm(runDir, { recursive: true });
}

function expectNamed(run: TestRun, named: Named): void {
  const row = rowOf(run, named);
  rows.push(row);
  expect(run.verdict).toBe('failed');
  const told = run.diagnostics.map(({ code, message, hint }) => `${code}: ${message}\n${hint}`).join('\n\n');
  expect(
    run.diagnostics.map(({ code }) => code),
    told,
  ).toContain(named.code);
  expect(row.cause, told).not.toBe('');
}

describe.skipIf(testImageFile === undefined)('faults of a system that boots', () => {
  let run: TestRun;
  beforeAll(async () => {
    const of = runningFaults.map((fault) => fault.manifest ?? {});
    run = await boot({
      manifest: manifestWith({
        units: of.flatMap((change) => change.units ?? []),
        kernelArguments: of.flatMap((change) => change.kernelArguments ?? []),
        checks: of.flatMap((change) => change.checks ?? []),
        budgets: Object.assign({}, ...of.map((change) => change.budgets ?? {})),
      }),
      topology: {
        ...loaded,
        boot: { from: 'kernel', kernelArguments: runningFaults.flatMap((fault) => fault.kernelArguments ?? []) },
      },
      credentials: credentialsOf(runningFaults),
    });
  });
  afterAll(nothingStays);

  test('it boots all the same', () => {
    expect(run.diagnostics.filter(({ code }) => code.startsWith('boot-'))).toEqual([]);
    expect(run.booted).toBe(true);
  });
  test.each(runningFaults)('$id', (fault) => expectNamed(run, fault));
});

describe('faults of a disk that boots', () => {
  let run: TestRun;
  beforeAll(async () => {
    const build = await phyllome(['--dir', own, 'build', 'nano-disk']);
    expect(build.exitCode, build.stderr).toBe(0);
    const directory = path.join(places.out, 'nano-disk');
    const manifest = JSON.parse(await readFile(path.join(directory, 'manifest.json'), 'utf8')) as Manifest;
    run = await boot({
      manifest,
      file: path.join(directory, manifest.image.file),
      topology: { topology: 'faulty-disk', summary: 'a disk', boot: { from: 'disk' } },
      credentials: credentialsOf(diskFaults),
    });
  });
  afterAll(nothingStays);

  test('it boots all the same', () => expect(run.booted).toBe(true));
  test.each(diskFaults)('$id', (fault) => expectNamed(run, fault));
  test('nothing else is found', () => {
    // An account without a password is no account that the flavour gives one, either.
    const of = ['check-no-open-login', 'check-no-default-password'];
    expect(run.diagnostics.filter(({ code }) => !of.includes(code))).toEqual([]);
  });
});

describe.skipIf(testImageFile === undefined)('faults that need a boot of their own', () => {
  test.each(bootFaults.filter((fault) => all || fault.short))('$id', async (fault) => {
    const run = await bootWith(fault);
    expectNamed(run, fault);
    if (!run.booted) expect(run.diagnostics.map(({ hint }) => hint).join('\n')).toMatch(/^last milestone: /m);
    if (fault.id === 'no-init') await expectReplay(run);
    await nothingStays();
  });
});

describe.skipIf(!all)('faults in the sources of an image', () => {
  const results = path.join(places.out, 'faulty/test/hand-over-one');
  let told = '';
  let run: TestRun;
  beforeAll(async () => {
    const build = await phyllome(['--dir', ownDirectory, 'build', 'faulty']);
    expect(build.exitCode, build.stderr).toBe(0);
    const test = await phyllome(['--dir', ownDirectory, 'test', 'faulty', '--topology', ownTopology]);
    told = `${test.stdout}\n${test.stderr}`;
    expect(test.exitCode, told).toBe(1);
    run = JSON.parse(await readFile(path.join(results, 'results.json'), 'utf8')) as TestRun;
  });

  test.each(ownFaults)('$id', (fault) => expectNamed(run, fault));
  test('nothing else is found', () => {
    expect(run.diagnostics.filter(({ message }) => !/almanac|ledger|e1000e/.test(message))).toEqual([]);
  });
  test('the user is shown the line that is behind it, and how to boot it again', async () => {
    expect(told).toMatch(/overlays\/almanac\/component\.yaml:6:1[\s\S]*enable: almanac/);
    const capsule = /phyllome replay (\S+)/.exec(told)?.[1] ?? '';
    const { exitCode, stdout } = await phyllome(['replay', capsule]);
    expect(stdout).toContain('the same point');
    expect(exitCode).toBe(0);
  });
});

/** The capsule of a run boots it again, to the same point. */
async function expectReplay(run: TestRun): Promise<void> {
  const runner = new SystemRunner();
  const capsuleFile = await writeCapsule(run, { manifest: manifestWith(), toolsRoot: toolsTree(), runDir, runner });
  expect((await readdir(runDir)).filter((name) => ['capsule', 'disks'].includes(name))).toEqual([]);
  const again = {
    capsuleFile,
    runner,
    toolsRoot: toolsTree(),
    cacheDir: places.cache,
    accel: 'auto' as const,
    runDir: path.join(runDir, 'again'),
  };
  const replay = await replayCapsule(again);
  expect(replay, JSON.stringify([replay.before, replay.now])).toMatchObject({ same: true });
  await expect(replayCapsule({ ...again, imageFile: capsuleFile })).rejects.toMatchObject({
    diagnostics: [{ code: 'not-the-image' }],
  });
  const notOne = path.join(runDir, 'console.log');
  await expect(replayCapsule({ ...again, capsuleFile: notOne })).rejects.toMatchObject({
    diagnostics: [{ code: 'not-a-capsule' }],
  });
}

async function bootWith(fault: BootFault): Promise<TestRun> {
  const directory = await temporaryDirectory();
  try {
    const file = await fault.image?.(testImageFile ?? '', directory);
    const from = file === undefined ? ('kernel' as const) : ('cdrom' as const);
    const { kernelArguments } = fault;
    return await boot({
      ...(file !== undefined && { file }),
      topology: {
        topology: 'faulty',
        summary: fault.fault,
        ...fault.machine,
        boot: { from, ...(kernelArguments && { kernelArguments }) },
      },
      credentials: credentialsOf([fault]),
      onProgress: ({ message }) => {
        if (fault.killAt?.test(message)) void killQemu();
      },
    });
  } finally {
    await rm(directory, { recursive: true });
  }
}

async function killQemu(): Promise<void> {
  for (const id of await processesWith(`${runDir}/console.raw`)) process.kill(id, 'SIGKILL');
}
