import { ReportedError, sizeInWords } from '../diagnostic/index.ts';
import { objectIn } from '../files/index.ts';
import { attestationClaims } from './attestation-claims.ts';
import { type Claim, notClaimed, someOf, verified, wrong } from './claim.ts';
import { dossierClaims, imagesIn, isOfDossier, MANIFEST } from './dossier-claims.ts';
import { kickstartIn, type StatedTest } from './judge-statement.ts';
import { OPENPGP } from './openpgp.ts';
import type { Measured, Published } from './published.ts';
import type { Said } from './rebuild-request.ts';
import { SIGNATURE } from './sign-sums.ts';
import { type Signers, signatureClaims } from './signature-claims.ts';
import { ATTESTATIONS, PROVENANCE_FILE } from './statement.ts';
import { MOST_SUMS_BYTES, parseSums, SUMS, type Sum } from './sums.ts';
import { trustClaim } from './trust.ts';

/** What a build says of an image is some hundred KiB. */
const MOST_DOSSIER_BYTES = 64 * 2 ** 20;
/** What `build`, `sign` and `test` add to what is listed. */
const OWN = [SUMS, SIGNATURE, OPENPGP, PROVENANCE_FILE, ATTESTATIONS, 'test'];

export interface Verified {
  readonly claims: readonly Claim[];
  /** To be believed where no claim is wrong. */
  readonly said: Said;
  /** The results of tests that are signed; none without a key. */
  readonly tests: readonly StatedTest[];
}

/**
 * Judges all that a published directory says of itself. Where a signature is wrong, nothing else is read.
 * @throws ReportedError where there is no list of checksums, or it is none
 */
export async function verify(published: Published, signers: Signers): Promise<Verified> {
  const { key } = signers;
  const list = await published.measure(SUMS, { keep: true, most: MOST_SUMS_BYTES });
  if ('fault' in list) throw noSums(published, list.fault);
  const content = list.content ?? Buffer.alloc(0);
  const signatures = await signatureClaims(published, content, signers);
  if (signatures.some(({ state }) => state === 'wrong')) return { claims: signatures, said: { sums: [] }, tests: [] };
  const sums = parseSums(content.toString('utf8'), `${published.where}/${SUMS}`);
  const { files, faults } = await measureAll(published, sums);
  const bytes = [...files.values()].reduce((sum, one) => sum + one.bytes, 0);
  const attested = await attestationClaims(published, { sums, files, key });
  const claims = [
    ...signatures,
    ...faults.map(wrong),
    ...(faults.length > 0 ? [] : [verified(`${filesInWords(sums.length)} what ${SUMS} says (${sizeInWords(bytes)})`)]),
    ...dossierClaims(files),
    // Images know minisign's keys alone; that claim is the first.
    ...trustClaim(files, signatures[0]?.state === 'verified' ? key : undefined),
    ...attested.claims,
  ];
  const kickstart = key && attested.provenance && kickstartIn(attested.provenance);
  const surplus =
    published.surplus?.([...OWN, ...[...sums, ...(kickstart ? [kickstart] : [])].map(({ file }) => file)]) ?? [];
  if (surplus.length > 0) claims.push(notClaimed(`${someOf(surplus)}: not in ${SUMS}`));
  const manifest = objectIn(files.get(MANIFEST)?.content);
  return { claims, said: { sums, manifest, provenance: attested.provenance }, tests: attested.tests };
}

const filesInWords = (count: number) => (count === 1 ? 'the one file is' : `all ${count} files are`);

interface AllMeasured {
  /** What is as the list says. */
  readonly files: ReadonlyMap<string, Measured>;
  readonly faults: readonly string[];
}

/** The manifest first: it tells how large images are. */
async function measureAll(published: Published, sums: readonly Sum[]): Promise<AllMeasured> {
  const files = new Map<string, Measured>();
  const faults: string[] = [];
  const sizes = new Map<string, number>();
  const isFirst = ({ file }: Sum) => file === MANIFEST;
  for (const { file, sha256 } of [...sums.filter(isFirst), ...sums.filter((one) => !isFirst(one))]) {
    const keep = isOfDossier(file);
    const found = await published.measure(file, { keep, most: keep ? MOST_DOSSIER_BYTES : sizes.get(file) });
    if ('fault' in found) faults.push(`${file} ${found.fault}`);
    else if (found.sha256 !== sha256)
      faults.push(`${file} is another file than ${SUMS} says: its SHA-256 is ${found.sha256}`);
    else files.set(file, found);
    if (file === MANIFEST) {
      for (const { file: image, sizeBytes } of imagesIn(objectIn(files.get(MANIFEST)?.content))) {
        // A limit that is no number would be none.
        if (Number.isSafeInteger(sizeBytes)) sizes.set(image, sizeBytes);
      }
    }
  }
  return { files, faults };
}

function noSums({ where }: Published, fault: string): ReportedError {
  return new ReportedError({
    code: 'nothing-published',
    severity: 'error',
    message: `${where}: ${SUMS} ${fault}`,
    hint: 'Name a directory that `phyllome build` published, a copy of it, or the address of one.',
  });
}
