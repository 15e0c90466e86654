import { type Accepted, configuring, fileSystems } from '../../configure/index.ts';

const fromMedium = 'the system comes from this medium';
const wholeDisks = 'a disk is taken as a whole, with a new GPT';

/** What the installer makes of a command. */
export interface AcceptedAnswer extends Accepted {
  /** Options that it honours only so far: which values are not refused. */
  readonly values?: Readonly<Record<string, string>>;
  /** Options that it refuses for a reason worth telling. */
  readonly refused?: Readonly<Record<string, string>>;
}

const onlyLuks2 = { '--luks-version': 'luks2' };
const fileSystem = { '--fstype': fileSystems.join(', ') };

/** Commands that the installer honours by itself, besides those that configure what it copied. */
const own: readonly AcceptedAnswer[] = [
  { commands: ['ignoredisk'], options: ['--only-use', '--drives'] },
  {
    commands: ['clearpart'],
    options: ['--all', '--drives'],
    refused: {
      '--linux': `${wholeDisks}: say \`clearpart --all\``,
      '--list': `${wholeDisks}: say \`clearpart --all --drives=…\``,
    },
    idle: {
      '--none': 'then only a disk with nothing on it is taken',
      '--initlabel': wholeDisks,
      '--disklabel': 'gpt is the only one that is made',
    },
  },
  { commands: ['zerombr'], options: [], idle: {} },
  {
    commands: ['part', 'partition'],
    options: [
      '--fstype',
      '--type',
      '--size',
      '--grow',
      '--maxsize',
      '--label',
      '--fsoptions',
      '--mkfsoptions',
      '--ondisk',
      '--ondrive',
      '--encrypted',
      '--passphrase',
      '--luks-version',
    ],
    values: { ...fileSystem, ...onlyLuks2 },
    idle: { '--asprimary': 'every partition of a GPT is' },
  },
  { commands: ['reqpart'], options: ['--add-boot'] },
  {
    commands: ['autopart'],
    options: ['--type', '--fstype', '--encrypted', '--passphrase', '--luks-version'],
    values: { '--type': 'plain, lvm', ...fileSystem, ...onlyLuks2 },
    idle: {
      '--nolvm': 'nothing else is made without --type=lvm',
      '--nohome': 'there is no /home of its own',
      '--noswap': 'the host swaps to compressed memory',
    },
  },
  { commands: ['volgroup'], options: [] },
  {
    commands: ['logvol'],
    options: [
      '--name',
      '--vgname',
      '--fstype',
      '--size',
      '--grow',
      '--maxsize',
      '--percent',
      '--label',
      '--fsoptions',
      '--mkfsoptions',
      '--encrypted',
      '--passphrase',
      '--luks-version',
    ],
    values: { ...fileSystem, ...onlyLuks2 },
  },
  {
    commands: ['bootloader'],
    options: ['--append', '--timeout', '--boot-drive', '--location', '--sdboot'],
    values: { '--location': 'mbr' },
    refused: { '--disabled': 'a disk needs a boot loader of its own' },
  },
  { commands: ['reboot', 'poweroff', 'halt', 'shutdown'], options: ['--eject'] },
  {
    commands: ['text', 'graphical', 'cmdline'],
    options: [],
    idle: { '--non-interactive': 'an answer file is never asked about' },
  },
  {
    commands: ['url'],
    options: [],
    idle: { '--url': fromMedium, '--mirrorlist': fromMedium, '--metalink': fromMedium },
  },
  {
    commands: ['repo'],
    options: [],
    idle: { '--name': fromMedium, '--baseurl': fromMedium, '--mirrorlist': fromMedium, '--metalink': fromMedium },
  },
  { commands: ['cdrom', 'harddrive'], options: [], idle: { '--partition': fromMedium, '--dir': fromMedium } },
  {
    commands: ['firstboot'],
    options: [],
    idle: { '--disable': 'nothing asks at the first start', '--disabled': 'nothing asks at the first start' },
  },
  { commands: ['eula'], options: [], idle: { '--agreed': 'there is none' } },
];

const packagesSection: Accepted = {
  commands: ['%packages'],
  options: ['--ignoremissing'],
  idle: {
    '--nocore': 'there is no core group to leave out',
    '--excludedocs': fromMedium,
    '--exclude-weakdeps': fromMedium,
    '--excludeWeakdeps': fromMedium,
    '--inst-langs': fromMedium,
    '--instLangs': fromMedium,
  },
};

const all: readonly AcceptedAnswer[] = [...own, ...configuring];

/** What the installer makes of a command; undefined for one that it cannot honour. */
export function acceptedCommand(name: string): AcceptedAnswer | undefined {
  return name === '%packages' ? packagesSection : all.find(({ commands }) => commands.includes(name));
}
