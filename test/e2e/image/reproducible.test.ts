import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inToolsTree } from '../../../scripts/process/index.ts';
import { toolsTree } from '../lab/environment.ts';
import { copyOfCheckout, forgetStage, phyllome, places, stagesMade } from './phyllome.ts';

/** `npm run test:reproducible` runs it: each flavour is built five times, which takes half an hour in all. */
const all = process.env.PHYLLOME_REPRODUCIBLE === 'all';

/** Debian's package `faketime` has it. */
const fakeClock = process.env.PHYLLOME_FAKE_CLOCK ?? '/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1';
/** As whom root can build, too. */
const somebody = process.getuid?.() === 0 ? userWithIds() : undefined;

const flavours: Readonly<Record<string, readonly string[]>> = {
  nano: ['live-iso', 'pxe', 'oci'],
  headless: ['live-iso'],
  'headless-disk': ['disk-raw', 'disk-qcow2'],
};

interface Elsewhere {
  /** From the command of a usual build to that of this one. */
  readonly command?: (program: string, argv: readonly string[]) => readonly [string, ...string[]];
  readonly env?: NodeJS.ProcessEnv;
  /** Whose the directories are: who cannot read what root has fetched. */
  readonly user?: string;
}

/** Caches and outputs that have nothing of the usual ones. */
let elsewhere = '';
beforeAll(() => {
  elsewhere = mkdtempSync(path.join(tmpdir(), 'phyllome-elsewhere-'));
  chmodSync(elsewhere, 0o755);
});
afterAll(() => execFileSync('rm', ['-rf', '--one-file-system', elsewhere]));

describe.skipIf(!all).each(Object.entries(flavours))('%s is the same', (flavour, outputs) => {
  const words = ['build', flavour, ...outputs.flatMap((output) => ['--output', output])];
  const sums = (out: string = places.out) => readFileSync(path.join(out, flavour, 'SHA256SUMS'), 'utf8');
  let first = '';

  /** Builds with an empty cache but for what was fetched, and answers the checksums. */
  function builtElsewhere(name: string, { command, env, user }: Elsewhere): string {
    const directory = path.join(elsewhere, `${flavour}-${name}`);
    const [out, cache] = [path.join(directory, 'out'), path.join(directory, 'cache')];
    shareFetched(cache, user === undefined);
    if (user !== undefined) execFileSync('chown', ['-R', `${user}:`, directory]);
    const program = path.join(places.checkout, 'ci/phyllome');
    const asked = [...words, ...(user === undefined ? ['--offline'] : [])];
    const [argv0, ...argv] = command?.(program, asked) ?? [program, ...asked];
    const own = { CI: '1', NO_COLOR: '1', PHYLLOME_OUT: out, PHYLLOME_CACHE: cache, HOME: directory };
    execFileSync(argv0, argv, {
      env: { ...process.env, ...own, ...env },
      cwd: '/',
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    return sums(out);
  }

  beforeAll(async () => {
    const { exitCode, stderr } = await phyllome(words);
    expect(exitCode, stderr).toBe(0);
    first = sums();
  });

  test('with a warm cache that lacks the outputs alone', async () => {
    for (const output of outputs) forgetStage(flavour, output);
    const { exitCode, stderr } = await phyllome(words);
    expect(exitCode, stderr).toBe(0);
    expect(stagesMade(flavour)).toEqual(expect.arrayContaining([...outputs]));
    expect(sums()).toBe(first);
  });

  test('by a checkout at another path, under another umask, time zone and locale, by one processor, with an empty cache', () => {
    const checkout = copyOfCheckout();
    const env = { TZ: 'Pacific/Kiritimati', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8', LANGUAGE: 'tr' };
    const command = (_: string, argv: readonly string[]) =>
      ['sh', '-euc', 'umask 077; exec taskset -c 0 "$0" "$@"', path.join(checkout, 'ci/phyllome'), ...argv] as const;
    try {
      expect(builtElsewhere('apart', { command, env })).toBe(first);
    } finally {
      rmSync(checkout, { recursive: true });
    }
  });

  test.skipIf(!existsSync(fakeClock))('with the clock a year later', () => {
    const programs = path.join(elsewhere, 'programs');
    mkdirSync(programs, { recursive: true });
    writeFileSync(path.join(programs, 'bwrap'), laterInside, { mode: 0o755 });
    const env = { PATH: `${programs}:${process.env.PATH}` };
    const [program, ...argv] = inToolsTree(toolsTree(), ['date', '+%s']);
    const told = Number(execFileSync(path.join(programs, program), argv, { env, encoding: 'utf8' }));
    expect(told - Date.now() / 1000).toBeGreaterThan(364 * 86_400);
    expect(builtElsewhere('later', { env })).toBe(first);
  });

  test.skipIf(somebody === undefined)('by an ordinary user', () => {
    const user = somebody ?? '';
    const command = (program: string, argv: readonly string[]) =>
      ['runuser', '-u', user, '--', program, ...argv] as const;
    expect(imagesIn(builtElsewhere('somebody', { command, user }))).toEqual(imagesIn(first));
    const out = path.join(elsewhere, `${flavour}-somebody`, 'out');
    expect(toldIn(path.join(out, flavour))).toEqual(toldIn(path.join(places.out, flavour)));
  });
});

/**
 * In the place of bubblewrap, in which all programs run that make something of an image: the time that they are told is a year later.
 * bubblewrap's last options count, and /run is a file system of its own wherever it is used. Programs that packages run at installation, in
 * a root of their own, do not find the library, and see the real clock.
 */
const laterInside = `#!/bin/bash
options=()
while [ $# -gt 0 ] && [ "$1" != -- ]; do options+=("$1"); shift; done
# dracut packs every library that its programs load.
case "$*" in *dracut*) later=() ;; *) later=(--ro-bind '${fakeClock}' /run/later.so --setenv LD_PRELOAD /run/later.so --setenv FAKETIME +365d
  --setenv NO_FAKE_STAT 1 --setenv FAKETIME_DONT_FAKE_MONOTONIC 1 --setenv FAKETIME_DISABLE_SHM 1) ;; esac
PATH=\${PATH#*:}
exec bwrap "\${options[@]}" "\${later[@]}" "$@"
`;

/** Lines of the images: what is said of them names the tools, which are fetched anew where nobody else's can be read. */
const imagesIn = (sums: string): readonly string[] => sums.split('\n').filter((line) => !/(?:\.json|\.gz)$/.test(line));

/** What is said of the images, without the tools. */
function toldIn(directory: string): unknown {
  const read = (name: string) => JSON.parse(readFileSync(path.join(directory, name), 'utf8')) as object;
  const files = createHash('sha256')
    .update(readFileSync(path.join(directory, 'files.gz')))
    .digest('hex');
  return { manifest: read('manifest.json'), contents: { ...read('contents.json'), tools: [] }, files };
}

/** Files of packages; and tools tree and indexes, for who may read them there. */
function shareFetched(cache: string, withStages: boolean): void {
  for (const name of ['packages', 'stages']) mkdirSync(path.join(cache, name), { recursive: true });
  const isPackage = (file: string) => file.endsWith('.deb') || path.basename(file) === 'packages';
  cpSync(path.join(places.cache, 'packages'), path.join(cache, 'packages'), { recursive: true, filter: isPackage });
  if (!withStages) return;
  for (const name of readdirSync(path.join(places.cache, 'stages'))) {
    if (!/^(?:tools|index)-[\da-f]+$/.test(name)) continue;
    symlinkSync(path.join(places.cache, 'stages', name), path.join(cache, 'stages', name));
  }
}

function userWithIds(): string | undefined {
  if (!existsSync('/etc/subuid')) return undefined;
  const names = readFileSync('/etc/subuid', 'utf8')
    .split('\n')
    .map((line) => line.split(':')[0] ?? '');
  return names.find((name) => name !== '' && name !== 'root');
}
