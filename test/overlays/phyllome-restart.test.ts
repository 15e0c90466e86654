import { chmodSync, existsSync, readFileSync } from 'node:fs';
import { beforeEach, describe, expect, test } from 'vitest';
import { aHostForEach, at, note, put, system, told, update } from './versioned-host.ts';

aHostForEach();

const back = () => at('var/lib/libvirt/phyllome-guests-back');
const asked = () => (existsSync(at('asked')) ? readFileSync(at('asked'), 'utf8').split('\n').slice(0, -1) : []);

/** Programs of the host that note what they were asked; guests are files below `guests/` that hold their states. */
function program(name: string, body: string): void {
  put(at('bin', name), `#!/bin/sh\n${body}\n`);
  chmodSync(at('bin', name), 0o755);
}

const virsh = () => `
shift
guests=${at('guests')}
case $1 in
  list) cd "$guests" && grep -lx running * || : ; exit ;;
  domstate) cat "$guests/$2"; exit ;;
esac
echo "$*" >> ${at('asked')}
[ ! -e "$guests/$2.$1-fails" ] || exit 1
case $1 in
  shutdown) [ -e "$guests/$2.deaf" ] || echo 'shut off' > "$guests/$2" ;;
  managedsave) echo 'shut off' > "$guests/$2" ;;
  start) echo running > "$guests/$2" ;;
esac`;

/** Monday, at that time. */
const clock = (time: string) => ({ NOW: `2026-11-30 ${time}` });
const guest = (name: string, state = 'running') => put(at('guests', name), `${state}\n`);

beforeEach(() => {
  note(2, { state: 'prepared', from: '1' });
  program('virsh', virsh());
  program('systemctl', `echo "systemctl $*" >> ${at('asked')}`);
  program('systemd-run', `echo "systemd-run $*" >> ${at('asked')}`);
  program('sleep', ':');
  program(
    'date',
    'case "$*" in\n  *yesterday*) shift; exec /bin/date --date="$NOW yesterday" "$@";;\n  +%H:%M | +%a) exec /bin/date --date="${NOW:-now}" "$@";;\nesac\nexec /bin/date "$@"',
  );
  put(at('guests/off'), 'shut off\n');
  put(at('var/lib/libvirt/there'), '');
});

describe('a restart and guests', () => {
  test('there is none while guests run, unless it is said what becomes of them', () => {
    guest('db');
    guest('web');
    expect(update(['restart'])).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/guests run that are kept: db, web\n {2}Shut/),
    });
    expect(update(['apply', '--restart']).stderr).toMatch(/guests run that are kept: db, web/);
    expect([asked(), existsSync(back())]).toEqual([[], false]);
    expect(update(['restart', '--guests', 'shutdown'])).toMatchObject({ status: 0, stderr: '' });
    expect(asked()).toEqual(['shutdown web', 'shutdown db', 'systemctl reboot']);
    expect(readFileSync(back(), 'utf8')).toBe('db\nweb\n');
  });

  test('each is stopped as its line says, from the last to the first, and they come back in the other order', () => {
    for (const name of ['a b', 'router', 'web', 'desk']) guest(name);
    put(at('etc/phyllome/update-guests'), '# order\nshutdown router\nsave a b\nshutdown *\nsave desk\n');
    expect(update(['restart'])).toMatchObject({ status: 0, stderr: '' });
    expect(asked()).toEqual([
      'shutdown web',
      'managedsave desk',
      'managedsave a b',
      'shutdown router',
      'systemctl reboot',
    ]);
    expect(readFileSync(back(), 'utf8')).toBe('router\na b\ndesk\nweb\n');
    // libvirt has started one that is marked for autostart.
    guest('desk');
    expect(system('guests')).toMatchObject({ status: 0, stderr: '' });
    expect(asked().slice(5)).toEqual(['start router', 'start a b', 'start web']);
    expect(existsSync(back())).toBe(false);
  });

  test('one that is kept by its line prevents it before any other is touched', () => {
    guest('router');
    guest('web');
    put(at('etc/phyllome/update-guests'), 'keep router\n');
    expect(update(['restart', '--guests', 'shutdown']).stderr).toMatch(/guests run that are kept: router\n/);
    expect(asked()).toEqual([]);
    guest('router', 'shut off');
    expect(update(['restart', '--guests', 'shutdown']).status).toBe(0);
  });

  test.each([
    ['does not shut down', 'db.deaf', 'shutdown', 'shutdown db'],
    ['cannot be saved', 'db.managedsave-fails', 'save', 'managedsave db'],
  ])('where one %s, the others run again and there is no restart', (_, trouble, action, last) => {
    for (const name of ['db', 'web']) guest(name);
    put(at('guests', trouble), '');
    const outcome = update(['restart', '--guests', action]);
    expect(outcome).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/guest db could not be stopped \((shutdown|save)\): no restart/),
    });
    expect(asked().slice(1)).toEqual([last, 'start web']);
    expect(existsSync(back())).toBe(false);
  });

  test('that does not start again is told by its name, and the others start', () => {
    put(back(), 'db\nweb\n');
    for (const name of ['db', 'web']) guest(name, 'shut off');
    put(at('guests/db.start-fails'), '');
    expect(system('guests')).toMatchObject({ status: 1, stderr: expect.stringMatching(/did not start again: db \n/) });
    expect(readFileSync(at('guests/web'), 'utf8')).toBe('running\n');
    // What the next start tries once more, whichever version that is.
    expect(readFileSync(back(), 'utf8')).toBe('db\n');
  });

  test('a policy that means nothing is told, and nothing is stopped', () => {
    guest('db');
    put(at('etc/phyllome/update-guests'), 'stop db\n');
    expect(update(['restart']).stderr).toMatch(/update-guests: there is no stop/);
    expect(asked()).toEqual([]);
  });
});

describe('the window', () => {
  test.each([
    ['02:00-05:00', '02:00', true],
    ['02:00-05:00', '08:09', false],
    ['22:00-04:00', '23:59', true],
    ['22:00-04:00', '03:59', true],
    ['22:00-04:00', '04:00', false],
    ['Mon 02:00-05:00', '03:00', true],
    ['Sat,Sun 02:00-05:00', '03:00', false],
    // Monday at three is still Sunday's.
    ['Sat,Sun 22:00-04:00', '03:00', true],
    ['Mon 22:00-04:00', '03:00', false],
  ] as const)('%s at %s: %s', (window, time, isIn) => {
    put(at('etc/phyllome/update-window'), `${window}\n`);
    const outcome = update(['restart'], clock(time));
    expect(outcome.status).toBe(isIn ? 0 : 1);
    expect(asked()).toEqual(isIn ? ['systemctl reboot'] : []);
    if (!isIn) expect(outcome.stderr).toContain(`now is not in the window ${window}\n`);
    expect(update(['restart', '--now'], clock(time)).status).toBe(0);
  });

  test('is waited for by a timer of systemd, which is told how to stop', () => {
    put(at('etc/phyllome/update-window'), 'Sat,Sun 22:00-04:00\n');
    const outcome = update(['restart', '--in-window', '--guests', 'save'], clock('12:00'));
    expect(outcome).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('systemctl stop phyllome-update-restart.timer'),
    });
    expect(asked()).toEqual([
      'systemctl --quiet stop phyllome-update-restart.timer',
      'systemd-run --quiet --unit=phyllome-update-restart --on-calendar=Sat,Sun *-*-* 22:00:00 --property=Type=oneshot /usr/bin/phyllome-update restart --guests save',
    ]);
    put(at('etc/phyllome/update-window'), 'nights\n');
    expect(update(['restart']).stderr).toMatch(/nights is no window/);
  });
});

describe('what waits for a restart', () => {
  beforeEach(() => note(2, { state: 'given-up' }));

  test('is no file that was replaced: who still uses one is told, with its service', () => {
    const line = (name: string) => `7f0000000000-7f0000001000 r-xp 00000000 00:1f 257                        ${name}\n`;
    put(at('proc/812/maps'), line('/usr/lib/x86_64-linux-gnu/libcrypto.so.3 (deleted)') + line('/usr/sbin/sshd'));
    put(at('proc/812/comm'), 'sshd\n');
    put(at('proc/812/cgroup'), '0::/system.slice/ssh.service\n');
    put(at('proc/900/maps'), line('/usr/lib/libc.so.6') + line('/memfd:x (deleted)') + line('/tmp/x (deleted)'));
    put(at('proc/900/comm'), 'other\n');
    const told =
      'these still run with files that were replaced; restarting their services is enough, the host need not:\n  sshd (812, ssh.service): libcrypto.so.3\n';
    expect(update(['status']).stdout).toContain(told);
    expect(update(['restart'])).toMatchObject({
      status: 1,
      stdout: told,
      stderr: expect.stringMatching(/no version waits for a restart/),
    });
    expect(asked()).toEqual([]);
    expect(update(['restart', '--now']).status).toBe(0);
    expect(asked()).toEqual(['systemctl reboot']);
  });

  test('is going back, too', () => {
    note(1, { 'back-to': '2' });
    expect(update(['restart']).status).toBe(0);
    expect(told(1, 'back-to')).toBe('2');
  });

  test.each([
    [['--guests', 'kill'], /--guests wants shutdown, save or keep/],
    [['--later'], /restart has no --later/],
  ] as const)('%j is wrong use', (args, words) => {
    expect(update(['restart', ...args])).toMatchObject({ status: 2, stderr: expect.stringMatching(words) });
  });
});
