import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { beforeEach, describe, expect, test } from 'vitest';
import {
  aHostForEach,
  at,
  doctor,
  entries,
  entry,
  inVolume,
  note,
  offer,
  put,
  system,
  told,
  update,
  versions,
} from './versioned-host.ts';

aHostForEach();

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
    expect(readFileSync(inVolume('system-2/etc/changed'), 'utf8')).toBe('since\n');
    expect(readFileSync(inVolume('system-2/etc/fstab'), 'utf8')).toBe(
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
    expect(existsSync(at('boot/efi/system-2'))).toBe(false);
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

  test('where an entry of the menu cannot be read, no kernel goes', () => {
    const kernel = at('boot/efi/phyllome/6.12/linux');
    put(kernel, 'kernel');
    entry('system-2-6.12+0-2', 2);
    rmSync(at('boot/efi/loader/entries/phyllome-6.12.conf'));
    mkdirSync(at('boot/efi/loader/entries/phyllome-6.12.conf'));
    system('start');
    expect(told(2, 'state')).toBe('given-up');
    expect([existsSync(kernel), existsSync(at('boot/efi/system-2'))]).toEqual([true, true]);
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
    for (const left of ['system-3.base', 'system-4.carried', 'system-5.carried']) mkdirSync(inVolume(left));
    rmSync(inVolume('system-5'), { recursive: true });
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
