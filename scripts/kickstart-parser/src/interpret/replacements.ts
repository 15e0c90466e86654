import { versionsOf } from '../grammar/grammar.ts';
import { COMMANDS } from '../grammar/table.ts';
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

/** What replaces a deprecated or removed command, and since when it is so. */
export function replacementHint(command: string, version: KickstartVersion): string | undefined {
  const since = firstWithout(command, version);
  const advice = REPLACEMENTS[command];
  const history = since === undefined ? undefined : `It is so since ${since}.`;
  return [advice, history].filter((part) => part !== undefined).join(' ') || undefined;
}

/** What replaces a deprecated option. */
export function optionReplacement(name: string): string | undefined {
  return REPLACEMENTS[name];
}

/** The first release of the version's family where the command has the status it has in that version. */
function firstWithout(command: string, version: KickstartVersion): string | undefined {
  const family = KICKSTART_VERSIONS.filter((known) => known.startsWith(version.startsWith('F') ? 'F' : 'RHEL'));
  const statusIn = (v: KickstartVersion) =>
    COMMANDS[command]?.find((variant) => versionsOf(variant).includes(v))?.status;
  const status = statusIn(version);
  let since: KickstartVersion = version;
  for (const earlier of family.slice(0, family.indexOf(version)).reverse()) {
    if (statusIn(earlier) !== status) return since;
    since = earlier;
  }
  return undefined;
}
