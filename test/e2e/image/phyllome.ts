import { execFile, execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
} from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findPlaces } from '../../../scripts/places/index.ts';
import { StageCache } from '../../../scripts/plan/index.ts';
import { inNamespaces, isAlive, markOf, pidOf, privilegeOf } from '../../../scripts/process/index.ts';

/** The directories that this test run may fill; `ci/test` sets them for the user who runs it. */
export const places = findPlaces();

export interface Outcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command line as a user would and answers how it ended. */
export function phyllome(
  args: readonly string[],
  options: { env?: NodeJS.ProcessEnv; checkout?: string; onStart?: (pid: number) => void } = {},
): Promise<Outcome> {
  const program = path.join(options.checkout ?? places.checkout, 'ci/phyllome');
  return new Promise((resolve) => {
    const env = {
      ...process.env,
      CI: '1',
      NO_COLOR: '1',
      PHYLLOME_OUT: places.out,
      PHYLLOME_CACHE: places.cache,
      ...options.env,
    };
    const child = execFile(program, args, { env, maxBuffer: 64 * 2 ** 20 }, (error, stdout, stderr) => {
      resolve({ exitCode: error ? Number(error.code ?? 1) : 0, stdout, stderr });
    });
    if (child.pid !== undefined) options.onStart?.(child.pid);
  });
}

/** Waits until a build is in the middle of making something for the cache, or has ended. */
export async function untilItMakes(pid: number): Promise<void> {
  const { temporaryRoot } = new StageCache(places.cache);
  const isItsOwn = (name: string) => pidOf(name.split('.')[1] ?? '') === pid;
  while (markOf(pid) !== undefined && !(existsSync(temporaryRoot) && readdirSync(temporaryRoot).some(isItsOwn))) {
    await sleep(50);
  }
}

/** A copy of the checkout's sources that a test may change; packages are shared with the original. */
export function copyOfCheckout(): string {
  const copy = mkdtempSync(path.join(places.out, 'checkout-'));
  for (const entry of ['ci', 'kickstarts', 'overlays', 'scripts', 'package.json', 'package-lock.json', 'tsconfig.json'])
    cpSync(path.join(places.checkout, entry), path.join(copy, entry), { recursive: true, verbatimSymlinks: true });
  const packages = path.join(places.checkout, 'node_modules');
  mkdirSync(path.join(copy, 'node_modules'));
  for (const entry of readdirSync(packages, { withFileTypes: true })) {
    const from = path.join(packages, entry.name);
    // A package of the workspace is the copy's own.
    symlinkSync(entry.isSymbolicLink() ? readlinkSync(from) : from, path.join(copy, 'node_modules', entry.name));
  }
  return copy;
}

interface BuildRecord {
  readonly stages: readonly { readonly id: string; readonly key: string; readonly reused: boolean }[];
}

/** Which stages the last build of a flavour had to make. */
export function stagesMade(flavour: string, out: string = places.out): string[] {
  return recordOf(flavour, out)
    .stages.filter((stage) => !stage.reused)
    .map((stage) => stage.id);
}

/** Takes a stage's output of the flavour's last build out of the cache. */
export function forgetStage(flavour: string, id: string): void {
  inCache(['rm', '-r', stageDirectory(flavour, id)]);
}

/** Runs something while a stage's output of the flavour's last build is not in the cache. */
export async function withoutStage(flavour: string, id: string, action: () => Promise<void>): Promise<void> {
  const directory = stageDirectory(flavour, id);
  const aside = path.join(places.out, path.basename(directory));
  inCache(['mv', directory, aside]);
  try {
    await action();
  } finally {
    inCache(['mv', aside, directory]);
  }
}

function stageDirectory(flavour: string, id: string): string {
  const key = recordOf(flavour, places.out).stages.find((stage) => stage.id === id)?.key;
  return path.join(places.cache, 'stages', `${id}-${key}`);
}

/** As who made what is in the cache. */
function inCache(argv: readonly [string, ...string[]]): void {
  const [program, ...rest] = inNamespaces(privilegeOf(), argv);
  execFileSync(program, rest);
}

function recordOf(flavour: string, out: string): BuildRecord {
  return JSON.parse(readFileSync(path.join(out, flavour, 'build.json'), 'utf8')) as BuildRecord;
}

/**
 * Mounts below our directories, and half-made outputs and locks that no living process has: tests of machines may build
 * beside. All must be empty whenever nothing of ours runs.
 */
export function leftovers(): string[] {
  const mounts = readFileSync('/proc/mounts', 'utf8')
    .split('\n')
    .map((line) => line.split(' ')[1] ?? '')
    .filter((target) => target.startsWith(places.cache) || target.startsWith(places.out));
  const cache = new StageCache(places.cache);
  const abandonedLocks = (existsSync(cache.locks) ? readdirSync(cache.locks) : []).filter((name) => {
    try {
      return !isAlive(readFileSync(path.join(cache.locks, name), 'utf8'));
    } catch {
      return false; // Released between the two looks.
    }
  });
  return [...mounts, ...cache.abandoned(), ...abandonedLocks];
}
