import type {
  AutopartValue,
  BtrfsValue,
  MountValue,
  PartValue,
  RaidValue,
  ReqpartValue,
} from '../model/command-values.ts';
import { type AnyBehaviour, behaviour, type CommandInput } from './behaviour.ts';
import { flag, line, named, plain, quoted, word } from './canonical-line.ts';
import { checkLuks, luksCipher, luksKeys, luksSecrets } from './luks.ts';

const RAID_LEVEL = /^(?:raid)?(\d+)$/i;

/** Disks: partitions and what is made of them without LVM. */
export const PARTITION_COMMANDS: Readonly<Record<string, AnyBehaviour>> = {
  autopart: behaviour<AutopartValue>({
    check(value, input) {
      checkLuks(value, input);
      if (value.fstype === 'btrfs') input.reject('--fstype=btrfs is not possible: use --type=btrfs', 'fstype');
      if (value.type === 'btrfs' && value.fstype)
        input.reject('--type=btrfs and --fstype exclude each other', 'fstype');
      if (value.type === 'btrfs' && isRhel(input) && input.version !== 'RHEL11')
        input.reject(`${input.version} has no Btrfs`, 'type');
      if (value.noswap && value.hibernation)
        input.reject('--noswap and --hibernation exclude each other', 'hibernation');
    },
    write: (value) =>
      line(
        'autopart',
        ...luksSecrets(value),
        plain('--type', value.type === 'partition' ? 'plain' : value.type),
        luksCipher(value),
        plain('--fstype', value.fstype),
        flag('--nohome', value.nohome),
        flag('--noboot', value.noboot),
        flag('--noswap', value.noswap),
        ...luksKeys(value),
        flag('--hibernation', value.hibernation),
        quoted('--hw-passphrase', value.encrypted ? value.hwPassphrase : ''),
      ),
  }),

  reqpart: behaviour<ReqpartValue>({ write: (value) => line('reqpart', flag('--add-boot', value.addBoot)) }),

  part: behaviour<PartValue>({
    read(input) {
      readMountpoint(input);
    },
    check(value, input) {
      checkFileSystem(value, input);
      checkLuks(value, input);
      if (value.resize && !value.onPart) input.reject('--resize needs --onpart', 'resize');
      if (value.resize && !value.size) input.reject('--resize needs --size', 'resize');
      if (value.fstype === 'tmpfs' && (value.grow || value.maxSizeMB)) {
        input.reject('A tmpfs has no --grow and no --maxsize', value.grow ? 'grow' : 'maxSizeMB');
      }
    },
    key: (value) => (value.mountpoint === 'swap' ? undefined : value.mountpoint),
    write: (value) =>
      line(
        'part',
        word(value.mountpoint),
        flag('--active', value.active),
        flag('--asprimary', value.primOnly),
        quoted('--fstype', value.fstype),
        flag('--grow', value.grow),
        plain('--maxsize', Math.max(0, value.maxSizeMB ?? 0)),
        flag('--noformat', !value.format),
        plain('--onbiosdisk', value.onbiosdisk),
        plain('--ondisk', value.disk),
        plain('--onpart', value.onPart),
        flag('--recommended', value.recommended),
        plain('--size', value.size),
        quoted('--fsoptions', value.fsopts),
        quoted('--label', value.label),
        quoted('--fsprofile', value.fsprofile),
        ...luksSecrets(value),
        flag('--resize', value.resize),
        flag('--hibernation', value.hibernation),
        luksCipher(value),
        quoted('--mkfsoptions', value.mkfsopts),
        ...luksKeys(value),
        quoted('--hw-passphrase', value.encrypted ? value.hwPassphrase : ''),
      ),
  }),

  raid: behaviour<RaidValue>({
    leftovers: 'words',
    read(input) {
      readMountpoint(input);
      readMembers(input);
      if (!['F43', 'F44', 'F45', 'RHEL10', 'RHEL11'].includes(input.version)) {
        input.values.device = String(input.values.device).replace(/^md/, '');
      }
      const level = RAID_LEVEL.exec(String(input.values.level ?? ''))?.[1];
      if (level !== undefined) input.values.level = `RAID${level}`;
    },
    check(value, input) {
      checkFileSystem(value, input);
      checkLuks(value, input);
      const isExisting = value.preexist || !value.format;
      if (value.preexist && value.device === '') input.reject('An existing array needs its device', 'device');
      if (isExisting && value.members.length > 0) input.reject('An existing array takes no members');
      if (!isExisting && value.members.length === 0) input.reject('raid needs members');
      if (!isExisting && !value.level) input.reject('raid needs --level');
    },
    key: (value) => value.device,
    write: (value) =>
      line(
        'raid',
        word(value.mountpoint),
        named('--device', value.device),
        quoted('--fstype', value.fstype),
        plain('--level', value.level),
        flag('--noformat', !value.format),
        plain('--spares', value.spares),
        flag('--useexisting', value.preexist),
        quoted('--fsoptions', value.fsopts),
        quoted('--fsprofile', value.fsprofile),
        ...luksSecrets(value),
        quoted('--label', value.label),
        luksCipher(value),
        quoted('--mkfsoptions', value.mkfsopts),
        plain('--chunksize', value.chunkSize),
        ...luksKeys(value),
        ...value.members.filter(Boolean).map(word),
      ),
  }),

  btrfs: behaviour<BtrfsValue>({
    leftovers: 'words',
    read(input) {
      for (const field of ['dataLevel', 'metaDataLevel']) {
        const level = input.values[field];
        if (typeof level === 'string' && /^\d/.test(level)) input.values[field] = `raid${level}`;
      }
      const [mountpoint, ...devices] = input.args.leftovers;
      input.values.mountpoint = mountpoint?.value ?? '';
      input.values.devices = devices.map((device) => device.value);
      if (mountpoint === undefined) input.reject('btrfs needs a mount point');
    },
    check(value, input) {
      if (value.devices.length === 0) input.reject('btrfs needs at least one device');
      if (value.subvol && !value.name) input.reject('--subvol needs --name', 'subvol');
      if (value.mkfsopts && (value.preexist || !value.format)) {
        input.reject('--mkfsoptions does not go with an existing file system', 'mkfsopts');
      }
    },
    key: (value) => value.mountpoint,
    write: (value) =>
      line(
        'btrfs',
        word(value.mountpoint),
        ...(value.preexist || !value.format ? ['--noformat', '--useexisting'] : []),
        quoted('--label', value.label),
        plain('--data', value.dataLevel),
        plain('--metadata', value.metaDataLevel),
        ...(value.subvol ? ['--subvol', plain('--name', value.name)] : []),
        quoted('--mkfsoptions', value.mkfsopts),
        ...value.devices.map(word),
      ),
  }),

  mount: behaviour<MountValue>({
    read(input) {
      input.values.device = input.words('device')[0] ?? '';
      readMountpoint(input);
    },
    check(value, input) {
      if (value.mountpoint.toLowerCase() !== 'none' && !value.mountpoint.startsWith('/')) {
        input.reject(`"${value.mountpoint}" is no mount point: it must begin with / or be "none"`);
      }
      if (value.mkfsOpts && !value.reformat) input.reject('--mkfsoptions needs --reformat', 'mkfsOpts');
    },
    write: (value) =>
      line(
        'mount',
        word(value.device),
        word(value.mountpoint),
        value.reformat === true ? '--reformat' : plain('--reformat', value.reformat),
        quoted('--mkfsoptions', value.mkfsOpts),
        quoted('--mountoptions', value.mountOpts),
      ),
  }),
};

/** The members of an array stand together, before or behind the options; in two places only the first ones count. */
function readMembers(input: CommandInput): void {
  const first = input.words('partitions');
  input.values.members = first.length > 0 ? first : input.args.leftovers.map((word) => word.value);
}

/** Tells whether the syntax is a RHEL release's. */
function isRhel(input: CommandInput): boolean {
  return input.version.startsWith('RHEL');
}

/** Puts the mount point, normalised, into the values. */
export function readMountpoint(input: CommandInput): void {
  input.values.mountpoint = input.args.positionalValues.mntpoint?.[0] ?? '';
}

/** Rules on file systems that all commands that make one share. */
export function checkFileSystem(
  value: {
    readonly mountpoint: string;
    readonly fstype?: string;
    readonly mkfsopts?: string;
    readonly format: boolean;
    readonly fsprofile?: string;
  },
  input: CommandInput,
): void {
  const mayBeBtrfs = input.line.name === 'raid' && ['RHEL10', 'RHEL11'].includes(input.version);
  const isBtrfs = value.fstype === 'btrfs' || value.mountpoint.startsWith('btrfs.');
  if (isBtrfs && isRhel(input) && !mayBeBtrfs) input.reject(`${input.version} has no Btrfs`, 'fstype');
  if (!value.mkfsopts) return;
  if (!value.format) input.reject('--mkfsoptions and --noformat exclude each other', 'mkfsopts');
  if (value.fsprofile) input.reject('--mkfsoptions and --fsprofile exclude each other', 'mkfsopts');
}
