import { expect, test } from 'vitest';
import { familyOf } from '../../../../scripts/engines/direct/family/family-of.ts';
import { base, kickstartOf, planOf, stepOf, usual } from './fixtures.ts';

/** What `resolve.py` is asked. */
function asked(options: string, packages: readonly string[]) {
  const { argv } = stepOf(planOf(kickstartOf([], [options, packages])), 'resolve', 'resolve');
  return JSON.parse(argv.find((word) => word.startsWith('{"release"')) ?? '');
}

test('an RPM system goes from its own tools over a list of exact packages to the stages of every image', () => {
  const { stages } = planOf(kickstartOf([]));
  expect(stages.map(({ id }) => id)).toEqual([
    'tools',
    'rpm-tools',
    'index',
    'resolve',
    'root-tree',
    'configure',
    'package-files',
    'initramfs',
    'squashfs',
    'live-iso',
  ]);
});

test('%packages is asked of dnf as it stands', () => {
  const options = '--nocore --exclude-weakdeps';
  expect(asked(options, ['b*', '/usr/bin/x', '-vim', '@tools', '@games --optional', '-@guest'])).toEqual({
    release: '44',
    arch: 'x86_64',
    weak: false,
    core: false,
    environment: '',
    groups: [
      { name: 'tools', optional: false, nodefaults: false },
      { name: 'games', optional: true, nodefaults: false },
    ],
    excludedGroups: ['guest'],
    packages: ['/usr/bin/x', 'b*'],
    excluded: ['vim'],
    ignoreMissing: false,
  });
  expect(asked('--ignoremissing', ['@^server', '@tools --nodefaults'])).toMatchObject({
    weak: true,
    core: true,
    environment: 'server',
    groups: [{ name: 'tools', nodefaults: true }],
    ignoreMissing: true,
  });
});

test('dnf sees the repositories of the kickstart and the keys of the base, and nothing of its own', () => {
  const plan = planOf(kickstartOf(['repo --name=own --baseurl=file:///srv/own']));
  const text = stepOf(plan, 'index', 'sources').stdin ?? '';
  expect(text).toMatch(/^\[main\]\nreposdir=\/var\/empty\n/);
  expect(text).toContain('skip_if_unavailable=False\n');
  expect(text).toContain('gpgcheck=True\n');
  expect(text.slice(text.indexOf('[fedora]'))).toBe(
    [
      '[fedora]',
      'name=fedora',
      'mirrorlist=http://mirrors.example/?arch=$basearch',
      'gpgkey=file:///srv/index/keys/fedora',
      'repo_gpgcheck=false',
      '[own]',
      'name=own',
      'baseurl=file:///srv/own',
      'gpgkey=file:///srv/index/keys/own',
      'repo_gpgcheck=true',
      '',
    ].join('\n'),
  );
  const keys = stepOf(plan, 'index', 'keys').argv;
  expect(keys.slice(-4)).toEqual([
    'fedora',
    '${rpm-tools}/root/usr/share/distribution-gpg-keys/fedora/KEY',
    'own',
    '/srv/own/KEY',
  ]);
  // A repository on this machine is seen by what fetches from it, and by nothing that runs what it brings.
  expect(stepOf(plan, 'index', 'update').argv).toContain('/srv/own');
  expect(stepOf(plan, 'root-tree', 'download').argv).toContain('/srv/own');
  expect(stepOf(plan, 'root-tree', 'install').argv).not.toContain('/srv/own');
});

test('what packages run has no network, sees of the cache only the new tree, and is told that it is for no machine', () => {
  const step = stepOf(planOf(kickstartOf([])), 'root-tree', 'install');
  expect(step.argv).toContain('--unshare-net');
  expect(step.argv.join(' ')).toContain('--cap-drop ALL');
  expect(step.argv.join(' ')).toContain('--ro-bind ${cache}/packages /srv/packages');
  expect(step.env).toEqual({ LC_ALL: 'C.UTF-8', KERNEL_INSTALL_BYPASS: '1' });
});

test.each([
  ['--excludedocs', 'nodocs'],
  ['', undefined],
])('documentation stays out where the kickstart says so (%s)', (options, flag) => {
  const { argv } = stepOf(planOf(kickstartOf([], [options, ['bash']])), 'root-tree', 'install');
  expect(argv.at(-1)).toBe(flag === undefined ? '44' : `--setopt=tsflags=${flag}`);
});

test.each([
  ['--inst-langs=en:de', '%_install_langs en:de'],
  ['--inst-langs=', '%_install_langs none'],
])('languages are rpm’s business: %s', (options, macro) => {
  const text = stepOf(planOf(kickstartOf([], [options, ['bash']])), 'root-tree', 'macros').stdin ?? '';
  expect(text.split('\n')).toContain(macro);
  expect(text).toContain('%_dbpath /usr/lib/sysimage/rpm\n');
  expect(stepOf(planOf(kickstartOf([])), 'root-tree', 'macros').stdin).not.toContain('_install_langs');
});

test.each([
  ['repo --name=elsewhere --baseurl=http://x.example', 'repository elsewhere is not one of base fedora-44'],
  ['repo --name=own --baseurl=http://x.example --noverifyssl', 'cannot honour --noverifyssl of the command repo'],
  ['url --url=http://x.example --proxy=http://p', 'cannot honour --proxy of the command url'],
])('what cannot be honoured of repositories is refused: %s', (line, message) => {
  expect(() => planOf(kickstartOf([line]))).toThrow(message);
});

test.each([
  [['--multilib', ['bash']], 'cannot honour --multilib of %packages'],
  [['--ignorebroken', ['bash']], 'cannot honour --ignorebroken of %packages'],
  [['', ['$(reboot)']], '$(reboot) is not a name of an RPM package'],
] as const)('what cannot be honoured of %packages is refused: %j', (section, message) => {
  expect(() => planOf(kickstartOf([], section))).toThrow(message);
});

test('a repository whose key nobody knows is refused', () => {
  const keyless = { ...base, repositories: [{ id: 'fedora', signedIndex: false }] };
  expect(() => planOf(kickstartOf([]), undefined, keyless)).toThrow('names no key for the repository fedora');
});

test('only outputs that were tried are made of RPM packages', () => {
  const refused = familyOf(base).refuseOutputs([{ id: 'live-iso' }, { id: 'disk-raw' }, { id: 'oci' }]);
  expect(refused.map(({ message }) => message)).toEqual([
    'the direct engine makes no disk-raw of RPM packages yet: boot entries of RPM systems are not made by this engine',
    'the direct engine makes no oci of RPM packages yet: none was ever made',
  ]);
});

const withLines = (line: string, packages: readonly string[] = ['bash']) => {
  const plan = planOf(kickstartOf([line], [usual[0], packages]));
  return (step: string) => stepOf(plan, 'configure', step).stdin ?? '';
};

test('SELinux is what the kickstart says, and needs a policy unless it is off', () => {
  expect(withLines('selinux --permissive', ['selinux-policy-targeted'])('selinux')).toContain('SELINUX=permissive');
  expect(withLines('selinux --disabled')('selinux')).toContain('SELINUX=disabled');
  expect(() => planOf(kickstartOf(['selinux --enforcing']))).toThrow('selinux needs a policy');
});

test('locales, key maps and time servers are set where these distributions have them', () => {
  const lang = withLines('lang de_DE.UTF-8')('lang');
  expect(lang).toContain('LANG="%s"\\n\' de_DE.UTF-8 > /etc/locale.conf');
  expect(lang).not.toContain('locale-gen');
  const keyboard = withLines("keyboard --vckeymap=de --xlayouts='de (nodeadkeys)'")('keyboard');
  expect(keyboard).toContain('KEYMAP="de"\nXKBLAYOUT="de"\nXKBVARIANT="nodeadkeys"\n');
  expect(keyboard).toContain('Option "XkbVariant" "nodeadkeys"');
  expect(withLines('timesource --ntp-disable')('timesource')).toContain('systemctl disable chronyd.service');
  const servers = withLines('timesource --ntp-server=time.example --nts', ['chrony'])('timesource');
  expect(servers).toContain("'server time.example iburst nts' >> /etc/chrony.conf");
});
