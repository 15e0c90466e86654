/** What Proxmox VE calls its columns (`pvesh get /nodes/NODE/hardware/pci`), as far as they are needed. */
const NEEDED = ['class', 'device', 'id', 'iommugroup', 'vendor'] as const;

/**
 * The rows of a table that Proxmox VE prints of its devices as lines of a listing, a group and a device each; other lines as
 * they are. A table is told by its heading; its borders are lines of a box, or `|` where somebody made Markdown of it.
 */
export function tableAsLines(lines: readonly string[]): readonly string[] {
  let columns: Readonly<Record<(typeof NEEDED)[number], number>> | undefined;
  return lines.flatMap((line) => {
    const cells = cellsOf(line);
    if (cells === undefined) return [line];
    const places = Object.fromEntries(NEEDED.map((name) => [name, cells.indexOf(name)] as const));
    if (NEEDED.every((name) => (places[name] ?? -1) >= 0)) {
      columns = places as typeof columns;
      return [];
    }
    if (columns === undefined) return [line];
    const digits = (name: (typeof NEEDED)[number]) => (cells[columns?.[name] ?? -1] ?? '').replace(/^0x/, '');
    // -1 where the host has no IOMMU.
    const group = /^\d+$/.test(digits('iommugroup')) ? `Group ${digits('iommugroup')} ` : '';
    return [`${group}${digits('id')} [${digits('class').slice(0, 4)}] [${digits('vendor')}:${digits('device')}]`];
  });
}

/** Undefined for what is no row; a line between rows has no cells. */
function cellsOf(line: string): readonly string[] | undefined {
  if (/^[\u2500-\u257f|+=:\s-]+$/.test(line) && /^[\u2500-\u257f|+]/.test(line)) return [];
  const inside = /^[\u2502|](.*)[\u2502|]$/.exec(line)?.[1];
  return inside?.split(/[\u2502|]/).map((cell) => cell.trim());
}
