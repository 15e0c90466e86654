import type { KickstartModel } from 'kickstart-parser';
import type { Diagnostic, Span } from '../diagnostic/index.ts';

/** One script that configures a system: a kickstart command put into shell, or a %post section as it stands. */
export interface ConfigureScript {
  readonly id: string;
  readonly title: string;
  readonly body: string;
  /** The kickstart line that asked for it. */
  readonly origin?: Span;
  /** Default `/bin/sh`. */
  readonly interpreter?: string;
  /** `false`: runs beside the tree, which it finds at /mnt/sysimage (`%post --nochroot`). */
  readonly chroot?: boolean;
  /** A failure is a warning (`%post` without `--erroronfail`). */
  readonly mayFail?: boolean;
  /** Holds a password or its hash. */
  readonly secret?: boolean;
  /** Where the output goes (`%post --log=`), inside the script's root. */
  readonly log?: string;
}

/** How one kickstart command is honoured. What is not listed in `options` is refused before work starts. */
export interface CommandHandler {
  /** Names as written in a kickstart. */
  readonly commands: readonly string[];
  /** Full names of the options that are honoured: each changes what is made. */
  readonly options: readonly string[];
  /** Options that are accepted although they change nothing, and why nothing of what they say is lost. */
  readonly idle?: Readonly<Record<string, string>>;
  /** What cannot be honoured although each option by itself could. `packages`: names of those that the system will have. */
  check?(model: KickstartModel, packages: ReadonlySet<string>): Diagnostic[];
  /** Shell scripts to run in the system's root, in order. */
  scripts(model: KickstartModel, packages: ReadonlySet<string>): ConfigureScript[];
}

/** What is accepted of a command, by whoever carries a kickstart out. */
export type Accepted = Pick<CommandHandler, 'commands' | 'options' | 'idle'>;

export function accepts({ options, idle = {} }: Accepted, option: string): boolean {
  return options.includes(option) || option in idle;
}

/** A file written by a shell script, byte for byte. The content must not hold a line equal to the terminator. */
export function writeFile(path: string, content: string, mode = '0644'): string {
  return `install -D -m ${mode} /dev/stdin ${path} <<'END_OF_FILE'\n${content.endsWith('\n') ? content : `${content}\n`}END_OF_FILE`;
}
