import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { checkout } from '../render/shipped.ts';

const overlay = path.join(checkout, 'overlays/versions/rootfs');
const scratch = mkdtempSync(path.join(tmpdir(), 'phyllome-versions-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

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
let volume = '';
const at = (...name: string[]) => path.join(root, ...name);
const entries = () => readdirSync(at('boot/efi/loader/entries')).sort();

function put(file: string, text: string): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function entry(name: string, version: number, more = ''): void {
  const directory = name.replace(/-6\.12.*/, '');
  put(
    at('boot/efi/loader/entries', `${name}.conf`),
    `title T\nversion ${version}\nsort-key 0\noptions root=PARTUUID=1 ro rootflags=subvol=system-${version} quiet${more}\nlinux /${directory}/6.12/linux\n`,
  );
  put(at('boot/efi', directory, '6.12/linux'), '');
}

function note(version: number, what: Readonly<Record<string, string>>): void {
  mkdirSync(path.join(volume, `system-${version}`), { recursive: true });
  for (const [name, text] of Object.entries(what))
    put(path.join(volume, '.phyllome', String(version), name), `${text}\n`);
}
const told = (version: number, what: string) =>
  readFileSync(path.join(volume, '.phyllome', String(version), what), 'utf8').trim();
const versions = () =>
  readdirSync(volume)
    .filter((name) => name.startsWith('system-'))
    .sort();

beforeEach(() => {
  root = mkdtempSync(path.join(scratch, 'host-'));
  volume = at('run/phyllome-update/private/volume');
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
  mkdirSync(path.join(volume, 'system-1'), { recursive: true });
  entry('phyllome-6.12', 1);
});

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
const update = (args: readonly string[], env = {}) => runs('usr/bin/phyllome-update', args, env);
const system = (step: string, env = {}) => runs('usr/libexec/phyllome-version', [step], env);
const doctor = (id: string) => `    {"id": "${id}", "status": "fail", "summary": "${id} is wrong", "advice": ""},`;
const offer = 'Inst probe [1] (2 tests [all])';

describe('phyllome-update', () => {
  test('tells what runs, as words and as a document', () => {
    expect(update(['status'])).toEqual({ status: 0, stdout: 'version 1 (runs): kept\n', stderr: '' });
    note(2, { state: 'given-up', reason: 'a "quoted" \\ reason' });
    expect(JSON.parse(update(['status', '--json']).stdout)).toEqual({
      schema: 1,
      runs: 1,
      backTo: null,
      versions: [
        { version: 1, state: 'kept', reason: '' },
        { version: 2, state: 'given-up', reason: 'a "quoted" \\ reason' },
      ],
    });
  });

  test.each([
    [['status'], { RUNS: '' }, 1, /no version of a volume of Btrfs/],
    [['status'], { USER_ID: '1000' }, 1, /wants root\n {2}Say: sudo phyllome-update status/],
    [['aply'], {}, 2, /there is no command aply/],
    [[], {}, 2, /what to do\?/],
    [['apply', '--now'], {}, 2, /apply has no --now/],
    [['rollback'], {}, 1, /no other version that was kept/],
    [['rollback', 'two'], {}, 2, /wants the number of a version/],
    [['forget', '7'], {}, 1, /there is no version 7\n {2}There are: 1/],
    [['forget', '1'], {}, 1, /version 1 runs/],
    [['apply'], { OFFER: offer, FREE: '100' }, 1, /the volume has 100 MiB left/],
  ] as const)('%j with %j is refused with %i', (args, env, status, words) => {
    const outcome = update(args, env);
    expect(outcome.status).toBe(status);
    expect(outcome.stderr).toMatch(words);
    expect(versions()).toEqual(['system-1']);
  });

  test('tells which files both sides have changed', () => {
    note(1, { state: 'kept', both: 'etc/one\netc/the other' });
    expect(update(['status']).stdout).toMatch(
      /^version 1 \(runs\): kept\nchanged by this host .*:\n {2}\/etc\/one\n {2}\/etc\/the other\n$/,
    );
  });

  test('makes a version of what the repositories offer', () => {
    const made = update(['apply'], { OFFER: `${offer}\nInst new (3 tests [all])\nRemv old [4]` });
    expect(made.stderr).toBe('');
    expect(made.stdout).toContain('  new      new 3\n  updated  probe 1 → 2\n  gone     old 4\n');
    expect([made.status, told(2, 'state'), told(2, 'from')]).toEqual([0, 'prepared', '1']);
    // The menu does not have it before everything is taken over.
    expect(entries()).toEqual(['phyllome-6.12.conf']);
    expect(update(['apply'], { OFFER: `${offer}\nInst new (3 tests [all])\nRemv old [4]` }).stdout).toMatch(
      /has these packages already/,
    );
  });

  test('leaves nothing of a version that cannot be made', () => {
    const failed = update(['apply'], { OFFER: offer, IN_VERSION: '100' });
    expect(failed.status).toBe(1);
    expect(failed.stderr).toMatch(/could not be installed in the copy; what runs has not changed/);
    expect(versions()).toEqual(['system-1']);
    expect(existsSync(path.join(volume, '.phyllome/2'))).toBe(false);
  });

  test('says that there is nothing to do', () => {
    expect(update(['apply']).stdout).toBe('phyllome-update: version 1 is up to date\n');
    expect(update(['check'], { OFFER: offer })).toMatchObject({ status: 1, stdout: '  updated  probe 1 → 2\n' });
  });

  test('does not make what was given up before, unless told', () => {
    update(['apply'], { OFFER: offer });
    put(path.join(volume, '.phyllome/2/state'), 'given-up\n');
    expect(update(['apply'], { OFFER: offer }).stderr).toMatch(/version 2 had just these packages and was given up/);
    expect(update(['apply', '--again'], { OFFER: offer }).status).toBe(0);
    expect(told(3, 'state')).toBe('prepared');
    // Of another version the same packages make another system.
    note(2, { from: '9' });
    expect(update(['apply'], { OFFER: offer }).status).toBe(0);
  });

  test('does not go back to what was never kept', () => {
    note(2, { state: 'given-up', reason: 'bad' });
    expect(update(['rollback', '2']).stderr).toMatch(/version 2 was never kept: given up: bad/);
  });
});

describe('at the end of the system', () => {
  beforeEach(() => void update(['apply'], { OFFER: offer }));

  test('what was prepared gets two tries, before all others', () => {
    put(at('etc/changed'), 'since\n');
    put(at('etc/fstab'), `${readFileSync(at('etc/fstab'), 'utf8')}LABEL=data /srv ext4 nofail 0 0\n`);
    put(at('etc/kernel/cmdline'), 'root=PARTUUID=1 ro rootflags=subvol=system-1 quiet added\n');
    expect(system('switch')).toMatchObject({ status: 0, stderr: '' });
    expect(entries()).toEqual(['phyllome-6.12.conf', 'system-2-6.12+2.conf']);
    expect(readFileSync(at('boot/efi/loader/entries/phyllome-6.12.conf'), 'utf8')).toContain('sort-key 1\n');
    expect(readFileSync(at('boot/efi/loader/entries/system-2-6.12+2.conf'), 'utf8')).toMatch(
      /^sort-key 0\noptions root=PARTUUID=1 ro rootflags=subvol=system-2 quiet added panic=10 .* phyllome\.trial\nlinux \/system-2\/6\.12\/linux$/m,
    );
    expect(readFileSync(path.join(volume, 'system-2/etc/changed'), 'utf8')).toBe('since\n');
    expect(readFileSync(path.join(volume, 'system-2/etc/fstab'), 'utf8')).toBe(
      'PARTUUID=1 / btrfs subvol=system-2,defaults 0 0\nLABEL=data /srv ext4 nofail 0 0\n',
    );
    expect(told(2, 'state')).toBe('trial');
    expect(versions()).toEqual(['system-1', 'system-2', 'system-2.start']);
  });

  test('what was made of another version is not tried', () => {
    note(2, { from: '7' });
    system('switch');
    expect([entries(), told(2, 'state')]).toEqual([['phyllome-6.12.conf'], 'prepared']);
  });

  test('is not tried where packages have changed since', () => {
    put(at('var/lib/dpkg/status'), 'others\n');
    expect(system('switch').stderr).toMatch(/packages have changed since version 2 was made/);
    expect([entries(), versions()]).toEqual([['phyllome-6.12.conf'], ['system-1']]);
  });
});

describe('at a start', () => {
  beforeEach(() => note(2, { state: 'trial', from: '1' }));

  test('a version whose tries are used up is given up, and the banner is told', () => {
    entry('system-2-6.12+0-2', 2);
    const { stderr } = system('start');
    const reason = 'it did not come up in two tries; the last words of the start before: kernel: the last words';
    expect(stderr).toBe(`phyllome-update: version 2 was given up: ${reason}\n`);
    expect([told(2, 'state'), told(2, 'reason')]).toEqual(['given-up', reason]);
    expect(entries()).toEqual(['phyllome-6.12.conf']);
    expect(existsSync(at('boot/efi/system-2'))).toBe(false);
    expect(readFileSync(at('run/phyllome-update/given-up'), 'utf8')).toBe(
      `the update to version 2 was given up: ${reason}\n`,
    );
    expect(readFileSync(at('run/phyllome-update/events'), 'utf8')).toBe(`given-up 2 ${reason}\n`);
  });

  test('of an older one that was given up the banner says nothing', () => {
    note(2, { state: 'given-up', reason: 'bad' });
    system('start');
    expect(existsSync(at('run/phyllome-update/given-up'))).toBe(true);
    note(3, { state: 'kept' });
    system('start', { RUNS: 'system-3' });
    expect(existsSync(at('run/phyllome-update/given-up'))).toBe(false);
  });

  test('what a power cut has left is cleared up, or brought to its end', () => {
    note(3, { state: 'making' });
    note(4, { state: 'prepared' });
    note(5, { state: 'prepared' });
    for (const left of ['system-3.base', 'system-4.carried', 'system-5.carried']) mkdirSync(path.join(volume, left));
    rmSync(path.join(volume, 'system-5'), { recursive: true });
    system('start');
    expect(versions()).toEqual(['system-1', 'system-2', 'system-4', 'system-5']);
  });

  test('one that has a try left is not', () => {
    entry('system-2-6.12+1-1', 2);
    expect(system('start').stderr).toBe('');
    expect(told(2, 'state')).toBe('trial');
  });

  test('the administrator’s programs are told, whatever becomes of one', () => {
    put(at('run/phyllome-update/events'), 'given-up 2 the  reason\nrolled-back 1\n');
    for (const [name, body] of [
      ['10-bad', 'exit 9'],
      ['20-mail', `echo "$1|$2|$3" >> ${at('mail')}`],
    ] as const) {
      put(at('etc/phyllome/update.d', name), `#!/bin/sh\n${body}\n`);
      chmodSync(at('etc/phyllome/update.d', name), 0o755);
    }
    expect(system('tell').stdout).toMatch(/10-bad ended with 9/);
    expect(readFileSync(at('mail'), 'utf8')).toBe('given-up|2|the  reason\nrolled-back|1|\n');
  });
});

describe('a version on trial', () => {
  const inTwo = { RUNS: 'system-2' };
  beforeEach(() => {
    note(1, { state: 'kept' });
    note(2, { state: 'trial', from: '1', wrong: 'old-trouble' });
    entry(
      'system-2-6.12',
      2,
      ' panic=10 systemd.crash_action=reboot rd.shell=0 rd.emergency=reboot rd.timeout=120 phyllome.trial',
    );
  });

  test('passes with what was wrong before', () => {
    expect(system('gate', { ...inTwo, DOCTOR: doctor('old-trouble') })).toMatchObject({ status: 0, stderr: '' });
  });

  test('is no good with what was not wrong before, and the unit’s own words are told', () => {
    put(at('bin/systemctl'), '#!/bin/sh\necho "bad.service loaded failed failed"\n');
    put(at('bin/sleep'), '#!/bin/sh\necho +1 hour > "$CLOCK"\n');
    // Time goes on while it waits.
    put(at('bin/date'), '#!/bin/sh\nexec /bin/date --date="$(cat "$CLOCK" 2> /dev/null || echo now)" "$@"\n');
    for (const name of ['systemctl', 'sleep', 'date']) chmodSync(at('bin', name), 0o755);
    const judged = system('gate', {
      ...inTwo,
      DOCTOR: `${doctor('old-trouble')}\n${doctor('failed-units')}`,
      CLOCK: at('clock'),
    });
    const reason = 'failed-units is wrong; bad.service said: kernel: the last words';
    expect(judged).toMatchObject({ status: 1, stderr: `phyllome-update: this version is no good: ${reason}\n` });
    expect(told(2, 'reason')).toBe(reason);
  });

  test('is kept: its entry is as usual, and only what may be gone back to stays', () => {
    note(3, { state: 'given-up' });
    note(4, { state: 'given-up' });
    note(5, { state: 'left', pinned: 'yes' });
    note(6, { state: 'left' });
    expect(system('kept', inTwo).stdout).toContain('version 2 is kept');
    expect(told(2, 'state')).toBe('kept');
    const kept = readFileSync(at('boot/efi/loader/entries/system-2-6.12.conf'), 'utf8');
    expect(kept).toMatch(/^options root=PARTUUID=1 ro rootflags=subvol=system-2 quiet$/m);
    expect(versions()).toEqual(['system-1', 'system-2', 'system-4', 'system-5']);
  });

  test('that comes to an emergency restarts, and one that was kept does not', () => {
    put(at('proc/cmdline'), 'quiet phyllome.trial\n');
    put(at('bin/systemctl'), `#!/bin/sh\necho "$*" >> ${at('asked')}\n`);
    chmodSync(at('bin/systemctl'), 0o755);
    system('emergency');
    expect(readFileSync(at('asked'), 'utf8')).toBe('--force reboot\n');
    put(at('run/phyllome-update/kept'), '');
    system('emergency');
    expect(readFileSync(at('asked'), 'utf8')).toBe('--force reboot\n');
  });
});
