import type { KickstartModel } from 'kickstart-parser';
import type { Diagnostic } from '../../diagnostic/index.ts';
import { type Output, outputKinds } from './output.ts';

/** What an installation into a directory, or into an image of a disk, leaves undone, by command; `taken`: options that something else takes from the line. */
interface LeftUndone {
  readonly commands: readonly string[];
  readonly taken: Readonly<Record<string, string>>;
  readonly why: string;
  /** Undone on a disk as well: Anaconda installs it into an image, from a system that is none of its own. */
  readonly onDisks?: true;
}

/** Every such command: Anaconda reads its line, says nothing, and does nothing. Tests go through all of it. */
export const leftUndone: readonly LeftUndone[] = [
  {
    commands: [
      'zerombr',
      'clearpart',
      'ignoredisk',
      'reqpart',
      'autopart',
      'raid',
      'volgroup',
      'logvol',
      'btrfs',
      'mount',
    ],
    taken: {},
    why: 'there are no partitions',
  },
  {
    commands: ['part', 'partition'],
    taken: {
      '--size': 'livemedia-creator makes the root file system as large',
      '--fstype': 'livemedia-creator makes it of that type',
      '--type': 'livemedia-creator makes it of that type',
    },
    why: 'there are no partitions',
  },
  {
    commands: ['bootloader'],
    taken: {
      '--append': "they are handed to the medium's own menu",
      '--location': 'none is what happens; what else it says is refused for disks only',
    },
    why: "no boot loader is installed, and the medium's menu is its own",
  },
  {
    commands: ['network'],
    taken: {
      '--bootproto': 'of the builder, whose network is up; what a fixed address needs is refused',
      '--device': 'of the builder',
      '--activate': 'of the builder',
      '--onboot': 'of the builder',
      '--hostname': 'a %post of the kickstart writes it',
    },
    why: 'no configuration of the network is written',
    onDisks: true,
  },
];

/** The lines and options that an output would lose, as errors by name. */
export function notInForce(model: KickstartModel, output: Output): Diagnostic[] {
  const { isDisk } = outputKinds[output];
  return model.present.flatMap((command): Diagnostic[] => {
    const rule = leftUndone.find(({ commands }) => commands.includes(command.name));
    if (rule === undefined || (isDisk && rule.onDisks !== true)) return [];
    const refused = (what: string, span: Diagnostic['span']): Diagnostic => ({
      code: 'livemedia-not-in-force',
      severity: 'error',
      message: `livemedia-creator loses ${what} for ${output}: ${rule.why}`,
      ...(span && { span }),
      hint:
        rule.onDisks === true
          ? 'Put it into an overlay.'
          : 'Put it into an overlay, or make a disk (--output disk-qcow2).',
    });
    if (Object.keys(rule.taken).length === 0) return [refused(command.name, command.span)];
    return command.given
      .filter(({ name }) => !(name in rule.taken))
      .map(({ name, span }) => refused(`${name} of ${command.name}`, span));
  });
}
