import type { Guest } from '../../scripts/lab/guest/guest.ts';

/** What a service of the system manager costs. */
export interface ServiceCost {
  readonly unit: string;
  /** Proportional share (PSS) of its processes: what it shares with others counts in part. */
  readonly memoryMiB: number;
  /** From its start until it was up: what waits for it, waits as long. */
  readonly startMs: number;
  /** Processor time that it has used since. */
  readonly processorMs: number;
}

const script = `for unit in $(systemctl list-units --all --type=service --plain --no-legend | cut -d ' ' -f 1); do
  systemctl show --property=Id,ControlGroup,InactiveExitTimestampMonotonic,ActiveEnterTimestampMonotonic,InactiveEnterTimestampMonotonic,CPUUsageNSec "$unit"
  group=$(systemctl show --property=ControlGroup --value "$unit")
  pss=0
  if [ -n "$group" ] && [ -d "/sys/fs/cgroup$group" ]; then
    for process in $(cat $(find "/sys/fs/cgroup$group" -name cgroup.procs)); do
      share=$(sed -n 's/^Pss: *\\([0-9]*\\) kB/\\1/p' "/proc/$process/smaps_rollup" 2> /dev/null)
      pss=$((pss + \${share:-0}))
    done
  fi
  printf 'PssKiB=%s\\n\\n' "$pss"
done`;

export async function serviceCosts(guest: Guest): Promise<ServiceCost[]> {
  const { stdout } = await guest.run(script, { timeoutSeconds: 300 });
  return stdout.split('\n\n').flatMap((block) => (block.trim() === '' ? [] : costOf(block)));
}

function costOf(block: string): ServiceCost[] {
  const values = new Map(block.split('\n').map((line) => line.split('=', 2) as [string, string]));
  const of = (name: string) => Number(values.get(name) ?? 0) || 0;
  const started = of('InactiveExitTimestampMonotonic');
  // A unit that runs once and is gone was never up: its end counts.
  const up = of('ActiveEnterTimestampMonotonic') || of('InactiveEnterTimestampMonotonic');
  if (started === 0) return [];
  const tenths = (value: number) => Math.round(value * 10) / 10;
  return [
    {
      unit: values.get('Id') ?? '',
      memoryMiB: tenths(of('PssKiB') / 1024),
      startMs: Math.max(0, Math.round((up - started) / 1000)),
      processorMs: Math.round(of('CPUUsageNSec') / 1e6),
    },
  ];
}
