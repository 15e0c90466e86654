import type { KickstartModel } from 'kickstart-parser';
import type { Diagnostic } from '../../../diagnostic/index.ts';
import type { ConfigureScript } from '../configure-stage.ts';

/** How the engine honours one kickstart command. What is not listed in `options` is refused before work starts. */
export interface CommandHandler {
  /** Names as written in a kickstart. */
  readonly commands: readonly string[];
  /** Full names of the options that are honoured: each changes what is made. */
  readonly options: readonly string[];
  /** Options that are accepted although they change nothing, and why nothing of what they say is lost. */
  readonly idle?: Readonly<Record<string, string>>;
  /** What cannot be honoured although each option by itself could. */
  check?(model: KickstartModel): Diagnostic[];
  /** Shell scripts to run in the image's root, in order. */
  scripts(model: KickstartModel): ConfigureScript[];
}

/** Names of the packages that the kickstart lists itself. */
export function listedPackages(model: KickstartModel): ReadonlySet<string> {
  return new Set(model.packages?.packages.map((entry) => entry.name) ?? []);
}

/** A file written by a shell script, byte for byte. The content must not hold a line equal to the terminator. */
export function writeFile(path: string, content: string, mode = '0644'): string {
  return `install -D -m ${mode} /dev/stdin ${path} <<'END_OF_FILE'\n${content.endsWith('\n') ? content : `${content}\n`}END_OF_FILE`;
}
