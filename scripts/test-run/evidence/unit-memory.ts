import type { Guest } from '../../lab/index.ts';

/** What a service or session holds in memory. */
export interface UnitMemory {
  readonly unit: string;
  /** Anonymous and kernel memory: what the kernel cannot take back at once. */
  readonly heldMiB: number;
  /** Page cache that it is charged for: given back when somebody needs it. */
  readonly cacheMiB: number;
}

const script = `find /sys/fs/cgroup -name memory.stat \\( -path '*.service/*' -o -path '*.scope/*' \\) -exec \\
  grep -H -E '^(anon|kernel|slab_reclaimable|file) ' {} +`;

export async function readUnitMemory(guest: Guest): Promise<UnitMemory[]> {
  const { stdout } = await guest.run(script, { allowFailure: true });
  return unitMemoryOf(stdout);
}

/** Lines of `/sys/fs/cgroup/system.slice/NAME.service/memory.stat:anon 4096`, largest unit first. */
export function unitMemoryOf(text: string): UnitMemory[] {
  const figures = new Map<string, Map<string, number>>();
  for (const line of text.split('\n')) {
    // The group of a whole unit, not one that it made below itself.
    const match = /\/([^/]+\.(?:service|scope))\/memory\.stat:(\w+) (\d+)$/.exec(line);
    if (match === null) continue;
    const [, unit = '', name = '', bytes = '0'] = match;
    const known = figures.get(unit) ?? new Map<string, number>();
    figures.set(unit, known.set(name, Number(bytes)));
  }
  const mib = (bytes: number) => Math.round((bytes / 2 ** 20) * 10) / 10;
  return [...figures]
    .map(([unit, stat]) => {
      const of = (name: string) => stat.get(name) ?? 0;
      return {
        unit,
        heldMiB: mib(of('anon') + of('kernel') - of('slab_reclaimable')),
        cacheMiB: mib(of('file') + of('slab_reclaimable')),
      };
    })
    .sort((one, other) => other.heldMiB - one.heldMiB);
}
