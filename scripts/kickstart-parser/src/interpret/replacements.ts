import { commandGrammar } from '../grammar/lookup.ts';
import { KICKSTART_VERSIONS, type KickstartVersion } from '../grammar/version.ts';

/** What to write instead of commands and options that are going or gone. */
const REPLACEMENTS: Readonly<Record<string, string>> = {
  auth: 'Use authselect.',
  authconfig: 'Use authselect.',
  autostep: 'Remove the line; nothing replaces it.',
  btrfs: 'RHEL has no Btrfs; use logvol or part with --fstype=xfs.',
  device: 'Remove the line; drivers are found by themselves.',
  deviceprobe: 'Remove the line; devices are found by themselves.',
  dmraid: 'Remove the line; firmware RAID is found by itself.',
  install: 'Remove the line; installing is what a kickstart does.',
  method: 'Use the command of the source itself: url, nfs, cdrom, harddrive or hmc.',
  module: 'Remove the line; modular repositories are gone.',
  multipath: 'Remove the line; multipath devices are found by themselves.',
  nvdimm: 'Remove the line; reconfigure NVDIMM devices with ndctl in %pre.',
  vnc: 'Use rdp.',
  '--isUtc': 'Use --utc.',
  '--nontp': 'Use "timesource --ntp-disable".',
  '--ntpservers': 'Use "timesource --ntp-server=HOST", one line for each server.',
  '--instLangs': 'Use --inst-langs.',
  '--excludeWeakdeps': 'Use --exclude-weakdeps.',
  '--ignoregroups': 'Remove the option; it has no effect.',
  '--level': 'Remove the option; it has no effect.',
  '--teamslaves': 'Use --bondslaves: team devices are going away.',
  '--teamconfig': 'Use --bondopts: team devices are going away.',
};

/** What to write instead of a command or option that is going or gone. */
export function replacementFor(name: string): string | undefined {
  return REPLACEMENTS[name];
}

/** ` since F41`: when a command got the status it has in a release; empty when it had it from the start of the tables. */
export function statusSince(command: string, version: KickstartVersion): string {
  const family = KICKSTART_VERSIONS.filter((known) => known.startsWith(version.startsWith('F') ? 'F' : 'RHEL'));
  const status = commandGrammar(command, version)?.status;
  const before = family.slice(0, family.indexOf(version)).toReversed();
  const lastOther = before.find((earlier) => commandGrammar(command, earlier)?.status !== status);
  return lastOther === undefined ? '' : ` since ${family[family.indexOf(lastOther) + 1]}`;
}
