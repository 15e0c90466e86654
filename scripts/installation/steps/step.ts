import type { Span } from '../../diagnostic/index.ts';

/** One program of an installation. */
export interface Step {
  /** In words, while it runs: `Making ext4 for /`. */
  readonly title: string;
  readonly argv: readonly string[];
  /** What it reads. Never shown or kept: passphrases and hashes come this way. */
  readonly stdin?: string;
  /** The line of the answers that asked for it. */
  readonly span?: Span;
  /** A failure is told, and the installation goes on. */
  readonly mayFail?: true;
  /** It would go on after an error, through every file that is left: it is ended when it tells of the first. */
  readonly endsAtFirstError?: true;
  /** It fills the file system mounted at `mountPoint` with `bytes`: how far it is can be seen there. */
  readonly fills?: { readonly mountPoint: string; readonly bytes: number };
}

/** Where the new system is mounted while it is made; where Anaconda has it, too, for `%post --nochroot`. */
export const target = '/mnt/sysimage';

/** The new system's EFI system partition. */
export const efi = `${target}/boot/efi`;

/** A shell script with its arguments as $1, $2 … */
export function shell(title: string, script: string, ...words: readonly string[]): Step {
  return { title, argv: ['sh', '-euc', script, 'sh', ...words] };
}

/** Writes `text` to a file of the new system. */
export function writing(title: string, file: string, text: string): Step {
  return { ...shell(title, 'mkdir -p "$(dirname "$1")"; cat > "$1"', `${target}${file}`), stdin: text };
}
