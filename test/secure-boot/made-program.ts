import { readFileSync } from 'node:fs';

/** Real signatures, cut out of Debian 13's shim 1.51+16.1 (by Microsoft, of 2011 and of 2023) and GRUB 2.12-9+deb13u4 (by Debian). */
export const signature = (name: 'shim-1' | 'shim-2' | 'grub-1'): Buffer =>
  readFileSync(new URL(`signatures/${name}.p7`, import.meta.url));

/** What shim 16.1 says of itself. */
export const shimSbat = 'sbat,1,SBAT Version,sbat,1,https://example.org\nshim,4,UEFI shim,shim,1,https://example.org\n';

/** The least program for UEFI of 64 bits that has these signatures, and a section with its generations. */
export function programWith(signatures: readonly Buffer[], sbat?: string): Buffer {
  const sbatAt = 512;
  const table = signatures.map((one) => {
    const entry = Buffer.alloc(Math.ceil((one.length + 8) / 8) * 8);
    entry.writeUInt32LE(one.length + 8, 0);
    entry.writeUInt16LE(0x0200, 4);
    entry.writeUInt16LE(0x0002, 6);
    one.copy(entry, 8);
    return entry;
  });
  const bytes = Buffer.concat([Buffer.alloc(1024), ...table]);
  const header = 64;
  const optional = header + 24;
  bytes.write('MZ', 0, 'latin1');
  bytes.writeUInt32LE(header, 60);
  bytes.write('PE\0\0', header, 'latin1');
  bytes.writeUInt16LE(sbat === undefined ? 0 : 1, header + 6);
  bytes.writeUInt16LE(112 + 16 * 8, header + 20);
  bytes.writeUInt16LE(0x20b, optional);
  bytes.writeUInt32LE(16, optional + 108);
  const size = table.reduce((sum, { length }) => sum + length, 0);
  bytes.writeUInt32LE(size === 0 ? 0 : 1024, optional + 112 + 32);
  bytes.writeUInt32LE(size, optional + 112 + 36);
  if (sbat !== undefined) {
    const section = optional + 112 + 16 * 8;
    bytes.write('.sbat', section, 'latin1');
    bytes.writeUInt32LE(sbat.length, section + 8);
    bytes.writeUInt32LE(256, section + 16);
    bytes.writeUInt32LE(sbatAt, section + 20);
    bytes.write(sbat, sbatAt, 'latin1');
  }
  return bytes;
}
