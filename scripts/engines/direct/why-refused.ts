/** Why a command, or an option of one, cannot be honoured, and what to do instead. */
interface Reason {
  readonly why: string;
  readonly hint: string;
}

const lvm = {
  why: 'LVM is made by the kernel’s device-mapper, on a disk that is attached',
  hint: 'Use partitions, or Btrfs with subvolumes; or install the flavour: an installer makes LVM.',
};
const encryption = {
  why: 'all copies of an image would share one key, and nobody is there to type a passphrase',
  hint: 'Install the flavour: an installer encrypts each disk with a key of its own.',
};
const named = {
  why: 'an image is one new disk, which has no name and no partitions yet',
  hint: 'Leave it out: the disk is whichever the image is written to.',
};
const kept = { why: 'an image is a new disk: nothing is on it that could stay', hint: 'Leave it out.' };
const bySize = { why: 'it depends on a computer that is not known', hint: 'Say `--size=`, in MiB.' };

const reasons: Readonly<Record<string, Reason>> = {
  volgroup: lvm,
  logvol: lvm,
  raid: { why: 'RAID is made of several disks, and an image is one', hint: 'Install the flavour, or use partitions.' },
  mount: kept,
  ...Object.fromEntries(
    ['part', 'partition', 'autopart'].flatMap((command) => [
      ...['--encrypted', '--passphrase', '--luks-version', '--cipher', '--escrowcert', '--backuppassphrase'].map(
        (option) => [`${command} ${option}`, encryption] as const,
      ),
      ...['--ondisk', '--ondrive', '--onpart', '--usepart', '--onbiosdisk'].map(
        (option) => [`${command} ${option}`, named] as const,
      ),
      ...['--noformat', '--resize', '--useexisting'].map((option) => [`${command} ${option}`, kept] as const),
      ...['--recommended', '--hibernation'].map((option) => [`${command} ${option}`, bySize] as const),
    ]),
  ),
  'btrfs --noformat': kept,
  'btrfs --useexisting': kept,
  'clearpart --drives': named,
  'clearpart --list': named,
  'bootloader --boot-drive': named,
  'bootloader --driveorder': named,
};

export function whyRefused(command: string, option?: string): Reason | undefined {
  return reasons[option === undefined ? command : `${command} ${option}`];
}
