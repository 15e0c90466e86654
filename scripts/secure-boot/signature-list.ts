import { certificateIn, type NamedCertificate } from './signer.ts';

/** What a variable of the firmware's holds: certificates that it trusts or refuses, and hashes of programs. */
export interface SignatureDatabase {
  readonly certificates: readonly NamedCertificate[];
  /** SHA-256 of programs, as hexadecimal digits. */
  readonly hashes: readonly string[];
}

/** UEFI, 32.4.1: what a list's entries are, as the bytes of a GUID stand. */
const types = {
  x509: 'a159c0a5e494a74a87b5ab155c2bf072',
  sha256: '2616c4c14c509240aca941f936934328',
} as const;

const HEADER_BYTES = 28;
const OWNER_BYTES = 16;

/**
 * Reads what db, dbx, KEK and PK hold: EFI_SIGNATURE_LISTs, one behind another (UEFI 2.10, 32.4.1). Lists of other types, such as
 * hashes of certificates, are passed over.
 * @throws RangeError where they are damaged
 */
export function readSignatureLists(bytes: Buffer): SignatureDatabase {
  const certificates: NamedCertificate[] = [];
  const hashes: string[] = [];
  for (let at = 0; at < bytes.length; ) {
    const type = bytes.toString('hex', at, at + 16);
    const [length, header, size] = [16, 20, 24].map((place) => bytes.readUInt32LE(at + place)) as [
      number,
      number,
      number,
    ];
    const first = at + HEADER_BYTES + header;
    const end = at + length;
    if (length < HEADER_BYTES || size <= OWNER_BYTES || end > bytes.length || (end - first) % size !== 0)
      throw new RangeError('a list of signatures is damaged');
    for (let entry = first; entry < end; entry += size) {
      const data = bytes.subarray(entry + OWNER_BYTES, entry + size);
      if (type === types.x509) certificates.push(certificateIn(data));
      if (type === types.sha256) hashes.push(data.toString('hex'));
    }
    at = end;
  }
  return { certificates, hashes };
}
