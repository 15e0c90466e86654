import type { Context } from '../context/index.ts';
import { type Diagnostic, ReportedError } from '../diagnostic/index.ts';
import type { BuiltSide } from '../dossier/index.ts';
import { baseNamed, todayAsDate } from '../flavour/index.ts';
import { directoriesOf } from '../prepare/index.ts';
import type { PlacedStatement } from '../render/index.ts';
import { type DataRequest, type SecurityData, securityData } from './copies.ts';
import { byUrgency, type Found } from './found.ts';
import { installedSources } from './installed.ts';
import { withStatements } from './statements.ts';
import { knowsRelease, openInDebian, type Tracker } from './tracker.ts';
import { openInUpdates } from './updateinfo.ts';

/** What a distribution's security data says of an image. */
export interface Judgement {
  readonly schema: 1;
  readonly flavour: string;
  readonly base: string;
  /** The release, in the data's words. */
  readonly release: string;
  readonly data: {
    readonly of: 'Debian Security Tracker' | 'updateinfo.xml';
    readonly files: readonly string[];
    /** `2026-12-01T01:02:03Z` */
    readonly dated: string;
    readonly ageDays: number;
  };
  /** How many source packages (of updateinfo.xml, packages) were looked up. */
  readonly looked: number;
  /** The most urgent first. */
  readonly found: readonly Found[];
}

export interface JudgeRequest extends DataRequest {
  /** What is stated about vulnerabilities; what the image's manifest says when absent. */
  readonly statements?: readonly PlacedStatement[] | undefined;
}

/** Older than that, too much may have become known since. */
const FRESH_DAYS = 7;
const DAY = 86_400_000;

/**
 * Compares what is in an image with what its distribution knows of vulnerabilities. What cannot be told is warned of.
 * @throws ReportedError where the image's packages or base are not known, or the data is about something else
 */
export async function judgeImage(
  side: BuiltSide,
  { statements = side.manifest.vulnerabilities ?? [], ...request }: JudgeRequest,
  context: Context,
): Promise<Judgement> {
  const { manifest } = side;
  const { base, diagnostics } = baseNamed(manifest.base, directoriesOf(context.places));
  if (base === undefined) throw new ReportedError(diagnostics);
  if (manifest.packages.length === 0) throw withoutPackages(side);
  const data = await securityData(base, request, context);
  const ageDays = Math.max(0, Math.floor((Date.now() - data.dated.getTime()) / DAY));
  const common = { schema: 1, flavour: manifest.flavour, base: base.name, release: base.release } as const;
  const about = { files: data.files, dated: `${data.dated.toISOString().slice(0, 19)}Z`, ageDays };
  if (ageDays > FRESH_DAYS) context.warn([isOld(ageDays, request)]);
  const judged =
    data.debian === undefined ? inUpdates(side, data) : inDebian(side, data.debian, base.release, data, context);
  const { found, warnings } = withStatements(judged.found, statements, judged.names, todayAsDate());
  context.warn(warnings);
  const of = data.debian === undefined ? 'updateinfo.xml' : 'Debian Security Tracker';
  return { ...common, data: { of, ...about }, looked: judged.looked, found: byUrgency(found) };
}

interface Judged {
  readonly found: readonly Found[];
  readonly looked: number;
  /** Of packages and their sources. */
  readonly names: ReadonlySet<string>;
}

function inUpdates({ manifest: { packages } }: BuiltSide, { updates = [] }: SecurityData): Judged {
  const found = openInUpdates(updates, packages);
  const names = new Set([...packages.map(({ name }) => name), ...found.map(({ source }) => source)]);
  return { found, looked: packages.length, names };
}

function inDebian(
  side: BuiltSide,
  tracker: Tracker,
  release: string,
  { files }: SecurityData,
  context: Context,
): Judged {
  if (side.dossier === undefined) throw withoutPackages(side);
  if (!knowsRelease(tracker, release)) {
    const message = `${files.join(', ')} says nothing of ${release}`;
    throw new ReportedError({ code: 'other-release', severity: 'error', message, hint: '--refresh fetches it anew.' });
  }
  const { sources, unknown } = installedSources(side);
  if (unknown.length > 0) context.warn([notLookedAt(unknown)]);
  return {
    found: sources.flatMap((one) => openInDebian(tracker, release, one)),
    looked: sources.length,
    names: new Set(sources.flatMap(({ name, packages }) => [name, ...packages])),
  };
}

function withoutPackages({ given }: BuiltSide): ReportedError {
  return new ReportedError({
    code: 'no-dossier',
    severity: 'error',
    message: `${given}: its build did not note what packages are in the image`,
    hint: 'The direct engine does, and of Fedora those that read the logs of Anaconda.',
  });
}

function isOld(days: number, { data }: DataRequest): Diagnostic {
  return {
    code: 'old-security-data',
    severity: 'warning',
    message: `the security data is ${days} days old: what became known since is not in it`,
    hint: data === undefined ? '--refresh fetches it anew.' : 'Its age is that of the file.',
  };
}

function notLookedAt(names: readonly string[]): Diagnostic {
  return {
    code: 'unknown-sources',
    severity: 'warning',
    message: `of ${names.join(', ')} the build did not note what they were built from: they were not looked at`,
    hint: 'An earlier version of this program made it: build it anew.',
  };
}
