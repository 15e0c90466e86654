import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeEach } from 'vitest';
import { checkout } from '../render/shipped.ts';

const overlay = path.join(checkout, 'overlays/versions/rootfs');

/** Stand-ins for what wants a volume of Btrfs and root: a snapshot is a copy, and the volume a directory. */
const programs: Readonly<Record<string, string>> = {
  findmnt: 'case $* in *FSROOT*) echo "/${RUNS}";; *) echo /dev/vda2;; esac',
  id: 'echo "${USER_ID:-0}"',
  mountpoint: 'exit 1',
  mount: ':',
  umount: ':',
  sync: ':',
  journalctl: 'echo "kernel: the last words"',
  'phyllome-doctor': 'printf "%s\\n" "$DOCTOR"',
  btrfs: `shift; case "$1 $2" in
  "subvolume snapshot") shift 2; [ "$1" != -r ] || shift; mkdir "$2"; cp -a "$1"/etc "$1"/var "$1"/boot "$1"/usr "$2"/ 2> /dev/null || :;;
  "subvolume delete") rm -rf "$4";;
esac`,
  'apt-get': 'case "$*" in *--simulate*) printf "%s\\n" "$OFFER";; esac',
  // What happens in the copy.
  unshare: 'exit "${IN_VERSION:-0}"',
  df: 'printf "Avail\\n%s\\n" "${FREE:-9000}"',
};

let root = '';
/** A path in the system that runs. */
export const at = (...name: string[]) => path.join(root, ...name);
/** A path on the volume with all versions. */
export const inVolume = (...name: string[]) => at('run/phyllome-update/private/volume', ...name);
/** The files of the boot menu. */
export const entries = () => readdirSync(at('boot/efi/loader/entries')).sort();

/** Writes a file with what is above it. */
export function put(file: string, text: string): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** An entry of the boot menu for a version, with its kernel. */
export function entry(name: string, version: number, more = ''): void {
  const directory = name.replace(/-6\.12.*/, '');
  put(
    at('boot/efi/loader/entries', `${name}.conf`),
    `title T\nversion ${version}\nsort-key 0\noptions root=PARTUUID=1 ro rootflags=subvol=system-${version} quiet${more}\nlinux /${directory}/6.12/linux\n`,
  );
  put(at('boot/efi', directory, '6.12/linux'), '');
}

/** Makes a version, and notes what is known of it. */
export function note(version: number, what: Readonly<Record<string, string>>): void {
  mkdirSync(inVolume(`system-${version}`), { recursive: true });
  for (const [name, text] of Object.entries(what)) put(inVolume('.phyllome', String(version), name), `${text}\n`);
}
/** What is known of a version. */
export const told = (version: number, what: string) =>
  readFileSync(inVolume('.phyllome', String(version), what), 'utf8').trim();
/** All subvolumes of versions. */
export const versions = () =>
  readdirSync(inVolume())
    .filter((name) => name.startsWith('system-'))
    .sort();

/** For the top of a file of tests: before each, a system of one version. */
export function aHostForEach(): void {
  const scratch = mkdtempSync(path.join(tmpdir(), 'phyllome-versions-'));
  afterAll(() => rmSync(scratch, { recursive: true, force: true }));
  beforeEach(() => {
    root = mkdtempSync(path.join(scratch, 'host-'));
    for (const [name, body] of Object.entries(programs)) {
      put(at('bin', name), `#!/bin/sh\n${body}\n`);
      chmodSync(at('bin', name), 0o755);
    }
    for (const directory of ['usr/lib/phyllome', 'usr/sbin']) mkdirSync(at(directory), { recursive: true });
    spawnSync('cp', ['-r', path.join(overlay, 'usr/lib/phyllome/update'), at('usr/lib/phyllome')]);
    put(at('etc/fstab'), 'PARTUUID=1 / btrfs subvol=system-1,defaults 0 0\n');
    put(at('etc/kernel/cmdline'), 'root=PARTUUID=1 ro rootflags=subvol=system-1 quiet\n');
    put(at('boot/vmlinuz-6.12'), 'kernel');
    put(at('boot/initrd.img-6.12'), 'initramfs');
    put(at('var/lib/dpkg/status'), 'packages\n');
    put(at('proc/cmdline'), 'quiet\n');
    mkdirSync(at('var/log'), { recursive: true });
    mkdirSync(inVolume('system-1'), { recursive: true });
    entry('phyllome-6.12', 1);
  });
}

function runs(program: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const { status, stdout, stderr } = spawnSync('sh', [path.join(overlay, program), ...args], {
    encoding: 'utf8',
    env: {
      PATH: `${at('bin')}:${process.env.PATH}`,
      PHYLLOME_ROOT: root,
      RUNS: 'system-1',
      DOCTOR: '',
      OFFER: '',
      ...env,
    },
  });
  return { status, stdout, stderr };
}
/** Runs what people call. */
export const update = (args: readonly string[], env = {}) => runs('usr/bin/phyllome-update', args, env);
/** Runs what the system calls when it starts and stops. */
export const system = (step: string, env = {}) => runs('usr/libexec/phyllome-version', [step], env);
/** What the doctor says of something that is wrong. */
export const doctor = (id: string) =>
  `    {"id": "${id}", "status": "fail", "summary": "${id} is wrong", "advice": ""},`;
/** What the repositories have, in the words of apt. */
export const offer = 'Inst probe [1] (2 tests [all])';
