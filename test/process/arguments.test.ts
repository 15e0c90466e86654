import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import {
  displayCommand,
  inImageRoot,
  inNamespaces,
  inToolsTree,
  privilegeOf,
  quoteForShell,
  withLayers,
} from '../../scripts/process/index.ts';
import { anyText } from '../any-text.ts';

test('a displayed command, pasted into a shell, has the same words', () => {
  const word = anyText.filter((text) => !text.includes('\0'));
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 5 }), (words) => {
      const output = execFileSync('sh', ['-c', displayCommand(['printf', '%s\\0', ...words])], { encoding: 'utf8' });
      expect(output.split('\0').slice(0, -1)).toEqual(words);
    }),
    { numRuns: 40 },
  );
});

test('a word is quoted only where a shell needs it', () => {
  expect(displayCommand(['/usr/bin/a-b_c', 'x=1,2', '%d@host:+.'])).toBe('/usr/bin/a-b_c x=1,2 %d@host:+.');
  expect(quoteForShell('')).toBe("''");
  expect(quoteForShell(' a')).toBe("' a'");
  expect(quoteForShell('a ')).toBe("'a '");
  expect(quoteForShell("it's")).toBe("'it'\\''s'");
});

test('only user 0 is root already', () => {
  expect(privilegeOf(0)).toBe('root');
  expect(privilegeOf(1000)).toBe('user-namespace');
  const uid = vi.spyOn(process, 'getuid');
  try {
    uid.mockReturnValue(0);
    expect(privilegeOf()).toBe('root');
    uid.mockReturnValue(1000);
    expect(privilegeOf()).toBe('user-namespace');
  } finally {
    uid.mockRestore();
  }
});

test('private mounts and processes for all, subordinate ids for an ordinary user', () => {
  const rest = ['--mount', '--pid', '--fork', '--kill-child', '--', 'id', '-u'];
  expect(inNamespaces('root', ['id', '-u'])).toEqual(['unshare', ...rest]);
  expect(inNamespaces('user-namespace', ['id', '-u'])).toEqual(['unshare', '--map-root-user', '--map-auto', ...rest]);
});

const layers = { target: '/t', lower: ['/a', '/b'] };

test('layers are mounted topmost first, after their directories were made, and then the program starts', () => {
  const argv = withLayers('root', { ...layers, upper: { directory: '/u', work: '/w' } }, ['ls', '/t']);
  expect(argv.slice(0, 2)).toEqual(['sh', '-euc']);
  expect(argv.slice(3)).toEqual([
    'sh',
    'lowerdir=/a:/b,upperdir=/u,workdir=/w',
    '/t',
    '/t',
    '/u',
    '/w',
    '--',
    'ls',
    '/t',
  ]);
  const stub = (name: string) => `${name}() { echo ${name} "$@"; }`;
  const script = [stub('mkdir'), stub('mount'), argv[2]?.replace('exec "$@"', 'echo then "$@"')].join('\n');
  expect(execFileSync('sh', ['-euc', script, ...argv.slice(3)], { encoding: 'utf8' }).split('\n')).toEqual([
    'mkdir -p /t',
    'mkdir -p /u',
    'mkdir -p /w',
    'mount -t overlay overlay -o lowerdir=/a:/b,upperdir=/u,workdir=/w /t',
    'then ls /t',
    '',
  ]);
});

test('without an upper layer nothing is written; an ordinary user needs userxattr', () => {
  expect(withLayers('root', layers, ['ls']).slice(3)).toEqual(['sh', 'lowerdir=/a:/b', '/t', '/t', '--', 'ls']);
  expect(withLayers('user-namespace', layers, ['ls'])[4]).toBe('lowerdir=/a:/b,userxattr');
});

/** The words as bubblewrap reads them: options with their values, then the command. */
function readBubblewrap(argv: readonly string[]): { options: string[]; command: readonly string[] } {
  const separator = argv.indexOf('--');
  const options: string[] = [];
  for (const word of argv.slice(1, separator)) {
    if (word.startsWith('--')) options.push(word);
    else options.push(`${options.pop()} ${word}`);
  }
  expect(argv[0]).toBe('bwrap');
  return { options, command: argv.slice(separator + 1) };
}

const treeWithNothing = [
  '--die-with-parent',
  '--unshare-pid',
  '--unshare-ipc',
  '--unshare-uts',
  '--unshare-net',
  '--ro-bind /tools/usr /usr',
  '--ro-bind /tools/etc /etc',
  '--symlink usr/bin /bin',
  '--symlink usr/sbin /sbin',
  '--symlink usr/lib /lib',
  '--symlink usr/lib64 /lib64',
  '--proc /proc',
  '--dev /dev',
  '--tmpfs /tmp',
  '--tmpfs /run',
  '--tmpfs /var',
  '--dir /var/tmp',
  '--dir /var/lib',
  '--ro-bind /tools/var/lib/dpkg /var/lib/dpkg',
  '--chdir /',
  '--setenv PATH /usr/sbin:/usr/bin',
  '--setenv HOME /tmp',
  '--setenv TMPDIR /tmp',
];

test('a program in the tools tree sees the tree, and of the host nothing', () => {
  const { options, command } = readBubblewrap(inToolsTree('/tools', ['mkfs.ext4', '-q', '/dev/x']));
  expect(options).toEqual(treeWithNothing);
  expect(command).toEqual(['mkfs.ext4', '-q', '/dev/x']);
});

test('a program in the tools tree gets what it asks for, and no more', () => {
  const network = readBubblewrap(inToolsTree('/tools', ['apt'], { network: true })).options;
  expect(network).toEqual(
    treeWithNothing.flatMap((option) => {
      if (option === '--unshare-net') return [];
      const isLast = option.startsWith('--ro-bind /tools/var/lib/dpkg');
      return isLast ? [option, '--ro-bind-try /etc/resolv.conf /etc/resolv.conf'] : [option];
    }),
  );
  const access = { read: ['/r'], write: ['/w'], devices: ['/dev/kvm'], cwd: '/c', mayMount: true };
  const { options } = readBubblewrap(inToolsTree('/tools', ['true'], access));
  expect(options.filter((option) => !treeWithNothing.includes(option))).toEqual([
    '--dev-bind-try /dev/kvm /dev/kvm',
    '--ro-bind /r /r',
    '--bind /w /w',
    '--cap-add CAP_SYS_ADMIN',
    '--chdir /c',
  ]);
  expect(options).not.toContain('--chdir /');
});

const imageRoot = [
  '--die-with-parent',
  '--unshare-pid',
  '--unshare-ipc',
  '--unshare-uts',
  '--unshare-net',
  '--bind /root /',
  '--proc /proc',
  '--cap-drop ALL',
  ...['CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'KILL', 'SETFCAP', 'SETGID', 'SETPCAP', 'SETUID', 'SYS_CHROOT'].map(
    (power) => `--cap-add CAP_${power}`,
  ),
  ...['acpi', 'bus', 'fs', 'irq', 'scsi', 'sys', 'sysrq-trigger'].map(
    (name) => `--ro-bind-try /proc/${name} /proc/${name}`,
  ),
  '--dev /dev',
  '--ro-bind /sys /sys',
  '--tmpfs /tmp',
  '--tmpfs /run',
  '--clearenv',
  '--setenv PATH /usr/sbin:/usr/bin',
  '--setenv HOME /tmp',
  '--setenv LC_ALL C',
  '--chdir /',
];

test("a program in an image's root has that tree as /, no network and a known environment", () => {
  const { options, command } = readBubblewrap(inImageRoot('/root', ['systemctl', 'preset-all']));
  expect(options).toEqual(imageRoot);
  expect(command).toEqual(['systemctl', 'preset-all']);
});

test("an image's root may be read-only, with some directories put in that may be written", () => {
  const access = { readOnlyRoot: true, write: [['/out', '/srv'] as const] };
  const { options } = readBubblewrap(inImageRoot('/root', ['true'], access));
  expect(options.filter((option) => !imageRoot.includes(option))).toEqual([
    '--ro-bind /root /',
    '--tmpfs /var/tmp',
    '--bind /out /srv',
  ]);
  expect(options).not.toContain('--bind /root /');
});
