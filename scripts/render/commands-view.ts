import type { ResolvedCommand, ResolvedFlavour, Sourced } from '../flavour/index.ts';

/** Commands that the templates write themselves, unless a component brings its own. */
const REPLACEABLE = ['part', 'selinux', 'network', 'firewall', 'shutdown'] as const;

/** What components bring for the command section, and which of the templates' own commands give way to it. */
export function commandsView(commands: ResolvedFlavour['kickstart']) {
  const isOwn = (name: string): boolean => !commands.some((entry) => nameOf(entry) === name);
  const bootloader = commands.find((entry) => nameOf(entry) === 'bootloader');
  return {
    // Kernel arguments have one model: a component says where the boot loader goes, never what it appends.
    bootloader: bootloader ? sourced(bootloader, bootloader.command.replace(/^bootloader\s*/, '')) : '--location=none',
    brought: commands
      .filter((entry) => nameOf(entry) !== 'bootloader')
      .map((entry) => ({ reason: sourced(entry, entry.reason), command: sourced(entry, entry.command) })),
    // Disks have no default once a component partitions them by itself.
    own: {
      ...Object.fromEntries(REPLACEABLE.map((name) => [name, isOwn(name)])),
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
