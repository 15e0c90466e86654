import { commandGrammar } from '../grammar/lookup.ts';
import { type KickstartVersion, versionsOfFamily } from '../grammar/version-order.ts';

/** What becomes of a command or option that is going or gone. */
interface Replacement {
  readonly advice: string;
  /** It has no effect any more. */
  readonly isRemovable?: boolean;
  /** Where it is gone, what it did is gone too: leaving it out may not be what was meant. */
  readonly isMissed?: boolean;
  /** Another name for the same thing. */
  readonly newName?: string;
}

/** What to write instead of commands and options that are going or gone. */
const REPLACEMENTS: Readonly<Record<string, Replacement>> = {
  auth: { advice: 'Use authselect.' },
  authconfig: { advice: 'Use authselect.' },
  autostep: { advice: 'Remove the line; nothing replaces it.', isRemovable: true },
  btrfs: { advice: 'RHEL has no Btrfs; use logvol or part with --fstype=xfs.' },
  device: { advice: 'Remove the line; drivers are found by themselves.', isRemovable: true },
  deviceprobe: { advice: 'Remove the line; devices are found by themselves.', isRemovable: true },
  dmraid: { advice: 'Remove the line; firmware RAID is found by itself.', isRemovable: true },
  install: { advice: 'Remove the line; installing is what a kickstart does.', isRemovable: true },
  method: { advice: 'Use the command of the source itself: url, nfs, cdrom, harddrive or hmc.' },
  module: { advice: 'Remove the line; modular repositories are gone.', isRemovable: true, isMissed: true },
  multipath: { advice: 'Remove the line; multipath devices are found by themselves.', isRemovable: true },
  nvdimm: { advice: 'Reconfigure NVDIMM devices with ndctl in %pre.' },
  vnc: { advice: 'Use rdp.' },
  '--isUtc': { advice: 'Use --utc.', newName: '--utc' },
  '--nontp': { advice: 'Use "timesource --ntp-disable".' },
  '--ntpservers': { advice: 'Use "timesource --ntp-server=HOST", one line for each server.' },
  '--instLangs': { advice: 'Use --inst-langs.', newName: '--inst-langs' },
  '--excludeWeakdeps': { advice: 'Use --exclude-weakdeps.', newName: '--exclude-weakdeps' },
  '--ignoregroups': { advice: 'Remove the option; it has no effect.', isRemovable: true },
  '--level': { advice: 'Remove the option; it has no effect.', isRemovable: true },
  '--teamslaves': { advice: 'Use --bondslaves: team devices are going away.' },
  '--teamconfig': { advice: 'Use --bondopts: team devices are going away.' },
};

/** What to write instead of a command or option that is going or gone. */
export function replacementFor(name: string): Replacement | undefined {
  return REPLACEMENTS[name];
}

/** ` since F41`: when a command got the status it has in a release; empty when it had it from the start of the tables. */
export function statusSince(command: string, version: KickstartVersion): string {
  const family = versionsOfFamily(version);
  const status = commandGrammar(command, version)?.status;
  const before = family.slice(0, family.indexOf(version)).toReversed();
  const lastOther = before.find((earlier) => commandGrammar(command, earlier)?.status !== status);
  return lastOther === undefined ? '' : ` since ${family[family.indexOf(lastOther) + 1]}`;
}
