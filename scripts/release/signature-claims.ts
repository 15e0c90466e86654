import { type PublicKey, verifySignature } from '../signing/index.ts';
import { type Claim, notClaimed, verified, wrong } from './claim.ts';
import { type JudgeOpenPgp, OPENPGP } from './openpgp.ts';
import type { Found, Published } from './published.ts';
import { SIGNATURE } from './sign-sums.ts';
import { SUMS } from './sums.ts';

/** Who must have signed. */
export interface Signers {
  readonly key?: PublicKey | undefined;
  readonly openPgp?: JudgeOpenPgp | undefined;
}

/** Of OpenPGP there may be several in one file. */
const MOST_BYTES: Readonly<Record<string, number>> = { [SIGNATURE]: 8192, [OPENPGP]: 65_536 };

/** Judges the signatures of a list of checksums: of each signer that is given; where none is, what could be judged by one. */
export async function signatureClaims(
  published: Published,
  content: Buffer,
  { key, openPgp }: Signers,
): Promise<readonly Claim[]> {
  const of = (file: string) => published.measure(file, { keep: true, most: MOST_BYTES[file] });
  const claims: Claim[] = [];
  if (key !== undefined) {
    const found = await of(SIGNATURE);
    claims.push(claimOf(SIGNATURE, found) ?? byMinisign(content, found, key));
  }
  if (openPgp !== undefined) {
    const found = await of(OPENPGP);
    claims.push(claimOf(OPENPGP, found) ?? (await byOpenPgp(content, found, openPgp)));
  }
  return claims.length > 0 ? claims : [unjudged(await of(SIGNATURE), await of(OPENPGP))];
}

/** Of a signature that cannot be judged. */
function claimOf(file: string, found: Found): Claim | undefined {
  if (!('fault' in found)) return undefined;
  if (found.isMissing !== true) return wrong(`${file} ${found.fault}`);
  return { ...notClaimed(`a signature: there is no ${file}, so anybody may have made all this`), needed: true };
}

function byMinisign(content: Buffer, found: Found, key: PublicKey): Claim {
  const judged = verifySignature(content, contentOf(found).toString(), key);
  return 'fault' in judged
    ? wrong(`the signature of ${SUMS} ${judged.fault}`)
    : verified(`${SUMS} is signed by the key ${key.name} (${judged.comment.replaceAll('\t', ' ')})`);
}

async function byOpenPgp(content: Buffer, found: Found, judge: JudgeOpenPgp): Promise<Claim> {
  const judged = await judge(content, contentOf(found));
  return 'fault' in judged
    ? wrong(`the OpenPGP signature of ${SUMS} ${judged.fault}`)
    : verified(`${SUMS} is signed by the OpenPGP key ${judged.fingerprint} (${judged.at.toISOString()})`);
}

function unjudged(minisign: Found, asText: Found): Claim {
  const fault = [minisign, asText].find((found) => 'fault' in found && found.isMissing !== true);
  if (fault !== undefined && 'fault' in fault)
    return wrong(`${fault === minisign ? SIGNATURE : OPENPGP} ${fault.fault}`);
  const ways = [...('fault' in minisign ? [] : ['--key']), ...('fault' in asText ? [] : ['--openpgp-keys'])];
  const words =
    ways.length === 0
      ? `a signature: there is no ${SIGNATURE}, so anybody may have made all this`
      : `whose signature it is: there is one, and no ${ways.join(' or ')} to compare it with`;
  return { ...notClaimed(words), needed: true };
}

const contentOf = (found: Found): Buffer => ('fault' in found ? undefined : found.content) ?? Buffer.alloc(0);
