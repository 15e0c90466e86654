import { type Fields, objectIn } from '../files/index.ts';
import { openEnvelope, type PublicKey } from '../signing/index.ts';
import { type Claim, notClaimed, verified, wrong } from './claim.ts';
import { MANIFEST } from './dossier-claims.ts';
import {
  kickstartIn,
  materialsFault,
  provenanceFault,
  provenanceInWords,
  type StatedTest,
  testIn,
} from './judge-statement.ts';
import { packagesIn } from './package-lists.ts';
import type { Measured, Published } from './published.ts';
import { ATTESTATIONS, PAYLOAD, PROVENANCE_FILE } from './statement.ts';
import { isPlainName, type Sum } from './sums.ts';

const MOST_BYTES = 64 * 2 ** 20;

/** What is known when statements are judged. */
interface Known {
  readonly sums: readonly Sum[];
  readonly files: ReadonlyMap<string, Measured>;
  readonly key: PublicKey | undefined;
}

/** What was found, and the provenance itself, which may be wrong. */
interface Judged {
  readonly claims: readonly Claim[];
  readonly provenance?: Fields | undefined;
  /** Signed results of tests. */
  readonly tests: readonly StatedTest[];
}

/** Judges what is said of where the files come from, and of tests of them. */
export async function attestationClaims(published: Published, known: Known): Promise<Judged> {
  const found = await published.measure(ATTESTATIONS, { keep: true, most: MOST_BYTES });
  if ('fault' in found) {
    if (found.isMissing === true) return unsignedClaim(published, known);
    return { claims: [wrong(`${ATTESTATIONS} ${found.fault}`)], tests: [] };
  }
  const { key } = known;
  if (key === undefined) {
    return {
      claims: [notClaimed(`who says where it comes from: no --key to compare ${ATTESTATIONS} with`)],
      tests: [],
    };
  }
  const lines = (found.content ?? '').toString().replace(/\n$/, '').split('\n');
  const claims: Claim[] = [];
  const tests: StatedTest[] = [];
  let provenance: Fields | undefined;
  for (const [index, line] of lines.entries()) {
    const opened = openEnvelope(line, PAYLOAD, key);
    const statement = 'fault' in opened ? undefined : objectIn(opened.payload);
    if (statement === undefined) {
      claims.push(wrong(`${ATTESTATIONS}:${index + 1} ${'fault' in opened ? opened.fault : 'holds no statement'}`));
      continue;
    }
    const test = testIn(statement, known.sums);
    if (test !== undefined) {
      tests.push(test);
      claims.push(await testClaim(published, test));
    } else {
      claims.push(provenanceClaim(statement, known));
      provenance ??= statement;
    }
  }
  if (provenance === undefined) claims.push(notClaimed('where it comes from: no provenance is signed'));
  else claims.push(...(await kickstartClaims(published, provenance)));
  return { claims, provenance, tests };
}

async function unsignedClaim(published: Published, known: Known): Promise<Judged> {
  const found = await published.measure(PROVENANCE_FILE, { keep: true, most: MOST_BYTES });
  if ('fault' in found) {
    if (found.isMissing !== true) return { claims: [wrong(`${PROVENANCE_FILE} ${found.fault}`)], tests: [] };
    return { claims: [notClaimed('where it comes from: there is no provenance')], tests: [] };
  }
  const statement = objectIn(found.content);
  const claim = statement ? provenanceClaim(statement, known) : wrong('the provenance is no statement');
  if (statement === undefined || claim.state === 'wrong') return { claims: [claim], tests: [] };
  const words = provenanceInWords(statement);
  return {
    claims: [notClaimed(`where it comes from: ${PROVENANCE_FILE} is not signed (${words})`)],
    provenance: statement,
    tests: [],
  };
}

function provenanceClaim(statement: Fields, { sums, files }: Known): Claim {
  const bill = [...files.keys()].find((file) => file.endsWith('.cdx.json'));
  const packages = bill === undefined ? undefined : packagesIn(bill, objectIn(files.get(bill)?.content))?.purls;
  const lock = objectIn(files.get(MANIFEST)?.content)?.lock;
  const fault = provenanceFault(statement, sums) ?? materialsFault(statement, packages, lock);
  if (fault !== undefined) return wrong(`the provenance ${fault}`);
  return verified(`provenance: made by ${provenanceInWords(statement)}`);
}

/** A kickstart that is not there is nobody's claim. */
async function kickstartClaims(published: Published, provenance: Fields): Promise<readonly Claim[]> {
  const kickstart = kickstartIn(provenance);
  if (kickstart === undefined) return [];
  const { file, sha256 } = kickstart;
  const found = await published.measure(file, { most: MOST_BYTES });
  if ('fault' in found) return found.isMissing === true ? [] : [wrong(`${file} ${found.fault}`)];
  return [
    found.sha256 === sha256
      ? verified(`${file} is the kickstart that it was made of`)
      : wrong(`${file} is another kickstart than the one that it was made of`),
  ];
}

/** A report that is not there may be anywhere: its checksum tells it. */
async function testClaim(published: Published, test: StatedTest): Promise<Claim> {
  const { file, installation, result, passed, report, reportSha256 } = test;
  const words =
    installation === undefined
      ? `test of ${file}: ${result}, ${passed} checks passed`
      : `installation by ${file}, ${installation}: ${result}, ${passed} checks passed on what was installed`;
  if (!isPlainName(report)) return wrong(`${words}: its report has no plain name`);
  const found = await published.measure(report, { most: MOST_BYTES });
  if ('fault' in found) {
    if (found.isMissing !== true) return wrong(`${words}: ${report} ${found.fault}`);
    return verified(`${words} (its report, ${report}, is not here; its SHA-256 is ${reportSha256})`);
  }
  if (found.sha256 !== reportSha256) return wrong(`${words}: ${report} is another report`);
  return verified(`${words}, as ${report} says`);
}
