import type { Guest } from '../lab/index.ts';

/** What must be the same after every start. */
export interface SystemState {
  /** `ssh.socket active listening` */
  readonly units: readonly string[];
  /** Services that this start came to and whose conditions were not met, such as what is done once only. */
  readonly skipped: readonly string[];
  /** `/run tmpfs` */
  readonly mounts: readonly string[];
  readonly kernelArguments: string;
  readonly listening: readonly string[];
  readonly machineId: string;
  readonly journalBytes: number;
}

/** What is on its way will be over in a moment, unless it tries again and again; whether a timer waits or runs tells nothing. */
const script = `echo '== units'
systemctl list-units --type=service,socket,timer,target,path,mount --plain --no-legend --all \\
  | awk '$3 == "inactive" || $3 ~ /activating$/ && $4 !~ /^auto-restart/ { next } $1 ~ /[.]timer$/ { $4 = "" } { print $1, $3, $4 }' \\
  | sed 's/ $//' | grep -vE '^(session-|user@|user-runtime-dir@|run-user-|run-credentials-|phyllome-lab|systemd-(fsck|coredump)@)' | sort
echo '== skipped'
systemctl show --all --property=Id,ConditionResult,ConditionTimestampMonotonic '*.service' | awk -F= '
  $1 == "Id" { id = $2 } $1 == "ConditionResult" { met = $2 } $1 == "ConditionTimestampMonotonic" { asked = $2 }
  $0 == "" { if (met == "no" && asked > 0) print id; asked = 0 }
  END { if (met == "no" && asked > 0) print id }' | sort
echo '== mounts'
findmnt -rno TARGET,FSTYPE | grep -vE '^/run/(user|credentials)' | sort
echo '== arguments'
cat /proc/cmdline
echo '== listening'
cat /proc/net/tcp /proc/net/tcp6 2>/dev/null | awk '$4 == "0A" { print $2 }' | sort -u
echo '== identity'
cat /etc/machine-id
echo '== journal'
du -sb /var/log/journal /run/log/journal 2>/dev/null | awk '{ sum += $1 } END { print sum + 0 }'`;

/** Notes the state of a system that has started. */
export async function systemState(guest: Guest): Promise<SystemState> {
  const { stdout } = await guest.run(script);
  const parts = new Map<string, string[]>();
  let current: string[] = [];
  for (const line of stdout.trimEnd().split('\n')) {
    if (line.startsWith('== ')) {
      current = [];
      parts.set(line.slice(3), current);
    } else current.push(line);
  }
  const part = (name: string): string[] => parts.get(name) ?? [];
  return {
    units: part('units'),
    skipped: part('skipped'),
    mounts: part('mounts'),
    // A disk gives its partitions names of their own at its first start.
    kernelArguments: (part('arguments')[0] ?? '').replace(/\broot=PARTUUID=\S+/, 'root=PARTUUID'),
    listening: part('listening'),
    machineId: part('identity')[0] ?? '',
    journalBytes: Number(part('journal')[0] ?? 0),
  };
}

/** A journal may grow to this many times its size after the first start before something is wrong. */
const journalGrowth = 1.5;
const journalSlackBytes = 16 * 2 ** 20;

/**
 * What is other than it was, in words; empty when nothing is. The machine's identity is compared where the root file
 * system stays: a live system gets a new one at each start. There, too, what was done once is skipped from then on.
 */
export function drift(before: SystemState, after: SystemState, persistent: boolean): string[] {
  const changes = (what: string, one: readonly string[], other: readonly string[]): string[] => [
    ...one.filter((line) => !other.includes(line)).map((line) => `${what} is gone: ${line}`),
    ...other.filter((line) => !one.includes(line)).map((line) => `${what} is new: ${line}`),
  ];
  const starts = persistent ? 2 : 1;
  const onceOnly = persistent ? after.skipped.map((unit) => `${unit} active exited`) : [];
  return [
    ...changes(
      'unit',
      before.units.filter((line) => !onceOnly.includes(line)),
      after.units,
    ),
    ...changes('mount', before.mounts, after.mounts),
    ...changes('listening socket', before.listening, after.listening),
    ...(before.kernelArguments === after.kernelArguments ? [] : [`kernel arguments: ${after.kernelArguments}`]),
    ...(persistent && before.machineId !== after.machineId ? [`machine-id: ${after.machineId}`] : []),
    ...(/^[0-9a-f]{32}$/.test(after.machineId) ? [] : [`machine-id is no id: ${after.machineId}`]),
    ...(after.journalBytes > before.journalBytes * journalGrowth * starts + journalSlackBytes
      ? [`the journal grew from ${before.journalBytes} to ${after.journalBytes} bytes`]
      : []),
  ];
}
