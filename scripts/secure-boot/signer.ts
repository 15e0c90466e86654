import { X509Certificate } from 'node:crypto';
import { type DerValue, derTags, derValue, derValues } from './der.ts';

/** A certificate, as reports name it. */
export interface NamedCertificate {
  /** Its common name. */
  readonly name: string;
  /** SHA-256 of the whole of it, as hexadecimal digits. */
  readonly sha256: string;
  /** What others know its key by, as hexadecimal digits; empty where it does not say. */
  readonly keyId: string;
  /** The last day on which it is valid, `2026-06-27`. */
  readonly validUntil: string;
}

/** Who signed a program, by one of its signatures. */
export interface Signer extends NamedCertificate {
  /** Common name of who vouches for the signer. */
  readonly issuer: string;
  /** What the issuer's key is known by; empty where the signer's certificate does not say. */
  readonly issuerKeyId: string;
  /** The certificates above it that the signature brings along, from the next one on. */
  readonly above: readonly NamedCertificate[];
}

const oids = { subjectKey: '551d0e', authorityKey: '551d23' } as const;

/**
 * Who made a signature: PKCS #7 SignedData (RFC 2315, 9) as Authenticode has it, with one signer.
 * Whether the signature fits the program is not looked at: firmware does that, and sbverify.
 * @throws RangeError where it is no such signature, or its signer's certificate is not in it
 */
export function signerOf(signature: Buffer): Signer {
  const [, content] = derValues(derValue(signature).content);
  if (content?.tag !== derTags.context) throw new RangeError('a signature has no content');
  const parts = derValues(derValue(content.content).content);
  const certificates = parts.find(({ tag }) => tag === derTags.context);
  const signers = parts.findLast(({ tag }) => tag === derTags.set);
  const issuerAndSerial = signers && derValues(derValue(signers.content).content)[1];
  if (certificates === undefined || issuerAndSerial === undefined) throw new RangeError('a signature has no signer');
  const all = derValues(certificates.content).filter(({ tag }) => tag === derTags.sequence);
  const leaf = all.find((one) => isNamed(one, issuerAndSerial));
  if (leaf === undefined) throw new RangeError("a signature comes without its signer's certificate");
  const known = all.map(({ whole }) => new X509Certificate(whole));
  const own = new X509Certificate(leaf.whole);
  return {
    ...nameCertificate(own),
    issuer: commonName(own.issuer),
    issuerKeyId: keyIdIn(own, oids.authorityKey),
    above: chainAbove(own, known).map(nameCertificate),
  };
}

/** @throws Error where the bytes are no certificate */
export function certificateIn(der: Buffer): NamedCertificate {
  return nameCertificate(new X509Certificate(der));
}

function nameCertificate(certificate: X509Certificate): NamedCertificate {
  return {
    name: commonName(certificate.subject),
    sha256: certificate.fingerprint256.replaceAll(':', '').toLowerCase(),
    keyId: keyIdIn(certificate, oids.subjectKey),
    validUntil: new Date(certificate.validTo).toISOString().slice(0, 10),
  };
}

/** Each issued the one before it, and its signature on that fits. */
function chainAbove(leaf: X509Certificate, known: readonly X509Certificate[]): readonly X509Certificate[] {
  const chain: X509Certificate[] = [];
  for (let below = leaf; chain.length < known.length; ) {
    const next = known.find(
      (one) => one.raw.compare(below.raw) !== 0 && below.checkIssued(one) && below.verify(one.publicKey),
    );
    if (next === undefined || chain.includes(next)) break;
    chain.push(next);
    below = next;
  }
  return chain;
}

/** `issuerAndSerialNumber` names a certificate by these two. */
function isNamed(certificate: DerValue, issuerAndSerial: DerValue): boolean {
  const [issuer, serial] = derValues(issuerAndSerial.content);
  const fields = fieldsOf(certificate.content);
  const [ownSerial, , ownIssuer] = fields;
  if (issuer === undefined || serial === undefined || ownSerial === undefined || ownIssuer === undefined) return false;
  return ownSerial.whole.equals(serial.whole) && ownIssuer.whole.equals(issuer.whole);
}

/** Serial number, algorithm, issuer, … of a certificate; its version, which may be absent, left out. */
function fieldsOf(certificate: Buffer): readonly DerValue[] {
  return derValues(derValue(certificate).content).filter(({ tag }, index) => index > 0 || tag !== derTags.context);
}

/** RFC 5280, 4.2.1.1 and 4.2.1.2. */
function keyIdIn(certificate: X509Certificate, oid: string): string {
  const extensions = fieldsOf(derValue(certificate.raw).content).find(({ tag }) => tag === derTags.context + 3);
  if (extensions === undefined) return '';
  for (const extension of derValues(derValue(extensions.content).content)) {
    const parts = derValues(extension.content);
    if (parts[0]?.content.toString('hex') !== oid) continue;
    const value = parts.at(-1);
    if (value?.tag !== derTags.octets) return '';
    const inside = derValue(value.content);
    if (oid === oids.subjectKey) return inside.content.toString('hex');
    return (
      derValues(inside.content)
        .find(({ tag }) => tag === 0x80)
        ?.content.toString('hex') ?? ''
    );
  }
  return '';
}

/** Node gives a line for each part of a name. What strangers chose speaks to no terminal. */
function commonName(name: string): string {
  return (/^CN=(.*)$/m.exec(name)?.[1] ?? name.replaceAll('\n', ', ')).replace(/\p{C}/gu, '?');
}
