import type { Span } from '../diagnostic.ts';
import type { KickstartVersion } from '../grammar/version.ts';
import type { CommandModel } from './command-values.ts';
import type { GivenOption } from './entry.ts';

/** A package, group or exclusion with the lines that name it. */
export interface PackageEntry {
  readonly name: string;
  readonly span: Span;
}

export interface GroupEntry extends PackageEntry {
  /** Which of the group's packages: the mandatory and default ones, all, or only the mandatory ones. */
  readonly include: 'default' | 'optional' | 'nodefaults';
}

/** What all `%packages` sections together ask for. Lists are in the order of the text. */
export interface PackageSelection {
  readonly environment?: PackageEntry;
  readonly groups: readonly GroupEntry[];
  readonly packages: readonly PackageEntry[];
  readonly excludedPackages: readonly PackageEntry[];
  readonly excludedGroups: readonly PackageEntry[];
  readonly flags: PackageFlags;
  /** Header options written out. */
  readonly given: readonly GivenOption[];
  /** The header lines. */
  readonly headerSpans: readonly Span[];
}

/** Options of the last `%packages` header (`defaultPackages` and `instLangs`: of any). */
export interface PackageFlags {
  readonly defaultPackages: boolean;
  readonly excludedocs: boolean;
  readonly excludeWeakdeps: boolean;
  readonly ignorebroken: boolean;
  readonly ignoremissing: boolean;
  readonly multiLib: boolean;
  readonly nocore: boolean;
  readonly instLangs?: string;
  readonly retries?: number;
  readonly timeout?: number;
}

export type ScriptSection = 'pre' | 'pre-install' | 'post' | 'onerror' | 'traceback';

/** A script with what its header says. Scripts with an empty body are left out, as the installer leaves them out. */
export interface Script {
  readonly section: ScriptSection;
  readonly interpreter: string;
  /** False for `%post --nochroot` and for the sections that run outside the target. */
  readonly chroot: boolean;
  readonly erroronfail: boolean;
  readonly log?: string;
  /** The text of the script; line endings are as in the kickstart. */
  readonly body: string;
  readonly bodySpan: Span;
  readonly headerSpan: Span;
  /** Line of the header. */
  readonly lineno: number;
  readonly given: readonly GivenOption[];
}

/** A section whose body only its add-on understands. */
export interface Addon {
  readonly section: '%addon' | '%anaconda';
  /** Words of the header behind the section name; the first one of an `%addon` is its name. */
  readonly args: readonly string[];
  readonly body: string;
  readonly bodySpan: Span;
  readonly headerSpan: Span;
}

export interface Certificate {
  readonly filename: string;
  readonly dir?: string;
  readonly type?: string;
  readonly body: string;
  readonly bodySpan: Span;
  readonly headerSpan: Span;
}

/** A command line that is in force, in the order of the text. */
export interface PresentCommand {
  /** As written. */
  readonly name: string;
  readonly span: Span;
  readonly given: readonly GivenOption[];
}

/** What a kickstart means. Lines in error are left out; ask `validate` about them. */
export interface KickstartModel {
  readonly version: KickstartVersion;
  readonly commands: CommandModel;
  /** Every command line that took part, deprecated ones included. */
  readonly present: readonly PresentCommand[];
  /** Absent when the kickstart has no `%packages` section. */
  readonly packages?: PackageSelection;
  readonly scripts: readonly Script[];
  readonly addons: readonly Addon[];
  readonly certificates: readonly Certificate[];
  /** From a `#platform=` comment. */
  readonly platform?: string;
}
