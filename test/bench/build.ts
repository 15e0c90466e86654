// npm run bench:build — how long a maintainer waits, by the command line as a user would type it. Prints medians; asserts nothing.
import { appendFileSync, rmSync } from 'node:fs';
import { cpus } from 'node:os';
import path from 'node:path';
import { copyOfCheckout, forgetStage, phyllome, places } from '../e2e/image/phyllome.ts';

const flavour = process.argv[2] ?? 'headless';

async function seconds(args: readonly string[], checkout?: string): Promise<number> {
  const started = performance.now();
  const { exitCode, stderr } = await phyllome(args, checkout === undefined ? {} : { checkout });
  if (exitCode !== 0) throw new Error(`phyllome ${args.join(' ')} ended with ${exitCode}:\n${stderr}`);
  return (performance.now() - started) / 1000;
}

async function median(runs: number, prepare: () => void, args: readonly string[], checkout?: string): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    prepare();
    times.push(await seconds(args, checkout));
  }
  times.sort((left, right) => left - right);
  return times[Math.floor(runs / 2)] ?? Number.NaN;
}

console.log(`${flavour}, ${cpus().length} cores, cache ${places.cache}`);
await seconds(['build', flavour]);
const checkout = copyOfCheckout();
const edit = (file: string) => () => appendFileSync(path.join(checkout, 'overlays', file), '# changed\n');
const rows: [string, number][] = [
  ['nothing changed', await median(5, () => {}, ['build', flavour])],
  [
    'an overlay file that the initramfs does not contain',
    await median(
      3,
      edit('footprint/rootfs/usr/lib/systemd/journald.conf.d/50-phyllome.conf'),
      ['build', flavour],
      checkout,
    ),
  ],
  [
    'root tree from the download cache, offline',
    await median(1, () => forgetStage(flavour, 'root-tree'), ['build', flavour, '--offline']),
  ],
  ['initramfs', await median(1, () => forgetStage(flavour, 'initramfs'), ['build', flavour])],
];
rmSync(checkout, { recursive: true });
for (const [what, time] of rows) console.log(`${time.toFixed(1).padStart(7)} s  ${what}`);
