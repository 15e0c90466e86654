/** `npm run bench:render`: what a user waits for, in medians of whole program runs, beside the limits of the project. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { findPlaces } from '../../scripts/places/index.ts';

const RUNS = 9;
const scratch = mkdtempSync(path.join(tmpdir(), 'phyllome-bench-'));
const kickstarts = path.join(scratch, 'kickstarts');
const set = path.join(scratch, 'set');
const program = path.join(findPlaces().checkout, 'ci/phyllome');
const env = { ...process.env, PHYLLOME_CACHE: path.join(scratch, 'cache'), PHYLLOME_OUT: path.join(scratch, 'out') };

const CASES: readonly (readonly [title: string, args: readonly string[], limitMs?: number])[] = [
  ['list', ['list']],
  ['render nano', ['render', 'nano'], 300],
  ['render headless', ['render', 'headless'], 300],
  ['show headless', ['show', 'headless']],
  ['why headless iommu', ['why', 'headless', 'iommu']],
  ['diff nano headless', ['diff', 'nano', 'headless']],
  ['render --all --check', ['render', '--all', '--check', '--out', set], 1500],
];

/** Milliseconds of one run: from start to end, and of computing, which a busy machine does not change. */
function run(args: readonly string[]): { readonly wall: number; readonly cpu: number } {
  const computed = cpuOfChildren();
  const start = performance.now();
  const { status, stderr } = spawnSync(program, args, { env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${args.join(' ')}: exit ${status}\n${stderr}`);
  return { wall: performance.now() - start, cpu: cpuOfChildren() - computed };
}

/** `cutime` and `cstime` of proc(5), which count hundredths of a second. */
function cpuOfChildren(): number {
  const fields = readFileSync('/proc/self/stat', 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  return (Number(fields[13]) + Number(fields[14])) * 10;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

try {
  run(['list']); // Makes the bundle.
  run(['render', '--all', '--out', kickstarts]);
  run(['render', '--all', '--update', '--out', set]);
  console.log(
    `${readdirSync(kickstarts).length} kickstarts, ${availableParallelism()} cores, load ${loadavg()[0]?.toFixed(1)}, ${RUNS} runs each\n`,
  );
  const row = (cells: readonly string[]) =>
    console.log(cells.map((cell, index) => (index ? cell.padStart(10) : cell.padEnd(22))).join(''));
  row(['command', 'median', 'fastest', 'CPU', 'limit']);
  for (const [title, args, limit] of CASES) {
    const runs = Array.from({ length: RUNS }, () => run(args));
    const walls = runs.map(({ wall }) => wall);
    const numbers = [median(walls), Math.min(...walls), median(runs.map(({ cpu }) => cpu)), limit];
    row([title, ...numbers.map((ms) => (ms === undefined ? '' : `${Math.round(ms)} ms`))]);
  }
} finally {
  rmSync(scratch, { recursive: true });
}
