import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { bootProgramsOnDisk } from '../../../scripts/bits/index.ts';
import { firmwareKeysFor } from '../../../scripts/engines/tools/index.ts';
import {
  findAccelerator,
  type LabRun,
  loadTopology,
  resolveTopology,
  startLabRun,
} from '../../../scripts/lab/index.ts';
import { SystemRunner } from '../../../scripts/process/index.ts';
import {
  type ExpectedStart,
  expectedStart,
  type KeyGeneration,
  keyGenerations,
} from '../../../scripts/secure-boot/index.ts';
import { shipped } from '../../lab/shipped-topologies.ts';
import { own, passes } from '../image/boots-well.ts';
import { places } from '../image/phyllome.ts';
import { crowded, temporaryDirectory, testImageFile, toolsTree } from '../lab/environment.ts';

/** Until a kernel speaks or the firmware has given up, at the reference speed. */
const limitMs = 120_000;
const firmwareSays = /Access Denied|No bootable option or device was found/;
/** What the kernel tells of the firmware, each in its first second. */
const enforced = /Kernel is locked down from EFI Secure Boot|EFI stub: UEFI Secure Boot is enabled/;

const all = process.env.PHYLLOME_KEYS === 'all';
/** The one that nothing was ever started with before, and the one that a medium does not serve. */
const always: readonly KeyGeneration[] = ['keys-2023', 'keys-both-revoked'];
const images = [
  { name: 'live ISO', file: async () => testImageFile ?? '' },
  {
    name: 'disk',
    file: async () => {
      await passes('--dir', own, 'build', 'nano-disk');
      return path.join(places.out, 'nano-disk', 'phyllome-nano-disk-debian-13.qcow2');
    },
  },
].slice(0, all ? 2 : 1);
const cells = images.flatMap((image) =>
  keyGenerations.filter((keys) => all || always.includes(keys)).map((keys) => ({ keys, image })),
);

const rows: string[] = ['| Image | Keys | Expected | Seen | After |', '| --- | --- | --- | --- | --- |'];
afterAll(async () => {
  const directory = path.join(places.out, 'keys');
  await mkdir(directory, { recursive: true });
  await writeFile(path.join(directory, 'keys.md'), `${rows.join('\n')}\n`);
});

test.each(cells.map(({ keys, image }) => [image.name, keys, image] as const))(
  'a %s on firmware with %s does what the table says',
  async (name, keys, image) => {
    const runner = new SystemRunner();
    const means = { runner, toolsRoot: toolsTree() };
    const file = await image.file();
    const directory = await temporaryDirectory();
    const expected = expectedStart(await bootProgramsOnDisk(file, { ...means, scratch: directory }), keys);
    if (expected === undefined) throw new Error(`${file}: nothing is known of what firmware starts`);
    const seen = await startOn(keys, file, directory, means);
    rows.push(`| ${name} | ${keys} | ${inWords(expected)} | ${seen.said} | ${seen.seconds.toFixed(1)} s |`);
    expect(seen, seen.said).toMatchObject({ starts: expected.starts });
    // The firmware itself says so, and the kernel that it started.
    if (expected.starts) expect(seen.enforces).toBe(keys !== 'setup-mode');
    else expect(seen.said).toMatch(/Access Denied/);
    await rm(directory, { recursive: true });
  },
);

const inWords = ({ starts, why }: ExpectedStart) => `${starts ? 'starts' : 'refused'}: ${why}`;

async function startOn(
  keys: KeyGeneration,
  imageFile: string,
  directory: string,
  means: { readonly runner: SystemRunner; readonly toolsRoot: string },
) {
  const { runner } = means;
  const signal = new AbortController().signal;
  const context = { places, print: () => {}, say: () => {}, warn: () => {}, runner, signal };
  const accelerator = crowded(await findAccelerator({ ...means, cacheDir: places.cache, requested: 'auto' }));
  const topology = resolveTopology(
    { ...loadTopology(keys, shipped), network: [] },
    { accelerator: accelerator.chosen, imageFile },
  );
  const runDir = path.join(directory, 'run');
  await mkdir(runDir);
  const stores = await firmwareKeysFor([topology], context);
  const run = await startLabRun({ ...means, ...stores, topology, accelerator, runDir, onMilestone: () => {} });
  try {
    return await outcome(run, limitMs * accelerator.timeScale);
  } finally {
    await run.end();
  }
}

/** What came of it: a kernel that has told whether it is locked down, or firmware that has given up. */
async function outcome(run: LabRun, limit: number) {
  const at = () => run.elapsedMs() / 1000;
  const line = (regex: RegExp) => run.consoleLines.find((one) => regex.test(one));
  for (const end = Date.now() + limit; Date.now() < end; await Promise.race([sleep(500), run.failed])) {
    const kernel = line(/Linux version \d/);
    // What it says of Secure Boot comes with the same first lines.
    if (kernel !== undefined && line(/Command line: /)) {
      await sleep(limit / 40);
      const says = line(enforced);
      return {
        starts: true,
        enforces: says !== undefined,
        said: says ?? 'a kernel that is not locked down',
        seconds: at(),
      };
    }
    if (line(/No bootable option or device was found/))
      return { starts: false, enforces: true, said: line(/Access Denied/) ?? line(firmwareSays) ?? '', seconds: at() };
  }
  throw new Error(`neither a kernel nor a refusal:\n${run.lastLines.join('\n')}`);
}
