import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { product } from '../channels/release-sample.ts';
import { plainProgram } from '../plain-program.ts';
import { publicKey } from '../release/published-sample.ts';
import { checkout } from '../render/shipped.ts';

const overlay = path.join(checkout, 'overlays/releases/rootfs/usr');

/** Stands for minisign, which not every machine has: it verifies as that does, by this project's own reading of its format. */
const minisign = `
import { readFileSync } from 'node:fs';
import { parsePublicKey, verifySignature } from './scripts/signing/index.ts';
const [options = '', file = '', x = '', signature = '', p = '', key = ''] = process.argv.slice(2);
if (options !== '-Vqm' || x !== '-x' || p !== '-P') throw new Error('other options of minisign than these tests know');
const found = parsePublicKey(key);
const judged = 'fault' in found ? found : verifySignature(readFileSync(file), readFileSync(signature, 'utf8'), found);
process.exitCode = 'fault' in judged ? 1 : 0;
`;

let verifier = '';
let root = '';
/** A path on the host. */
export const at = (...name: string[]) => path.join(root, ...name);
const lineOfKey = readFileSync(publicKey, 'utf8').split('\n')[1] ?? '';
export const state = (name: string) => at('var/lib/phyllome/releases', name);

/** Writes a file of the host with what is above it. */
export function put(file: string, text: string): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** For the top of a file of tests: before each, a host that runs the release 2026.1. */
export function aHostForEach(): void {
  const scratch = mkdtempSync(path.join(tmpdir(), 'phyllome-releasing-'));
  beforeAll(() => {
    verifier = plainProgram(minisign);
  });
  afterAll(() => rmSync(scratch, { recursive: true, force: true }));
  beforeEach(() => {
    root = mkdtempSync(path.join(scratch, 'host-'));
    cpSync(path.join(overlay, 'lib/phyllome/releases'), at('usr/lib/phyllome/releases'), { recursive: true });
    put(at('usr/lib/phyllome/releases/system'), `${product} 2026.1\n`);
    put(at('usr/lib/phyllome/releases/keys'), `${lineOfKey}\n`);
    put(at('usr/lib/phyllome/releases/channel'), 'stable\n');
    put(at('usr/lib/phyllome/releases/address'), '/nowhere\n');
    put(at('etc/machine-id'), '0123456789abcdef0123456789abcdef\n');
    const programs = { minisign: `exec ${process.execPath} ${verifier} "$@"`, id: 'echo "${USER_ID:-0}"' };
    for (const [name, body] of Object.entries(programs)) {
      put(at('bin', name), `#!/bin/sh\n${body}\n`);
      chmodSync(at('bin', name), 0o755);
    }
    // Its clock says what a test says.
    put(
      at('bin/date'),
      '#!/bin/sh\n[ "$*" != +%s ] || [ -z "${CLOCK-}" ] || exec echo "$CLOCK"\nexec /bin/date "$@"\n',
    );
    chmodSync(at('bin/date'), 0o755);
  });
}

const environment = (env: Readonly<Record<string, string>>) => ({
  PATH: `${at('bin')}:${process.env.PATH}`,
  PHYLLOME_ROOT: root,
  ...env,
});

export interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs what people call. */
export function releases(args: readonly string[], env: Readonly<Record<string, string>> = {}): Outcome {
  const program = path.join(overlay, 'bin/phyllome-releases');
  const { status, stdout, stderr } = spawnSync('sh', [program, ...args], { encoding: 'utf8', env: environment(env) });
  return { status, stdout, stderr };
}

/** The same beside a web server of this process's. */
export function releasesOnline(args: readonly string[]): Promise<Outcome> {
  return new Promise((resolve) => {
    const program = path.join(overlay, 'bin/phyllome-releases');
    const child = spawn('sh', [program, ...args], { env: environment({}) });
    const told = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const) child[name].on('data', (piece) => (told[name] += String(piece)));
    child.on('close', (status) => resolve({ status, ...told }));
  });
}

/**
 * The same where the host's own files, and temporary ones, lie on a file system of that many pages, which runs full for real.
 * @param own what of it is there before, by its path below /var/lib/phyllome/releases
 */
export function releasesOnSmallDisk(pages: number, args: readonly string[]): Outcome & { readonly left: string } {
  const program = path.join(overlay, 'bin/phyllome-releases');
  const disk = at('disk');
  mkdirSync(disk, { recursive: true });
  mkdirSync(at('var/lib/phyllome/releases'), { recursive: true });
  const script = `
mount -t tmpfs -o size=${pages * 4096},nr_inodes=100 tmpfs "$DISK"
mkdir "$DISK/state" "$DISK/tmp"
cp -a "$STATE/." "$DISK/state"
mount --bind "$DISK/state" "$STATE"
status=0
TMPDIR=$DISK/tmp sh "$@" || status=$?
(cd "$DISK" && find . -type f ! -name lock -exec sh -c 'echo "$1: $(tr "\\n" " " < "$1")"' - {} \\; | sort) > "$LEFT" 2> /dev/null
exit $status`;
  const left = at('left');
  const { status, stdout, stderr } = spawnSync(
    'unshare',
    ['--user', '--map-root-user', '--mount', 'sh', '-euc', script, 'sh', program, ...args],
    { encoding: 'utf8', env: environment({ DISK: disk, STATE: at('var/lib/phyllome/releases'), LEFT: left }) },
  );
  return { status, stdout, stderr, left: readFileSync(left, 'utf8') };
}
