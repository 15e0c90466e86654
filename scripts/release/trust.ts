import { createHash } from 'node:crypto';
import { unpackFiles } from '../dossier/index.ts';
import { type Fields, fieldsOf, objectIn, textOf } from '../files/index.ts';
import { faultOfReleaseAddress } from '../flavour/index.ts';
import { type PublicKey, parsePublicKey } from '../signing/index.ts';
import { type Claim, notClaimed, verified, wrong } from './claim.ts';
import { FILES, MANIFEST } from './dossier-claims.ts';
import type { Measured } from './published.ts';

/** Where an image has the keys that it trusts: of the component `releases`. */
const KEYS = '/usr/lib/phyllome/releases/keys';

interface Trust {
  readonly address: string;
  readonly keys: readonly PublicKey[];
}

/**
 * Judges what an image knows of its successors: whether that is in it, and whether it trusts the key that it is signed by.
 * @param signer absent where nobody knows by whom it is signed
 */
export function trustClaim(files: ReadonlyMap<string, Measured>, signer: PublicKey | undefined): readonly Claim[] {
  const manifest = objectIn(files.get(MANIFEST)?.content);
  if (manifest === undefined) return [];
  if (manifest.releases === undefined) {
    return [notClaimed('how it verifies its successor: neither address nor key is in it')];
  }
  const trust = trustIn(manifest);
  if (trust === undefined) return [wrong(`${MANIFEST} says of its successors what cannot be read`)];
  const { address, keys } = trust;
  const packed = files.get(FILES)?.content;
  if (packed !== undefined && !holdsKeys(packed, keys)) {
    return [wrong(`${KEYS} is not in ${FILES} with the keys that ${MANIFEST} says`)];
  }
  const names = keys.map(({ name }) => name).join(', ');
  const where = packed === undefined ? `, as ${MANIFEST} says: there is no ${FILES}` : '';
  const takes = `takes a successor from ${address} where it is signed by ${names}${where}`;
  if (signer === undefined) return [verified(`the image ${takes}`)];
  if (trusts(trust, signer))
    return [verified(`the image trusts the key ${signer.name} that it is signed by, and ${takes}`)];
  return [notClaimed(`trust in the key ${signer.name} that it is signed by: the image ${takes}, and refuses others`)];
}

/**
 * Why a key may not sign what was published, as a sentence; undefined where it may: the image trusts it, or knows of no key at all. Who
 * changes keys lists both for a while, so nobody needs a signature that its own image does not trust.
 */
export function untrustedKey(manifest: Fields | undefined, signer: PublicKey): string | undefined {
  if (manifest?.releases === undefined) return undefined;
  const trust = trustIn(manifest);
  if (trust === undefined) return `${MANIFEST} says of its successors what cannot be read`;
  if (trusts(trust, signer)) return undefined;
  const names = trust.keys.map(({ name }) => name).join(', ');
  return `the image trusts ${names}, and not ${signer.name}: hosts with it would refuse every successor that this key signs`;
}

const trusts = ({ keys }: Trust, signer: PublicKey): boolean => keys.some(({ line }) => line === signer.line);

function trustIn(manifest: Fields): Trust | undefined {
  const said = fieldsOf(manifest.releases);
  const address = textOf(said?.address);
  if (!Array.isArray(said?.keys) || said.keys.length === 0 || faultOfReleaseAddress(address) !== undefined)
    return undefined;
  const read = said.keys.map((line: unknown) => parsePublicKey(textOf(line)));
  const keys = read.flatMap((key) => ('fault' in key ? [] : [key]));
  return keys.length === read.length ? { address, keys } : undefined;
}

function holdsKeys(packed: Buffer, keys: readonly PublicKey[]): boolean {
  const text = keys.map(({ line }) => `${line}\n`).join('');
  const sha256 = createHash('sha256').update(text).digest('hex');
  try {
    return unpackFiles(packed).find(({ path }) => path === KEYS)?.sha256 === sha256;
  } catch (error) {
    // What is no such list is told as that.
    if (!(error instanceof SyntaxError)) throw error;
    return true;
  }
}
