import { type ConfigureScript, scriptCommand } from '../../configure/index.ts';
import { listOpenLogins } from '../../flavour/index.ts';
import { listStartedUnits } from '../../image/index.ts';
import { outputOf, type Stage, type Step } from '../../plan/index.ts';
import { inNamespaces, type Privilege } from '../../process/index.ts';
import type { PackageDatabase } from './family/package-family.ts';
import { initramfsInputs } from './initramfs-stage.ts';
import { capabilitiesStep, dossierFacts } from './inventory.ts';
import { besideWritableRoot, inWritableRoot, leavingFiles } from './layers.ts';
import { withMadeAt } from './made-at.ts';

/** Root tree + scripts → the changes they make, their list, and facts about the result. */
export function configureStage(
  scripts: readonly ConfigureScript[],
  privilege: Privilege,
  database: PackageDatabase,
): Stage {
  return {
    id: 'configure',
    title: 'Configuration',
    key: { values: [], stages: ['root-tree'], files: [] },
    reuse: { kind: 'always' },
    estimatedBytes: 100e6,
    steps: [
      ...scripts.map((script) => scriptStep(script, privilege)),
      forgetStep(privilege, database),
      ...database.steps(privilege),
      factsStep(privilege, database),
      capabilitiesStep(privilege),
      changesStep(privilege),
    ],
  };
}

function scriptStep(script: ConfigureScript, privilege: Privilege): Step {
  const argv = scriptCommand(script);
  return {
    id: script.id,
    title: script.title,
    argv: script.chroot === false ? besideWritableRoot(privilege, argv) : inWritableRoot(privilege, argv),
    stdin: script.body,
    needs: ['namespaces'],
    ...(script.secret === true && { secret: true }),
    ...(script.origin && { origin: script.origin }),
    ...(script.mayFail === true && { onFailure: 'warn' as const }),
  };
}

/** What must not be the same on two machines, or is only a trace of the build. */
function forgetStep(privilege: Privilege, database: PackageDatabase): Step {
  const body = [
    // Empty, not absent: systemd then makes an id at boot without taking it for a first boot.
    ': > /etc/machine-id',
    'rm -f /var/lib/dbus/machine-id /etc/ssh/ssh_host_*_key /etc/ssh/ssh_host_*_key.pub',
    'rm -f /var/lib/systemd/random-seed /var/lib/systemd/credential.secret',
    'rm -rf /var/lib/swtpm-localca/* /var/log/journal/*',
    'find /var/log -type f -exec truncate -s 0 {} +',
    'rm -f /var/cache/ldconfig/aux-cache /etc/passwd- /etc/group- /etc/shadow- /etc/gshadow-',
    ...database.forget,
    shadowDays,
  ].join('\n');
  return {
    id: 'forget',
    title: 'Removing identities and traces',
    argv: withMadeAt(inWritableRoot(privilege, ['sh', '-eu', '-s', '--'])),
    stdin: body,
    needs: ['namespaces'],
  };
}

/**
 * $1: the time of the packages. Whatever makes an account notes the day as that of its last password, and the image would be another one
 * tomorrow. Earlier days were asked for, and 0 says that a new password is due.
 */
export const shadowDays = `[ ! -e /etc/shadow ] || {
  awk -F: -v OFS=: -v day=$(($1 / 86400)) '$3 > day { $3 = day } { print }' /etc/shadow > /run/shadow
  cmp -s /run/shadow /etc/shadow || cat /run/shadow > /etc/shadow
  rm /run/shadow
}`;

/** Each with the package that it is of. */
function startedUnits(scope: 'system' | 'user', states: string, file: string, database: PackageDatabase): string {
  return `${listStartedUnits(scope, states)} | while read -r unit; do
  file=$(echo "$unit" | sed 's/@[^.]*[.]/@./')
  ${database.unitOwner(scope, '/run/facts')}
  printf '%s\\t%s\\n' "$unit" "$owner"
done > ${file}`;
}

/** In whole blocks of 4 KiB: what a directory takes differs between file systems, and between two histories of one. */
function rootSize(file: string): string {
  return `find / -xdev -printf '%i %y %s\\n' | sort -u | awk '{ blocks += $2 == "d" ? 1 : int(($3 + 4095) / 4096) } END { printf "%.0f\\n", blocks * 4096 }' > ${file}`;
}

function factsStep(privilege: Privilege, database: PackageDatabase): Step {
  const stage = outputOf('configure');
  const body = [
    ...database.notes('/run/facts'),
    ...dossierFacts('/run/facts'),
    'systemctl list-unit-files --no-legend --no-pager > /run/facts/units',
    'systemctl --global list-unit-files --no-legend --no-pager > /run/facts/user-units',
    startedUnits('system', '/run/facts/units', '/run/facts/started-units', database),
    startedUnits('user', '/run/facts/user-units', '/run/facts/started-user-units', database),
    `{\n${listOpenLogins}\n} > /run/facts/open-logins`,
    rootSize('/run/facts/root-size'),
  ].join('\n');
  return {
    id: 'facts',
    title: 'Noting packages, units and files',
    argv: [
      'sh',
      '-euc',
      'mkdir -p "$0"; exec "$@"',
      `${stage}/facts`,
      ...leavingFiles(
        `${stage}/facts`,
        inWritableRoot(privilege, ['sh', '-eu'], { write: [[`${stage}/facts`, '/run/facts']] }),
      ),
    ],
    stdin: body,
    needs: ['namespaces'],
  };
}

/** Every changed file with its hash, so that later stages can see whether it concerns them. */
function changesStep(privilege: Privilege): Step {
  const stage = outputOf('configure');
  const script = [
    'rm -rf "$0/work"; rmdir "$0/merged"; cd "$0/upper"',
    "{ find . -type f -exec sha256sum {} + | sed -E 's/^([0-9a-f]+)  \\.(.*)$/\\2\\t\\1/'",
    '  find . ! -type d -printf \'/%P\\t%y %m %U:%G %l\\n\'; } | LC_ALL=C sort > "$0/changes"',
    'grep -E "$1" "$0/changes" > "$0/initramfs-inputs" || true',
  ].join('\n');
  const visible = `^(${initramfsInputs.map((prefix) => prefix.replaceAll('.', '\\.')).join('|')})`;
  return {
    id: 'changes',
    title: 'Listing what changed',
    argv: inNamespaces(privilege, ['sh', '-euc', script, stage, visible]),
    needs: ['namespaces'],
  };
}
