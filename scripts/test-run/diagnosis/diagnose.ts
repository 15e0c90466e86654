import type { CheckResult } from '../../checks/index.ts';
import type { Diagnostic } from '../../diagnostic/index.ts';
import {
  type BootFailed,
  type ConsoleFinding,
  describeBootFailure,
  formatJournalEntry,
  type LabRun,
  type Topology,
} from '../../lab/index.ts';
import type { SignedStart } from '../../secure-boot/index.ts';
import { aboutRefusal } from '../expected-refusal.ts';
import type { FailedUnit } from './failed-units.ts';
import { inWords, ownersIn, type Sources, spanOf } from './owner.ts';
import { unitIn } from './unit-name.ts';

/** Entries of a unit's journal that are told with its failure. */
const toldEntries = 8;

export interface Seen {
  readonly failure?: BootFailed;
  readonly results: readonly CheckResult[];
  readonly findings: readonly ConsoleFinding[];
  readonly run: Pick<LabRun, 'milestones' | 'lastLines' | 'consoleLines' | 'unitEntries' | 'clockAheadMs'>;
  readonly consoleLog: string;
  /** The image's file, and how long it should be. */
  readonly image: { readonly file: string; readonly bytes: number; readonly wantedBytes: number };
  /** Units that failed, where the guest could be asked. */
  readonly failedUnits: readonly FailedUnit[];
  /** The machine's, and who signed what it was to start. */
  readonly topology?: Pick<Topology, 'firmware' | 'keys'>;
  readonly secureBoot?: SignedStart;
  /** What the image was made from: whoever brought in what failed is named. */
  readonly sources?: Sources;
}

/** Everything that makes a run fail: the image itself, the boot, bad lines, checks. Empty for a good run. */
export function diagnose(seen: Seen): Diagnostic[] {
  const told = [
    ...ofImage(seen.image),
    ...(seen.failure === undefined ? [] : [ofBoot(seen.failure, seen)]),
    // A bad line is nearer to the cause than a check that failed for it.
    ...seen.findings.map((finding) => ofFinding(finding, seen)),
    ...seen.results.flatMap(ofCheck),
  ];
  const clock = aboutClock(seen.run.clockAheadMs);
  return told.map((diagnostic) => withOwners(withLines(diagnostic, clock), seen));
}

/** Certificates, signatures and timers are judged by the guest's clock: one that is wrong may be behind anything. */
function aboutClock(aheadMs: number): string[] {
  const days = Math.round(Math.abs(aheadMs) / 86_400_000);
  if (days < 1) return [];
  const date = new Date(Date.now() + aheadMs).toISOString().slice(0, 10);
  const off = `${days} ${days === 1 ? 'day' : 'days'} ${aheadMs > 0 ? 'ahead' : 'behind'}`;
  return [`the guest's clock is ${off}: it says ${date}`];
}

/** Told first: whatever else happens follows from it. */
function ofImage({ file, bytes, wantedBytes }: Seen['image']): Diagnostic[] {
  if (bytes >= wantedBytes) return [];
  return [
    {
      code: 'image-cut-off',
      severity: 'error',
      message: `${file} is cut off: ${bytes} of ${wantedBytes} bytes are there`,
      hint: 'Its manifest says how long it was made. A copy that was not finished, or a full disk, leaves such a file.',
    },
  ];
}

function ofBoot(failure: BootFailed, seen: Seen): Diagnostic {
  const diagnostic = describeBootFailure(failure, {
    lastMilestone: seen.run.milestones.last,
    findings: seen.findings,
    lastLines: seen.run.lastLines,
    consoleLog: seen.consoleLog,
  });
  const [first] = seen.findings;
  const unit = unitIn(failure.message) ?? (first && unitIn(first.line));
  return withLines(diagnostic, [
    ...(unit === undefined ? [] : aboutUnit(unit, seen)),
    ...(seen.findings.some(({ pattern }) => noRootPatterns.includes(pattern))
      ? rootArgument(seen.run.consoleLines)
      : []),
    ...(seen.topology ? aboutRefusal(seen.run.consoleLines, seen.topology, seen.secureBoot) : []),
  ]);
}

/** What the console says when the root file system is not found. */
const noRootPatterns: readonly string[] = ['no-root', 'dracut-emergency', 'initramfs-shell', 'init-died'];

/** What the kernel was told to take for the root file system. Of several the last counts. */
function rootArgument(consoleLines: readonly string[]): string[] {
  const commandLine = consoleLines.findLast((line) => /Command line: /.test(line)) ?? '';
  const root = commandLine
    .match(/(?:^|\s)(root=\S+)/g)
    ?.at(-1)
    ?.trim();
  return [root === undefined ? 'the kernel was told no root=' : `the kernel was told ${root}`];
}

function ofCheck(result: CheckResult): Diagnostic[] {
  if (result.status === 'passed' || result.status === 'skipped' || result.quarantine !== undefined) return [];
  return [
    {
      code: `check-${result.id}`,
      severity: 'error',
      message: `${result.id}: ${result.summary}`,
      hint: [result.proves, ...result.evidence.map((line) => `  ${line}`)].join('\n'),
      ...(result.span && { span: result.span }),
    },
  ];
}

function ofFinding(finding: ConsoleFinding, seen: Seen): Diagnostic {
  const unit = unitIn(finding.line);
  const diagnostic: Diagnostic = {
    code: `console-${finding.pattern}`,
    severity: 'error',
    message: `${finding.source} line ${finding.lineNumber}: ${finding.line}`,
    hint: finding.explanation,
  };
  return unit === undefined ? diagnostic : withLines(diagnostic, aboutUnit(unit, seen));
}

/** What the image and the journal know about a unit. */
function aboutUnit(name: string, { failedUnits, run }: Seen): string[] {
  const known = failedUnits.find((unit) => unit.name === name);
  const entries = run.unitEntries.get(name) ?? [];
  return [
    ...(known ? [`${name}: ${known.result}, from ${known.files.join(', ')}${ofPackage(known)}`] : []),
    ...(known?.masked ?? []).map((one) => `${name} asks for ${one}, which is masked`),
    ...(entries.length > 0 ? [`journal of ${name}:`] : []),
    ...entries.slice(-toldEntries).map((entry) => `  ${formatJournalEntry(entry)}`),
  ];
}

const ofPackage = (unit: FailedUnit): string => (unit.package === '' ? '' : ` (package ${unit.package})`);

/** The files and components that brought in what a finding names, as far as they are of the image's own sources. */
function withOwners(diagnostic: Diagnostic, { sources, failedUnits }: Seen): Diagnostic {
  const files = failedUnits.find((unit) => unit.name === unitIn(diagnostic.message))?.files ?? [];
  const named = [...profileFiles(diagnostic.message), diagnostic.message, ...files];
  const owners = sources === undefined ? [] : ownersIn(named.join(' '), sources);
  const [first] = owners;
  if (first === undefined) return diagnostic;
  // On top: whoever reads the rest does so with that file open.
  const hint = [...owners.map(inWords), ...(diagnostic.hint === undefined ? [] : [diagnostic.hint])].join('\n');
  return { ...diagnostic, hint, span: spanOf(first) };
}

/** The kernel tells which AppArmor profile said no, and the file of a profile is named after it. */
function profileFiles(line: string): string[] {
  const profile = /apparmor="DENIED".* profile="\/([^"]+)"/.exec(line)?.[1];
  return profile === undefined ? [] : [`/etc/apparmor.d/${profile.replaceAll('/', '.')}`];
}

function withLines(diagnostic: Diagnostic, lines: readonly string[]): Diagnostic {
  if (lines.length === 0) return diagnostic;
  // Above the last lines of the console, which are long.
  const [head = '', ...tail] = (diagnostic.hint ?? '').split(/(?=^last lines of the console)/m);
  return { ...diagnostic, hint: [head.trimEnd(), ...lines, ...tail].join('\n') };
}
