import { ReportedError } from '../diagnostic/index.ts';
import { readRegular } from '../files/index.ts';

const BEGIN = '-----BEGIN PGP PUBLIC KEY BLOCK-----';
const END = '-----END PGP PUBLIC KEY BLOCK-----';

/**
 * Public keys of OpenPGP, as gpgv reads them. A file of them as text (`gpg --export --armor`) becomes what the text stands for, as
 * gpgv takes no text.
 * @throws ReportedError where it holds none, or a secret one
 */
export function openPgpKeys(file: string): Buffer {
  const read = readRegular(file, 16);
  const found = 'fault' in read ? read : keysIn(read.bytes);
  if ('keys' in found) return found.keys;
  throw new ReportedError({
    code: 'no-openpgp-key',
    severity: 'error',
    message: `${file} ${found.fault}`,
    hint: '`gpg --export --armor FINGERPRINT` writes the public key.',
  });
}

function keysIn(bytes: Buffer): { readonly keys: Buffer } | { readonly fault: string } {
  const text = bytes.toString('latin1');
  const [first = 0] = bytes;
  if (text.includes('PGP PRIVATE KEY BLOCK') || packetOf(first) === SECRET_KEY) {
    return { fault: 'holds a secret key, which nobody but its owner should see: give the public one' };
  }
  if (packetOf(first) === PUBLIC_KEY || text.startsWith('KBXf', 8)) return { keys: bytes };
  const blocks = text.split(BEGIN).slice(1).map(unpacked);
  const keys = blocks.flatMap((block) => block ?? []);
  if (keys.length === 0 || keys.length < blocks.length)
    return { fault: 'holds no public key of OpenPGP, or no whole one' };
  return { keys: Buffer.concat(keys) };
}

/** Kinds of packets: RFC 9580, 5. */
const [SECRET_KEY, PUBLIC_KEY] = [5, 6];

/** What the first byte of a packet says that it is, in both ways that there are (RFC 9580, 4.2); undefined for another byte. */
function packetOf(first: number): number | undefined {
  if ((first & 0x80) === 0) return undefined;
  return (first & 0x40) !== 0 ? first & 0x3f : (first >> 2) & 0x0f;
}

/** Behind the first line of a block: headers, an empty line, base64, and perhaps a checksum, which none has to read (RFC 9580, 6). */
function unpacked(block: string): Buffer | undefined {
  const lines = block.split('\n').map((line) => line.trim());
  const [start, end] = [lines.indexOf('', 1), lines.indexOf(END)];
  if (start < 0 || end < start) return undefined;
  const bytes = Buffer.from(
    lines
      .slice(start + 1, end)
      .filter((line) => !line.startsWith('='))
      .join(''),
    'base64',
  );
  return packetOf(bytes[0] ?? 0) === PUBLIC_KEY ? bytes : undefined;
}
