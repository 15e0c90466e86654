import type { KickstartModel } from 'kickstart-parser';
import type { CommandHandler } from '../../../configure/index.ts';
import type { Diagnostic } from '../../../diagnostic/index.ts';
import { imageKind } from '../../../image/index.ts';
import { fileSystems, roleOf } from '../disk/layout.ts';

type Part = KickstartModel['commands']['part'][number];

/**
 * `part`: with partitions for a boot loader the image is a whole disk, new and empty before; the
 * image stage partitions and fills it. With `part /` alone it is live, as with livemedia-creator: one file system, whose type
 * is the image's own, and the size says how large the system may become.
 */
export const storage: CommandHandler = {
  commands: ['part', 'partition'],
  options: ['--fstype', '--type', '--size', '--grow', '--label', '--fsoptions'],
  idle: { '--asprimary': 'every partition of a GPT is' },
  check: (model, packages) => (imageKind(model) === 'disk' ? checkDisk(model, packages) : checkLive(model)),
  scripts: (model) =>
    imageKind(model) === 'disk'
      ? []
      : model.commands.part.flatMap(({ size, span }) => {
          if (size === undefined) return [];
          const body = [
            'used=$(du -s --block-size=1M --one-file-system / | cut -f1)',
            `[ "$used" -le ${size} ] || { echo "the system takes $used MiB, and part / --size allows ${size}" >&2; exit 1; }`,
          ].join('\n');
          return [{ id: 'part', title: 'part /', body, origin: span }];
        }),
};

/** `zerombr`, `clearpart`: the disk that the image becomes is new. */
export const wiping: CommandHandler = {
  commands: ['zerombr', 'clearpart'],
  options: [],
  idle: {
    '--all': 'there is nothing to remove',
    '--linux': 'there is nothing to remove',
    '--initlabel': 'it has no table to keep',
    '--initAll': 'it has no table to keep',
    '--disklabel': 'it gets a GPT; what says something else is refused',
  },
  scripts: () => [],
};

/** Nothing is skipped in silence: what speaks of disks has no meaning in a live image. */
function checkLive(model: KickstartModel): Diagnostic[] {
  return model.present.flatMap((command) => {
    if (command.name === 'zerombr' || command.name === 'clearpart') {
      const message = `${command.name}: a live image has no partitions`;
      return [{ code: 'unsupported-command', severity: 'error' as const, message, span: command.span }];
    }
    if (command.name !== 'part' && command.name !== 'partition') return [];
    return command.given
      .filter((option) => !['--size', '--fstype', '--type'].includes(option.name))
      .map((option) => {
        const message = `the direct engine cannot honour ${option.name} of a live image's ${command.name}`;
        return { code: 'unsupported-option', severity: 'error' as const, message, span: option.span };
      });
  });
}

function checkDisk(model: KickstartModel, packages: ReadonlySet<string>): Diagnostic[] {
  const { part, bootloader } = model.commands;
  const [first] = part;
  if (!first) return [];
  const noLoader = bootloader === undefined || bootloader.location === 'none' || bootloader.disabled;
  return [
    ...part.flatMap(refusePart),
    ...refuseGrowth(model, packages),
    ...refuseTable(model),
    ...repeated(part),
    ...(part.some((entry) => entry.mountpoint === '/') ? [] : [finding(first, 'no part / holds the system')]),
    ...(noLoader
      ? [finding(bootloader ?? first, 'a disk needs a boot loader', 'Say `bootloader --location=mbr`.')]
      : refuseLoader(model, first, packages)),
  ];
}

/** Firmware finds a boot loader only in a partition of its own. */
function refuseLoader(model: KickstartModel, first: Part, packages: ReadonlySet<string>): Diagnostic[] {
  const roles = model.commands.part.map((entry) => roleOf(entry.mountpoint, entry.fstype));
  const sdboot = model.commands.bootloader?.sdboot === true;
  if (sdboot && !packages.has('systemd-boot') && !packages.has('systemd-boot-efi')) {
    return [finding(model.commands.bootloader ?? first, 'systemd-boot is asked for, and is not in %packages')];
  }
  if (roles.includes('esp') || (roles.includes('bios-boot') && !sdboot)) return [];
  return [
    finding(
      first,
      sdboot ? 'systemd-boot needs a part /boot/efi' : 'no partition holds the boot loader',
      'Add `part /boot/efi --fstype=efi --size=64` for UEFI, `part biosboot --fstype=biosboot --size=1` for BIOS, or both.',
    ),
  ];
}

function refusePart(entry: Part): Diagnostic[] {
  const role = roleOf(entry.mountpoint, entry.fstype);
  if (role !== 'file-system') return [];
  const { mountpoint, fstype = 'ext4' } = entry;
  if (!mountpoint.startsWith('/')) return [finding(entry, `part ${mountpoint}: not a mount point`)];
  if (mountpoint.startsWith('/boot')) {
    return [
      finding(
        entry,
        `part ${mountpoint}: kernels are in the root file system`,
        'Boot loaders read it; leave this out.',
      ),
    ];
  }
  if (/^\/(usr|etc|dev|proc|sys|run)(\/|$)/.test(mountpoint)) {
    return [finding(entry, `part ${mountpoint}: the system needs this directory before it can mount anything`)];
  }
  if (!fileSystems.includes(fstype)) {
    return [finding(entry, `part ${mountpoint} --fstype=${fstype}: must be ${fileSystems.join(', ')}`)];
  }
  return [];
}

/** Growing is systemd-repart's work, at each start; it moves no partition. */
function refuseGrowth(model: KickstartModel, packages: ReadonlySet<string>): Diagnostic[] {
  const { part } = model.commands;
  return part
    .filter(({ grow }) => grow === true)
    .flatMap((entry) => {
      const { mountpoint } = entry;
      if (roleOf(mountpoint, entry.fstype) !== 'file-system') {
        return [finding(entry, `part ${mountpoint} --grow: only a file system can grow`)];
      }
      if (entry !== part.at(-1)) {
        const hint = 'Make it the last one, or drop --grow.';
        return [finding(entry, `part ${mountpoint} --grow: on an image only the last partition can grow`, hint)];
      }
      if (packages.has('systemd-repart')) return [];
      const hint = 'Add systemd-repart to %packages: it makes the partition larger when the system starts.';
      return [finding(entry, `part ${mountpoint} --grow needs the package systemd-repart, which is not listed`, hint)];
    });
}

/** The partition table is a GPT, whatever is said. */
function refuseTable(model: KickstartModel): Diagnostic[] {
  const { clearpart } = model.commands;
  const label = clearpart?.disklabel ?? '';
  if (clearpart === undefined || ['', 'gpt'].includes(label)) return [];
  return [finding(clearpart, `clearpart --disklabel=${label}: the direct engine makes a GPT`)];
}

function repeated(part: readonly Part[]): Diagnostic[] {
  return part
    .filter((entry, index) => part.findIndex((other) => other.mountpoint === entry.mountpoint) < index)
    .map((entry) => finding(entry, `part ${entry.mountpoint} is given twice`));
}

function finding(at: { readonly span?: Diagnostic['span'] }, message: string, hint?: string): Diagnostic {
  return {
    code: 'unsupported-storage',
    severity: 'error',
    message,
    ...(at.span && { span: at.span }),
    ...(hint !== undefined && { hint }),
  };
}
