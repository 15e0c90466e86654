import { createHash } from 'node:crypto';

const longest = 32;
const buildDigits = 8;

/**
 * What the ISO 9660 volume identifiers of a flavour begin with; at most 32 of A–Z, 0–9 and `_` in all, so that they need no quoting
 * on any kernel command line. The digits of a build follow: of two media in one computer, each finds its own root file system.
 */
export function volumeIdStart(flavour: string): string {
  const name = `PHYLLOME_${flavour}`.toUpperCase().replace(/[^A-Z0-9]/g, '_');
  return `${name.slice(0, longest - buildDigits - 1)}_`;
}

/** The identifier of a medium that is made of `content`. */
export function volumeId(flavour: string, content: readonly string[]): string {
  const hash = createHash('sha256').update(JSON.stringify(content)).digest('hex');
  return `${volumeIdStart(flavour)}${hash.slice(0, buildDigits).toUpperCase()}`;
}
