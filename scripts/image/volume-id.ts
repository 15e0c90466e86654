/** ISO 9660 volume identifier: at most 32 of A–Z, 0–9 and `_`, so that it needs no quoting on any kernel command line. */
export function volumeId(flavour: string): string {
  return `PHYLLOME_${flavour}`
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '_')
    .slice(0, 32);
}
