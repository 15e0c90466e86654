import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { listOpenLogins } from '../../scripts/flavour/index.ts';
import { opensLogin } from '../../scripts/flavour/open-logins.ts';

const scratch = mkdtempSync(path.join(tmpdir(), 'phyllome-open-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** Path → text, and whether it lets somebody in. */
const files: readonly (readonly [string, string, boolean])[] = [
  [
    '/etc/systemd/system/getty@tty1.service.d/a.conf',
    'ExecStart=-/sbin/agetty --autologin live --noclear - $TERM\n',
    true,
  ],
  ['/etc/systemd/system/serial-getty@.service', '[Service]\nExecStart=-/sbin/agetty -a root 115200\n', true],
  [
    '/usr/lib/systemd/system/getty@.service',
    "# agetty --autologin root\nExecStart=-/sbin/agetty -o '-- \\\\u' --noclear - $TERM\n",
    false,
  ],
  [
    '/etc/systemd/system/getty@tty2.service.d/b.conf',
    '[Service]\nExecStart=\nExecStart=-/sbin/agetty -o "-p -f root" -n %I $TERM\n',
    true,
  ],
  ['/etc/systemd/system/my-getty.service', 'ExecStart=-/sbin/agetty --skip-login -l /bin/bash tty3\n', true],
  ['/etc/systemd/system/my-login.service', '[Service]\nExecStart=/bin/login -p -f ada\nTTYPath=/dev/tty4\n', true],
  ['/etc/systemd/system/asks.service', 'ExecStart=-/sbin/agetty --skip-login --noclear -o -p tty5 linux\n', false],
  [
    '/usr/lib/systemd/system/serial-getty@.service',
    "ExecStart=-/sbin/agetty -o '-- \\u' --noreset --noclear - ${TERM}\n",
    false,
  ],
  ['/etc/gdm3/daemon.conf', '[daemon]\nAutomaticLoginEnable=true\nAutomaticLogin = live\n', true],
  ['/etc/gdm/custom.conf', '[daemon]\n#  AutomaticLogin = user1\n# TimedLogin = user1\n', false],
  ['/etc/greetd/config.toml', '[default_session]\nuser = "kiosk"\n[initial_session]\nuser = "kiosk"\n', true],
  ['/etc/greetd/other.toml', '[default_session]\ncommand = "agreety"\n', false],
  ['/etc/lightdm/lightdm.conf', '[Seat:*]\nautologin-user=live\n', true],
  ['/etc/sddm.conf.d/a.conf', '[Autologin]\nUser=live\n', true],
  ['/usr/share/doc/gdm/a.conf', 'AutomaticLogin=live\n', false],
];

test.each(files)('%s', (file, text, opens) => {
  expect(opensLogin(file, text)).toBe(opens);
});

/** What the shell finds in a tree. */
function listed(shadow: string, more: (root: string) => void = () => {}): string[] {
  const root = mkdtempSync(path.join(scratch, 'root-'));
  mkdirSync(path.join(root, 'etc'));
  writeFileSync(path.join(root, 'etc/passwd'), 'root:x:0:0:root:/root:/bin/sh\nnobody:*:9:9::/:/bin/false\n');
  writeFileSync(path.join(root, 'etc/shadow'), shadow);
  more(root);
  const { status, stdout, stderr } = spawnSync('sh', ['-eu'], {
    input: listOpenLogins,
    env: { PATH: process.env.PATH, PHYLLOME_ROOT: root },
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  expect(status).toBe(0);
  return stdout.split('\n').filter((line) => line !== '');
}

test('on a tree the same files are found', () => {
  const found = listed('root:!:1\n', (root) => {
    for (const [file, text] of files) {
      mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
      writeFileSync(path.join(root, file), text);
    }
  });
  const wanted = files.flatMap(([file, , opens]) => (opens ? [`${file} lets somebody in`] : []));
  expect(found.sort()).toEqual(wanted.sort());
});

test.each([
  ['/etc/shadow', 'root:!:1\nada::19000:0:99999:7:::\n', true],
  ['/etc/passwd', 'ada::1000:1000::/home/ada:/bin/sh\n', true],
  ['/etc/shadow', 'root:!*:1::\nada:$y$x:1::::::\n', false],
  ['/etc/group', 'kvm::36:\n', false],
])('a file of accounts that a flavour brings: %s, %j', (file, text, opens) => {
  expect(opensLogin(file, text)).toBe(opens);
});

test('an account without a password, and a shell of root’s on a console', () => {
  expect(listed('root:!*:1\nada:$6$x:1\n')).toEqual([]);
  expect(
    listed('root::1:0\nada:!:1\n', (root) => {
      mkdirSync(path.join(root, 'etc/systemd/system/sysinit.target.wants'), { recursive: true });
      symlinkSync(
        '/usr/lib/systemd/system/debug-shell.service',
        path.join(root, 'etc/systemd/system/sysinit.target.wants/debug-shell.service'),
      );
    }),
  ).toEqual(['root needs no password', "debug-shell.service is a shell of root's"]);
});
