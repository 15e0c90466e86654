import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Context } from '../context/index.ts';
import type { ResolvedBase } from '../flavour/index.ts';
import type { LockedPackage } from '../package-lock/index.ts';
import { inToolsTree } from '../process/index.ts';
import { packagesInDebianIndex, releaseTimes } from '../repository/index.ts';

/** A locked package of which the distribution has a newer one for security's sake. */
export interface Waiting {
  readonly list: 'system' | 'tools';
  readonly name: string;
  readonly locked: string;
  readonly newer: string;
}

interface Question {
  readonly lists: readonly (readonly [Waiting['list'], readonly LockedPackage[]])[];
  readonly security: ResolvedBase['repositories'];
}

/** The distribution's own judgement which of two versions is the newer one: lines `LIST NAME LOCKED OTHER`. */
const newerOnes =
  'while read -r list name locked other; do ! dpkg --compare-versions "$locked" lt "$other" || echo "$list $name $locked $other"; done';

/**
 * What is waiting by the security indexes that apt fetched into `lists`, and the date of the oldest of them.
 * @param tools root of the tools tree
 */
export async function securityUpdates(
  { lists: locked, security }: Question,
  lists: string,
  tools: string,
  { runner, signal }: Context,
): Promise<{ readonly waiting: readonly Waiting[]; readonly date: string }> {
  const suites = security.map(({ suite = '' }) => `_dists_${suite.replaceAll('/', '_')}_`);
  const isSecurity = (file: string) => suites.some((suite) => file.includes(suite));
  const versions = new Map<string, string[]>();
  for (const { name, version } of packagesInDebianIndex(lists, isSecurity)) {
    versions.set(name, [...(versions.get(name) ?? []), version]);
  }
  const candidates = locked.flatMap(([list, packages]) =>
    packages.flatMap(({ name, version }) =>
      (versions.get(name) ?? [])
        .filter((other) => other !== version)
        .map((other) => `${list} ${name} ${version} ${other}\n`),
    ),
  );
  const compare = inToolsTree(tools, ['sh', '-euc', newerOnes]);
  const { stdout } = await runner.run({ argv: compare, stdin: `${candidates.join('')}\n` }, { signal });
  const waiting = stdout
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line): Waiting => {
      const [list, name = '', was = '', newer = ''] = line.split(' ');
      return { list: list === 'tools' ? 'tools' : 'system', name, locked: was, newer };
    });
  const dates = readdirSync(lists)
    .filter((file) => file.endsWith('InRelease') && isSecurity(file))
    .map((file) => releaseTimes(readFileSync(path.join(lists, file), 'utf8')).date);
  return { waiting, date: dates.sort()[0]?.slice(0, 10) ?? '' };
}
