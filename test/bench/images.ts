// npm run bench:images — what installable images cost to make, and how fast one comes onto a disk. Prints; asserts nothing.
// Needs a quiet machine: `uptime` first. Builds what is not built.
import { readFileSync, rmSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import path from 'node:path';
import type { BuildManifest } from '../../scripts/image/index.ts';
import { forgetStage, phyllome, places } from '../e2e/image/phyllome.ts';
import { builtFlavour } from './built-flavour.ts';
import { measureCopying } from './measure-copying.ts';
import { runDirectory } from './measure-host.ts';

const rounds = 3;
const installer = 'installer-headless';
const disk = 'headless-disk';

const say = (value: string, what: string) => console.log(`${value.padStart(12)}  ${what}`);
const mebibytes = (bytes: number) => bytes / 2 ** 20;

interface BuildRecord {
  readonly stages: readonly { readonly id: string; readonly milliseconds: number }[];
}

/** Median seconds of making each of these stages of a flavour anew, all else from the cache. */
async function stageSeconds(flavour: string, stages: readonly string[]): Promise<readonly number[]> {
  const times = stages.map((): number[] => []);
  for (let round = 0; round < rounds; round += 1) {
    for (const stage of stages) forgetStage(flavour, stage);
    const { exitCode, stderr } = await phyllome(['build', flavour]);
    if (exitCode !== 0) throw new Error(stderr);
    const { stages: made } = JSON.parse(
      readFileSync(path.join(places.out, flavour, 'build.json'), 'utf8'),
    ) as BuildRecord;
    for (const [index, stage] of stages.entries()) {
      times[index]?.push((made.find(({ id }) => id === stage)?.milliseconds ?? Number.NaN) / 1000);
    }
  }
  return times.map((each) => each.sort((one, other) => one - other)[Math.floor(rounds / 2)] ?? Number.NaN);
}

console.log(
  `${cpus().length} processors, load ${loadavg()
    .map((load) => load.toFixed(1))
    .join(' ')}`,
);
await builtFlavour(disk);
const afterTree = ['configure', 'initramfs', 'disk', 'disk-qcow2'];
const ofDisk = await stageSeconds(disk, afterTree);
const sum = ofDisk.reduce((total, one) => total + one, 0);
say(`${sum.toFixed(1)} s`, `disk image of ${disk} from its cached root tree; wanted: 15`);
for (const [index, stage] of afterTree.entries()) say(`${ofDisk[index]?.toFixed(1)} s`, `  ${stage}`);

const { toolsRoot, cache } = await builtFlavour(installer);
const [installing = 0, live = 0] = await stageSeconds(installer, ['installer-iso', 'live-iso']);
say(`${installing.toFixed(1)} s`, 'the ISO that installs');
say(`${live.toFixed(1)} s`, 'the live ISO of the same system; wanted: at most 10 s less');

const { outputs } = JSON.parse(
  readFileSync(path.join(places.out, installer, 'manifest.json'), 'utf8'),
) as BuildManifest;
const fileOf = (output: string) => outputs.find((one) => one.output === output)?.files[0];
const larger = (fileOf('installer-iso')?.sizeBytes ?? 0) - (fileOf('live-iso')?.sizeBytes ?? 0);
say(`${mebibytes(larger).toFixed(1)} MiB`, 'the ISO that installs is larger; wanted: at most 25');

const runDir = runDirectory(places.out, 'copying');
const imageFile = path.join(places.out, installer, fileOf('installer-iso')?.file ?? '');
const { bytes, copied, streamed, written } = await measureCopying(imageFile, { toolsRoot, cacheDir: cache, runDir });
rmSync(runDir, { recursive: true });
const rate = (perSecond: number) => `${mebibytes(perSecond).toFixed(1)} MiB/s`;
say(rate(copied), `the installer’s copying of ${mebibytes(bytes).toFixed(0)} MiB`);
say(
  rate(streamed),
  `the same files into one by dd: the copying is ${((100 * copied) / streamed).toFixed(0)} % of that; wanted: 60`,
);
say(rate(written), 'as much written by dd, read from memory');
