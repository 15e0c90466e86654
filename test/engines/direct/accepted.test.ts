import { expect, test } from 'vitest';
import { ReportedError } from '../../../scripts/diagnostic/index.ts';
import { familyOf } from '../../../scripts/engines/direct/family/family-of.ts';
import { acceptedOptions } from '../../../scripts/engines/direct/refuse.ts';
import { base, planText } from './fixtures.ts';

const disk = [
  'part biosboot --fstype=biosboot --size=1',
  'part / --fstype=ext4 --size=2048',
  'bootloader --location=mbr',
].join('\n');
const system = 'part / --fstype=ext4 --size=2048\nbootloader --location=mbr';
const automatic = (options = '') => `autopart${options}\nbootloader --location=mbr`;
const volume = (lines: string) => `reqpart\npart btrfs.1 --size=2048\n${lines}\nbootloader --location=mbr`;
const part = (root: string) => disk.replace('part / --fstype=ext4 --size=2048', root);
const network = 'network --bootproto=static --device=a --ip=10.0.0.2 --netmask=255.255.255.0';
const packages = (flags = '', more = '') =>
  `%packages --exclude-weakdeps${flags}\nsystemd\nfirewalld\nchrony\nlocales\nsystemd-boot\nsystemd-repart\n${more}%end`;

/** A whole kickstart: these lines, and what every one must have. */
const whole = (lines: string) =>
  [
    ...(/^url /m.test(lines) ? [] : ['url --url=http://m']),
    lines,
    ...(lines.includes('%packages') ? [] : [packages()]),
  ].join('\n');

/** By command and option: a kickstart without it, and one with it. */
const samples: Readonly<Record<string, readonly [string, string]>> = {
  'url --url': ['url --url=http://m', 'url --url=http://n'],
  'repo --name': ['', 'repo --name=debian-security --baseurl=http://s'],
  'repo --baseurl': [
    'repo --name=debian-security --baseurl=http://s',
    'repo --name=debian-security --baseurl=http://t',
  ],
  'bootloader --append': ['bootloader', 'bootloader --append=a'],
  'bootloader --timeout': ['bootloader', 'bootloader --timeout=7'],
  'bootloader --sdboot': [
    `${disk}\npart /boot/efi --fstype=efi`,
    `${disk.replace('mbr', 'mbr --sdboot')}\npart /boot/efi --fstype=efi`,
  ],
  'timezone --utc': ['timezone UTC', 'timezone UTC --utc'],
  'timezone --isUtc': ['timezone UTC', 'timezone UTC --isUtc'],
  'timesource --ntp-server': ['', 'timesource --ntp-server=a'],
  'timesource --ntp-pool': ['', 'timesource --ntp-pool=a'],
  'timesource --ntp-disable': ['', 'timesource --ntp-disable'],
  'timesource --nts': ['timesource --ntp-server=a', 'timesource --ntp-server=a --nts'],
  'services --enabled': ['', 'services --enabled=a'],
  'services --disabled': ['', 'services --disabled=a'],
  'xconfig --startxonboot': ['skipx', 'skipx\nxconfig --startxonboot'],
  'lang --addsupport': ['lang C.UTF-8', 'lang C.UTF-8 --addsupport=de_DE.UTF-8'],
  'keyboard --vckeymap': ['', 'keyboard --vckeymap=de'],
  'keyboard --xlayouts': ['keyboard --vckeymap=de', 'keyboard --vckeymap=de --xlayouts=de'],
  'keyboard --switch': ['keyboard --xlayouts=de,us', 'keyboard --xlayouts=de,us --switch=grp:alt_shift_toggle'],
  ...Object.fromEntries(
    ['--enabled', '--enable', '--disabled', '--disable'].map((option) => [
      `firewall ${option}`,
      option.startsWith('--d')
        ? ['firewall --enabled', `firewall ${option}`]
        : ['firewall --disabled', `firewall ${option}`],
    ]),
  ),
  ...Object.fromEntries(
    ['--port=1:tcp', '--trust=a', '--service=http', '--remove-service=ssh'].map((option) => [
      `firewall ${option.split('=')[0]}`,
      ['firewall --enabled', `firewall --enabled ${option}`],
    ]),
  ),
  'network --bootproto': ['network --bootproto=dhcp --device=a', network],
  'network --device': ['network --bootproto=dhcp', 'network --bootproto=dhcp --device=a'],
  'network --hostname': ['', 'network --hostname=a'],
  'network --ip': [network, network.replace('10.0.0.2', '10.0.0.3')],
  'network --netmask': [network, network.replace('255.0', '0.0')],
  'network --gateway': [network, `${network} --gateway=10.0.0.1`],
  ...Object.fromEntries(
    // Whether or not a device is named.
    [
      '--nameserver=10.0.0.1',
      '--mtu=9000',
      '--onboot=no',
      '--noipv4',
      '--noipv6',
      '--ipv6=fd00::2/64',
      '--ipv6gateway=fd00::1',
      '--nodns',
      '--nodefroute',
    ].map((option) => [
      `network ${option.split('=')[0]}`,
      ['network --bootproto=dhcp', `network --bootproto=dhcp ${option}`],
    ]),
  ),
  'group --name': ['', 'group --name=a'],
  'group --gid': ['group --name=a', 'group --name=a --gid=1500'],
  'user --name': ['', 'user --name=a'],
  'user --password': ['user --name=a', 'user --name=a --password=b'],
  'user --iscrypted': ['user --name=a --password=b', 'user --name=a --password=b --iscrypted'],
  'user --plaintext': ['user --name=a --password=b --iscrypted', 'user --name=a --password=b --plaintext'],
  'user --lock': ['user --name=a --password=b', 'user --name=a --password=b --lock'],
  ...Object.fromEntries(
    ['--homedir=/srv/a', '--shell=/bin/sh', '--uid=1500', '--gecos=A', '--gid=1500', '--groups=b'].map((option) => [
      `user ${option.split('=')[0]}`,
      ['user --name=a', `user --name=a ${option}`],
    ]),
  ),
  'rootpw --iscrypted': ['rootpw a', 'rootpw --iscrypted a'],
  'rootpw --plaintext': ['rootpw --iscrypted a', 'rootpw --plaintext a'],
  'rootpw --lock': ['rootpw a', 'rootpw --lock a'],
  'rootpw --allow-ssh': ['rootpw a', 'rootpw --allow-ssh a'],
  'sshkey --username': ['sshkey --username=a "k"', 'sshkey --username=b "k"'],
  'reqpart --add-boot': [`reqpart\n${system}`, `reqpart --add-boot\n${system}`],
  'autopart --type': [automatic(), automatic(' --type=btrfs')],
  'autopart --fstype': [automatic(), automatic(' --fstype=xfs')],
  'autopart --noboot': [automatic(), automatic(' --noboot')],
  'autopart --nohome': [automatic(' --type=btrfs'), automatic(' --type=btrfs --nohome')],
  'btrfs --label': [volume('btrfs / btrfs.1'), volume('btrfs / --label=a btrfs.1')],
  'btrfs --subvol': [
    volume('btrfs / --label=a btrfs.1'),
    volume('btrfs none --label=a btrfs.1\nbtrfs / --subvol --name=a a'),
  ],
  'btrfs --name': [
    volume('btrfs none --label=a btrfs.1\nbtrfs / --subvol --name=a a'),
    volume('btrfs none --label=a btrfs.1\nbtrfs / --subvol --name=b a'),
  ],
  'part --fstype': [disk, part('part / --fstype=xfs --size=2048')],
  'part --type': [disk, part('part / --type=xfs --size=2048')],
  'part --size': [disk, part('part / --fstype=ext4 --size=4096')],
  'part --grow': [disk, part('part / --fstype=ext4 --size=2048 --grow')],
  'part --label': [disk, part('part / --fstype=ext4 --size=2048 --label=a')],
  'part --fsoptions': [disk, part('part / --fstype=ext4 --size=2048 --fsoptions=noatime')],
  '%packages --excludedocs': [packages(), packages(' --excludedocs')],
  '%packages --exclude-weakdeps': ['%packages\nbash\n%end', '%packages --exclude-weakdeps\nbash\n%end'],
  '%packages --excludeWeakdeps': ['%packages\nbash\n%end', '%packages --excludeWeakdeps\nbash\n%end'],
  '%packages --inst-langs': [packages(), packages(' --inst-langs=de')],
  '%packages --instLangs': [packages(), packages(' --instLangs=de')],
};

/** Idle options are put behind these; what is not here stands alone. */
const idleBehind: Readonly<Record<string, (option: string) => readonly [string, string]>> = {
  'bootloader --location': () => ['bootloader', 'bootloader --location=none'],
  'network --activate': () => ['network --bootproto=dhcp --device=a', 'network --bootproto=dhcp --device=a --activate'],
  'firewall --ssh': () => ['firewall --enabled', 'firewall --enabled --ssh'],
  'autopart --noswap': () => [automatic(), automatic(' --noswap')],
  'part --asprimary': () => [disk, part('part / --fstype=ext4 --size=2048 --asprimary')],
  '%packages --nocore': () => [packages(), packages(' --nocore')],
  'clearpart --disklabel': () => [`clearpart --all\n${disk}`, `clearpart --all --disklabel=gpt\n${disk}`],
  ...Object.fromEntries(
    ['--all', '--linux', '--initlabel', '--initAll'].map((option) => [
      `clearpart ${option}`,
      () => [`clearpart --all\n${disk}`, `clearpart ${option}\n${disk}`] as const,
    ]),
  ),
};

/** What is made, without the lines that asked for it. */
function made(lines: string): string {
  const { stages } = planText(whole(lines));
  return JSON.stringify(stages.map(({ steps }) => steps.map(({ argv, stdin }) => [argv, stdin])));
}

function refuses(lines: string): boolean {
  try {
    made(lines);
    return false;
  } catch (error) {
    if (!(error instanceof ReportedError)) throw error;
    return true;
  }
}

/** Options that a command has by another's name: `partition` is `part`, and an option of one of them is none of the others'. */
const all = acceptedOptions(familyOf(base)).filter(({ command }) => command !== 'partition');

test('whatever is accepted has a sample here', () => {
  const lacking = all
    .filter(({ command, idle }) => idle === undefined && !['skipx', 'zerombr'].includes(command))
    .filter(
      ({ command, option }) =>
        !(`${command} ${option}` in samples) && !refuses(`${command} ${option}=1`) && !refuses(`${command} ${option}`),
    )
    .map(({ command, option }) => `${command} ${option}`);
  expect(lacking).toEqual([]);
  // None of a command or option that is not accepted.
  const known = new Set(all.map(({ command, option }) => `${command} ${option}`));
  expect([...Object.keys(samples), ...Object.keys(idleBehind)].filter((name) => !known.has(name))).toEqual([]);
});

test.each(Object.entries(samples))('%s changes what is made', (_, [without, with_]) => {
  expect(made(with_)).not.toBe(made(without));
});

test.each(Object.entries(idleBehind))('%s changes nothing, and says why that is right', (name, lines) => {
  const [command = '', option = ''] = name.split(' ');
  const [without, with_] = lines(option);
  expect(made(with_)).toBe(made(without));
  expect(all.find((one) => one.command === command && one.option === option)?.idle).toMatch(/\w{3}/);
});

test.each([
  'bootloader --sdboot',
  `${disk.replace('mbr', 'partition')}`,
  'network --bootproto=ibft --device=a',
  'part / --size=100 --label=a',
  `clearpart --all --disklabel=msdos\n${disk}`,
])('%j cannot be honoured: it is refused', (lines) => {
  expect(refuses(lines)).toBe(true);
});
