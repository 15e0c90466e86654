import type { Disk } from '../computer/computer.ts';

/** `vda`, `/dev/vda`, `disk/by-id/ata-DISK`, with `*`, `?` and `[…]` as a shell reads them. */
export function names(word: string, disk: Disk): boolean {
  const pattern = globPattern(word.replace(/^\/dev\//, ''));
  return [disk.name, ...disk.links].some((name) => pattern.test(name));
}

/** Names of disks are short, so that however many `*` there are, matching ends soon; a bracket that is not closed fits nothing. */
function globPattern(glob: string): RegExp {
  const source = glob
    .replace(/\*+/g, '*')
    .replace(/[.+^${}()|\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  try {
    return new RegExp(`^${source}$`);
  } catch {
    return /^$/;
  }
}
