/** Targets that every start reaches: of the system, and of each user's own manager. */
const targets = {
  system: ['multi-user', 'graphical', 'default', 'sockets', 'timers', 'network', 'network-online'],
  user: ['default', 'sockets', 'timers', 'paths'],
};

/**
 * Shell text that prints the units that start by themselves: enabled, or wanted by a link that their package brings. `states`: the
 * file with what `systemctl list-unit-files` says of them; `tree`: where the root file system lies.
 */
export function listStartedUnits(scope: keyof typeof targets, states: string, tree = ''): string {
  return `{
  awk '$2 ~ /^enabled/ { print $1 }' "${states}"
  for target in ${targets[scope].join(' ')}; do
    find "${tree}/usr/lib/systemd/${scope}/$target.target.wants" -type l 2> /dev/null | sed 's|.*/||'
  done
} | grep -E '[.](service|socket|timer|path)$' | LC_ALL=C sort -u`;
}
