import { type Fields, fieldsOf, objectsOf, textOf } from '../files/index.ts';
import { someOf } from './claim.ts';
import { PROVENANCE, STATEMENT, TEST_RESULT } from './statement.ts';
import { isPlainName, type Sum } from './sums.ts';

/** Why a provenance is not that of these files, as the end of a sentence; undefined where it is. */
export function provenanceFault(statement: Fields, sums: readonly Sum[]): string | undefined {
  if (statement._type !== STATEMENT || statement.predicateType !== PROVENANCE) return 'is no provenance';
  const said = subjectsOf(statement);
  const right = new Map(sums.map(({ file, sha256 }) => [file, sha256]));
  const different = [...new Set([...said.keys(), ...right.keys()])].filter(
    (file) => said.get(file) !== right.get(file),
  );
  return different.length === 0 ? undefined : `is about other files: ${someOf(different)}`;
}

/** Why what it says does not fit what else is known. `packages`: purl → SHA-256 of the bill of materials. */
export function materialsFault(
  statement: Fields,
  packages: ReadonlyMap<string, string> | undefined,
  lock: unknown,
): string | undefined {
  const definition = fieldsOf(fieldsOf(statement.predicate)?.buildDefinition);
  const materials = objectsOf(definition?.resolvedDependencies);
  const sumOf = (one: Fields) => textOf(fieldsOf(one.digest)?.sha256);
  const locked = fieldsOf(lock);
  if (locked !== undefined && !materials.some((one) => one.name === locked.file && sumOf(one) === locked.sha256)) {
    return 'has another lock than manifest.json';
  }
  if (packages === undefined) return undefined;
  const said = new Map(materials.map((one) => [textOf(one.uri), sumOf(one)]));
  const different = [...packages].filter(([purl, sha256]) => said.get(purl) !== sha256).map(([purl]) => purl);
  return different.length === 0 ? undefined : `has other packages than the bill of materials: ${someOf(different)}`;
}

/** The kickstart that a provenance names, which no list of checksums does. */
export function kickstartIn(statement: Fields): Sum | undefined {
  const definition = fieldsOf(fieldsOf(statement.predicate)?.buildDefinition);
  const [found] = objectsOf(definition?.resolvedDependencies)
    .map(({ name, digest }) => ({ file: textOf(name), sha256: textOf(fieldsOf(digest)?.sha256) }))
    .filter(({ file }) => file.endsWith('.ks') && isPlainName(file));
  return found;
}

/** Who built what how, in a few words. */
export function provenanceInWords(statement: Fields): string {
  const predicate = fieldsOf(statement.predicate);
  const definition = fieldsOf(predicate?.buildDefinition);
  const run = fieldsOf(predicate?.runDetails);
  const materials = objectsOf(definition?.resolvedDependencies);
  const own = materials.find(({ name, digest }) => name === 'phyllome' && fieldsOf(digest)?.gitCommit !== undefined);
  const commit = textOf(fieldsOf(own?.digest)?.gitCommit);
  const isChanged = fieldsOf(own?.annotations)?.changed === true;
  const lock = fieldsOf(fieldsOf(definition?.internalParameters)?.lock);
  const parts = [
    `phyllome ${textOf(fieldsOf(fieldsOf(run?.builder)?.version)?.phyllome)}`,
    commit === '' ? 'of no git revision' : `of git revision ${commit.slice(0, 12)}${isChanged ? ' with changes' : ''}`,
    lock === undefined ? 'not locked' : `by the lock ${textOf(lock.file)}`,
    `${materials.length} materials`,
    `finished ${textOf(fieldsOf(run?.metadata)?.finishedOn)}`,
  ];
  return parts.join(', ');
}

/** A result of tests, as far as it is one of one of these files. */
export interface StatedTest {
  readonly file: string;
  /** How it was installed, where the test is of an installation; undefined where the file itself was booted. */
  readonly installation?: string;
  readonly result: string;
  readonly passed: number;
  /** Ids of checks. */
  readonly failed: readonly string[];
  readonly report: string;
  readonly reportSha256: string;
}

/** Undefined where it is none, or of something else. */
export function testIn(statement: Fields, sums: readonly Sum[]): StatedTest | undefined {
  if (statement._type !== STATEMENT || statement.predicateType !== TEST_RESULT) return undefined;
  const said = subjectsOf(statement);
  const tested = sums.find(({ file, sha256 }) => said.get(file) === sha256);
  const predicate = fieldsOf(statement.predicate);
  const [report] = objectsOf(predicate?.configuration);
  if (tested === undefined || predicate === undefined || report === undefined) return undefined;
  const installation = fieldsOf(report.annotations)?.installation;
  return {
    file: tested.file,
    ...(typeof installation === 'string' && { installation }),
    result: textOf(predicate.result),
    passed: Array.isArray(predicate.passedTests) ? predicate.passedTests.length : 0,
    failed: Array.isArray(predicate.failedTests) ? predicate.failedTests.map(textOf) : [],
    report: textOf(report.name),
    reportSha256: textOf(fieldsOf(report.digest)?.sha256),
  };
}

function subjectsOf(statement: Fields): ReadonlyMap<string, string> {
  const subjects = objectsOf(statement.subject);
  return new Map(subjects.map(({ name, digest }) => [textOf(name), textOf(fieldsOf(digest)?.sha256)]));
}
