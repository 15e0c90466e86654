import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { checkout, renderShipped } from '../render/shipped.ts';

const program = path.join(checkout, 'overlays/branding/rootfs/usr/libexec/phyllome-greeting');
const KEY = '# mine\nssh-ed25519 AAAA me\n';
const SYSTEM =
  'root:x:0:0::/root:/bin/bash\ndaemon:x:1:1::/:/usr/sbin/nologin\nnobody:x:65534:65534::/nonexistent:/bin/sh\n';

/** What the prompt of a machine with these files says. */
function greetingAt(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(path.join(tmpdir(), 'phyllome-greeting-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const all = { 'etc/shadow': 'root:!:1::::::\n', 'etc/passwd': SYSTEM, 'usr/sbin/sshd': '', ...files };
  for (const [name, content] of Object.entries(all)) {
    mkdirSync(path.join(root, path.dirname(name)), { recursive: true });
    writeFileSync(path.join(root, name), content);
  }
  chmodSync(path.join(root, 'usr/sbin/sshd'), 0o755);
  execFileSync(program, { env: { PATH: '/usr/bin:/bin', PHYLLOME_ROOT: root } });
  return readFileSync(path.join(root, 'run/issue.d/40-phyllome-login.issue'), 'utf8');
}

const user = (name: string, uid = 1000, shell = '/bin/bash') => `${name}:x:${uid}:${uid}::/home/${name}:${shell}\n`;

test('a host that lets in nobody says so, and what to do', () => {
  for (const files of [
    {},
    // A key where no sshd is, an empty file of keys, one for an account that has no shell.
    {
      'etc/passwd': SYSTEM + user('ada'),
      'etc/shadow': 'ada:!:1::::::\n',
      'home/ada/.ssh/authorized_keys': '# none\n\n',
    },
    { 'etc/passwd': SYSTEM + user('svc', 1001, '/usr/sbin/nologin'), 'home/svc/.ssh/authorized_keys': KEY },
    { 'etc/passwd': SYSTEM + user('svc', 999), 'etc/shadow': 'svc:$y$j9T$x:1::::::\n' },
  ]) {
    expect(greetingAt(files)).toMatch(
      /^Nobody can log in: no account .* SSH key\..*\n.*Your own flavour.*`phyllome shell`/,
    );
  }
});

test('who has a key is told how and where, by the address that the prompt fills in', () => {
  const files = { 'etc/passwd': SYSTEM + user('ada'), 'home/ada/.ssh/authorized_keys': KEY };
  expect(greetingAt(files)).toBe('Log in from another computer, with the key of ada:  ssh ada@\\4\n\n');
  expect(greetingAt({ 'root/.ssh/authorized_keys': KEY })).toContain('ssh root@\\4');
});

test('passwords, open accounts and sessions that are there already are told', () => {
  const three = SYSTEM + user('ada') + user('bob', 1001) + user('eve', 1002) + user('tom', 1003) + user('zoe', 1004);
  const hash = (name: string) => `${name}:$y$j9T$abc:1::::::\n`;
  expect(
    greetingAt({ 'etc/passwd': three, 'etc/shadow': ['ada', 'bob', 'eve', 'tom', 'zoe'].map(hash).join('') }),
  ).toBe('Log in here with the password of ada, bob, eve, ….\n\n');
  expect(greetingAt({ 'etc/passwd': three, 'etc/shadow': 'ada::1::::::\n' })).toBe(
    'Log in here without a password as ada.\n\n',
  );
  const dropIn = readFileSync(
    path.join(checkout, 'overlays/live-session/rootfs/etc/systemd/system/getty@tty1.service.d/50-phyllome-live.conf'),
    'utf8',
  );
  expect(
    greetingAt({
      'etc/passwd': SYSTEM + user('live'),
      'etc/shadow': 'live:!:1::::::\n',
      'etc/systemd/system/getty@tty1.service.d/50-phyllome-live.conf': dropIn,
    }),
  ).toMatch(/^`live` is logged in already, without a password/);
  expect(greetingAt({ 'usr/libexec/gnome-initial-setup': '' })).toMatch(
    /^Nobody can log in yet: the first user is made/,
  );
});

test('the prompt and the banner of an image carry name, version and address', () => {
  for (const base of ['debian-13', 'fedora-44']) {
    const { kickstart } = renderShipped('headless', base);
    const issue = /^put \/etc\/issue .*\n([\s\S]*?)\nEOF$/m.exec(kickstart)?.[1];
    expect(issue).toBe(`Phyllome OS ${manifest.version} on ${base}\n\\n  \\4  \\6  (\\l)\n`);
    expect(kickstart).toContain(`Phyllome OS ${manifest.version} on ${base}. \`phyllome-doctor\` tells`);
    expect(kickstart).toContain('kernel.printk = 4 4 1 7');
  }
});
