import type { Diagnostic } from '../diagnostic.ts';
import { type KickstartVersion, LATEST_VERSION } from '../grammar/version.ts';
import { interpret } from '../interpret/interpret.ts';
import type { KickstartModel } from '../model/model.ts';
import { isUtf16 } from '../source/bytes.ts';
import type { Document } from '../syntax/tree.ts';
import { checkWithBash } from './bash.ts';
import { LINT_RULES } from './registry.ts';
import type { LintContext, LintRule, LintSettings, LivemediaTarget, Profile, ShellProblem } from './rule.ts';
import { scriptsOf } from './scripts.ts';

export interface LintOptions {
  /** Default: the newest. */
  readonly version?: KickstartVersion;
  /** The program that will install; default: anaconda. */
  readonly profile?: Profile;
  /** What livemedia-creator is to make; default: an ISO image. */
  readonly livemediaTarget?: LivemediaTarget;
  /** Whether livemedia-creator installs in a virtual machine; default: no. */
  readonly isVirtual?: boolean;
  /** Whether the system will run on real hardware; default: no. */
  readonly isBareMetal?: boolean;
  /** Ids of rules to leave out. */
  readonly without?: readonly string[];
  /** A file that the kickstart includes could not be read, which is told: what is missing may be in it. Default: no. */
  readonly isIncomplete?: boolean;
  /** How to check shell scripts; default: `bash -n` if there is a bash, false: not at all. */
  readonly checkShell?: ((script: string) => readonly ShellProblem[]) | false;
}

/** Applies the rules beyond the language: what installs, but not what was meant. */
export function lint(document: Document, options: LintOptions = {}): Diagnostic[] {
  return lintModel(document, interpret(document, options.version ?? LATEST_VERSION).model, options);
}

/** What `validate` and `lint` find, in the order of the text. */
export function check(document: Document, options: LintOptions = {}): Diagnostic[] {
  const { model, diagnostics } = interpret(document, options.version ?? LATEST_VERSION);
  const found = lintModel(document, model, options);
  return inOrderOfText(document, [...diagnostics.filter((finding) => !isToldBetter(finding, found)), ...found]);
}

/** Two lines for one mount point are a duplicate of the language, too; the rule knows who will make what of them. */
function isToldBetter({ code, span }: Diagnostic, found: readonly Diagnostic[]): boolean {
  if (code !== 'duplicate-entry' || span === undefined) return false;
  const isHere = (other: Diagnostic) => other.span?.file === span.file && other.span.start.offset === span.start.offset;
  return found.some((other) => other.code === 'mount-point-twice' && isHere(other));
}

/** Sorts findings by file, in the order in which a flattened text reaches its files, and by place. */
function inOrderOfText(document: Document, findings: readonly Diagnostic[]): Diagnostic[] {
  const files = [document.file, ...(document.source.origins ?? []).map(({ source }) => source.file)];
  const ranks = new Map([...new Set(files)].map((file, rank) => [file, rank]));
  const rank = ({ span }: Diagnostic) => ranks.get(span?.file ?? '') ?? 0;
  const offset = ({ span }: Diagnostic) => span?.start.offset ?? 0;
  return findings.toSorted((a, b) => rank(a) - rank(b) || offset(a) - offset(b));
}

function lintModel(document: Document, model: KickstartModel, options: LintOptions): Diagnostic[] {
  if (isUtf16(document.source.text)) return [];
  const settings = settingsOf(options);
  const context: LintContext = {
    document,
    model,
    settings,
    scripts: scriptsOf(document, model.scripts),
    startOfDocument: document.source.span(0, 0),
    isIncomplete: options.isIncomplete ?? false,
    isWhole: !document.nodes.some(
      (node) =>
        node.kind === 'include' || (node.kind === 'section' && node.name === '%packages' && node.includes.length > 0),
    ),
  };
  return rulesFor(settings.profile, options.without ?? []).flatMap((rule) => findingsOf(rule, context));
}

function settingsOf(options: LintOptions): LintSettings {
  const checkShell = options.checkShell ?? checkWithBash;
  return {
    profile: options.profile ?? 'anaconda',
    livemediaTarget: options.livemediaTarget ?? 'iso',
    isVirtual: options.isVirtual ?? false,
    isBareMetal: options.isBareMetal ?? false,
    ...(checkShell === false ? {} : { checkShell }),
  };
}

function rulesFor(profile: Profile, without: readonly string[]): LintRule[] {
  return LINT_RULES.filter(({ id, profiles }) => !without.includes(id) && (profiles?.includes(profile) ?? true));
}

function findingsOf(rule: LintRule, context: LintContext): Diagnostic[] {
  return Array.from(rule.check(context), (finding) => ({ code: rule.id, severity: rule.severity, ...finding }));
}
