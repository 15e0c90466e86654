import { readFileSync } from 'node:fs';

/** Names of the groups that this process has. */
export function groupsOfProcess(): readonly string[] {
  const ids = new Set(process.getgroups?.() ?? []);
  return readFileSync('/etc/group', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .filter(([, , id]) => ids.has(Number(id)))
    .map(([name]) => name ?? '');
}
