import type { ResolvedCommand, ResolvedFlavour, Sourced } from '../flavour/index.ts';

/**
 * What the kickstart is for: a live system; a disk that is made for it and may be filled; or a computer's disks, which
 * are somebody's.
 */
export type Purpose = 'live' | 'disk' | 'installer';

/** Commands that destroy what is on a disk. */
const WIPING = ['zerombr', 'clearpart', 'initlabel'];

/** Commands that the templates write themselves, unless a component brings its own. */
const REPLACEABLE = ['part', 'selinux', 'network', 'firewall', 'timesource', 'shutdown'] as const;

type Replaceable = (typeof REPLACEABLE)[number];

/** What components bring for the command section, and which of the templates' own commands give way to it. */
export function commandsView(
  { kickstart: commands, unattended }: Pick<ResolvedFlavour, 'kickstart' | 'unattended'>,
  purpose: Purpose,
) {
  const isOwn = (name: string): boolean => !commands.some((entry) => nameOf(entry) === name);
  const mayWipe = purpose === 'disk' || (purpose === 'installer' && unattended?.value === true);
  const bootloader = commands.find((entry) => nameOf(entry) === 'bootloader');
  return {
    // Kernel arguments have one model: a component says where the boot loader goes, never what it appends.
    bootloader: bootloader
      ? sourced(bootloader, bootloader.command.replace(/^bootloader\s*/, ''))
      : purpose === 'live'
        ? '--location=none'
        : '',
    brought: commands
      .filter((entry) => nameOf(entry) !== 'bootloader' && (mayWipe || !WIPING.includes(nameOf(entry))))
      .map((entry) => ({ reason: sourced(entry, entry.reason), command: sourced(entry, entry.command) })),
    live: purpose === 'live',
    // That of a network of the flavour's own, where it says one.
    hostname: commands.flatMap((entry) => {
      const name = nameOf(entry) === 'network' ? /\s--hostname[=\s]"?([^"\s]+)/.exec(entry.command)?.[1] : undefined;
      return name === undefined ? [] : [sourced(entry, name)];
    })[0],
    ends: purpose === 'installer' ? 'reboot --eject' : 'shutdown',
    wipe: mayWipe && isOwn('clearpart'),
    // Without a word about disks the installer's own screen asks which to use.
    layout: mayWipe,
    // Disks have no default once a component partitions them by itself.
    own: {
      ...(Object.fromEntries(REPLACEABLE.map((name) => [name, isOwn(name)])) as Record<Replaceable, boolean>),
      part: isOwn('part') && isOwn('autopart') && isOwn('reqpart') && isOwn('logvol'),
    },
  };
}

function nameOf({ command }: ResolvedCommand): string {
  return command.split(/\s/, 1)[0] ?? '';
}

function sourced({ at }: ResolvedCommand, value: string): Sourced<string> {
  return { value, at };
}
