import type { Diagnostic, Fix, Severity, Span } from '../diagnostic.ts';
import type { KickstartModel } from '../model/model.ts';
import type { Document } from '../syntax/tree.ts';
import type { LintScript } from './scripts.ts';

/** Programs that install from a kickstart, each with demands of its own. */
export const PROFILES = ['anaconda', 'livemedia', 'direct'] as const;

export type Profile = (typeof PROFILES)[number];

/** What livemedia-creator is to make; decides which of its demands apply. */
export const LIVEMEDIA_TARGETS = ['iso', 'filesystem', 'pxe-live', 'disk', 'tar'] as const;

export type LivemediaTarget = (typeof LIVEMEDIA_TARGETS)[number];

/** What is known about the use of a kickstart beyond its text. */
export interface LintSettings {
  readonly profile: Profile;
  readonly livemediaTarget: LivemediaTarget;
  /** livemedia-creator installs in a virtual machine. */
  readonly isVirtual: boolean;
  /** The system will run on real hardware, which needs firmware. */
  readonly isBareMetal: boolean;
  /** Checks the syntax of a shell script; absent when no shell is at hand. */
  readonly checkShell?: (script: string) => readonly ShellProblem[];
}

/** A syntax error in a script. */
export interface ShellProblem {
  /** Line of the script, from 1. */
  readonly line: number;
  readonly message: string;
}

/** What a rule looks at. */
export interface LintContext {
  readonly document: Document;
  readonly model: KickstartModel;
  readonly settings: LintSettings;
  /** The scripts of the kickstart with their places. */
  readonly scripts: readonly LintScript[];
  /** A place for findings about something that is missing: the first line. */
  readonly startOfDocument: Span;
  /** A file could not be read, and that is the finding: nothing is called missing. */
  readonly isIncomplete: boolean;
  /** No %include is left: what is missing does not stand in a file that could not be read, or that only %pre makes. */
  readonly isWhole: boolean;
}

/** A finding of a rule, before it gets the rule's name and severity. */
export interface RuleFinding {
  readonly message: string;
  readonly span: Span;
  readonly related?: NonNullable<Diagnostic['related']>;
  readonly hint?: string;
  /** Applied by itself: it must mean what was meant. */
  readonly fix?: Fix;
  /** Offered to a person. */
  readonly suggestions?: readonly Fix[];
  /** Where a finding weighs less than the rule says. */
  readonly severity?: Severity;
}

export interface LintRule {
  /** Code of the findings, kebab-case. */
  readonly id: string;
  readonly severity: Severity;
  /** One sentence: what is wrong. */
  readonly summary: string;
  /** Why it is wrong, and what happens. */
  readonly reason: string;
  /** Profiles it applies to; absent for all. */
  readonly profiles?: readonly Profile[];
  /** Some of its findings have a fix that is applied by itself. */
  readonly isFixable: boolean;
  /** A kickstart the rule complains about; with the settings needed for that. */
  readonly example: string;
  readonly exampleSettings?: Partial<LintSettings>;
  check(context: LintContext): Iterable<RuleFinding>;
}
