/** Where the data directory has the certificate table. */
const CERTIFICATE_TABLE = 4;
/** `WIN_CERT_TYPE_PKCS_SIGNED_DATA`: Authenticode. */
const SIGNED_DATA = 0x0002;
const SECTION_BYTES = 40;

/**
 * The parts of a program for UEFI that Secure Boot looks at: its signatures, each in PKCS #7, in the order in which they stand,
 * and the generations that it says it has (SBAT). From Microsoft's specification of PE, "The Attribute Certificate Table".
 */
export interface PortableExecutable {
  readonly signatures: readonly Buffer[];
  /** Lines `COMPONENT,GENERATION,…`; undefined where it has none. */
  readonly sbat?: string;
}

/**
 * @throws RangeError where the bytes are no whole program of this kind
 */
export function readPortableExecutable(bytes: Buffer): PortableExecutable {
  if (bytes.toString('latin1', 0, 2) !== 'MZ')
    throw new RangeError('it is no program for UEFI: it does not begin with MZ');
  const header = bytes.readUInt32LE(60);
  if (bytes.toString('latin1', header, header + 4) !== 'PE\0\0')
    throw new RangeError('it is no program for UEFI: it has no PE header');
  const optional = header + 24;
  // The larger one of 64-bit programs has its directory 16 bytes later.
  const directory = optional + (bytes.readUInt16LE(optional) === 0x20b ? 112 : 96);
  const entries = bytes.readUInt32LE(directory - 4);
  const entry = directory + CERTIFICATE_TABLE * 8;
  const [at, length] =
    entries > CERTIFICATE_TABLE ? [bytes.readUInt32LE(entry), bytes.readUInt32LE(entry + 4)] : [0, 0];
  const sbat = sectionOf(bytes, header, '.sbat');
  return {
    signatures: certificatesIn(bytes, at, length),
    ...(sbat && { sbat: sbat.toString('latin1').replace(/\0.*$/s, '') }),
  };
}

/** Each starts at a multiple of eight bytes. */
function certificatesIn(bytes: Buffer, start: number, length: number): readonly Buffer[] {
  if (start + length > bytes.length) throw new RangeError('its certificate table is not whole');
  const found: Buffer[] = [];
  for (let at = start; at + 8 <= start + length; ) {
    const size = bytes.readUInt32LE(at);
    if (size < 8 || at + size > start + length) throw new RangeError('its certificate table is damaged');
    if (bytes.readUInt16LE(at + 6) === SIGNED_DATA) found.push(bytes.subarray(at + 8, at + size));
    at += Math.ceil(size / 8) * 8;
  }
  return found;
}

function sectionOf(bytes: Buffer, header: number, name: string): Buffer | undefined {
  const table = header + 24 + bytes.readUInt16LE(header + 20);
  const count = bytes.readUInt16LE(header + 6);
  for (let index = 0; index < count; index += 1) {
    const section = bytes.subarray(table + index * SECTION_BYTES, table + (index + 1) * SECTION_BYTES);
    if (section.toString('latin1', 0, 8).replace(/\0+$/, '') !== name) continue;
    const at = section.readUInt32LE(20);
    return bytes.subarray(at, at + Math.min(section.readUInt32LE(8), section.readUInt32LE(16)));
  }
  return undefined;
}
