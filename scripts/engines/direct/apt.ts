import type { DirectBase } from './base.ts';

/** A repository with the address that the kickstart gives it. */
export interface Source {
  readonly id: string;
  readonly url: string;
}

/** The sources.list of an image: every repository of the base that the kickstart names, signed by its own key only. */
export function sourcesList(base: DirectBase, sources: readonly Source[]): string {
  return sources
    .map(({ id, url }) => {
      const repository = base.repositories.find((candidate) => candidate.id === id);
      if (!repository) throw new Error(`repository ${id} is not in base ${base.name}: the plan should have refused it`);
      return `deb [signed-by=${repository.keyring}] ${url} ${repository.suite} ${repository.components.join(' ')}\n`;
    })
    .join('');
}

/**
 * apt-get with all its state below `index` and its packages in `archives`, so that neither the host's apt nor the tree's
 * is read or changed. `status`: dpkg's list of what is installed already; without one it resolves for an empty system.
 */
export function aptGet(
  base: DirectBase,
  index: string,
  archives: string,
  argv: readonly string[],
  status = '/dev/null',
): string[] {
  const options = {
    'Dir::Etc::sourcelist': `${index}/sources.list`,
    'Dir::Etc::sourceparts': '/dev/null',
    'Dir::Etc::trusted': '/dev/null',
    'Dir::Etc::trustedparts': '/dev/null',
    'Dir::State': index,
    'Dir::State::lists': `${index}/lists`,
    'Dir::State::status': status,
    'Dir::Cache': `${index}/cache`,
    'Dir::Cache::archives': archives,
    // The unprivileged _apt user cannot enter a private cache directory; the files are verified all the same.
    'APT::Sandbox::User': 'root',
    'APT::Architecture': base.architecture,
    'Acquire::Languages': 'none',
    'Acquire::ForceHash': 'SHA256',
    'Acquire::Retries': '2',
    'Acquire::http::Timeout': '30',
  };
  return ['apt-get', ...Object.entries(options).map(([name, value]) => `-o${name}=${value}`), ...argv];
}

/**
 * Shell text for `sh -euc TEXT DIRECTORY APT…`: writes what apt would fetch into DIRECTORY/lock, a line `FILE BYTES SHA256:SUM` each,
 * and where from into DIRECTORY/addresses, a line `FILE ADDRESS` each: the same packages from another mirror are the same packages.
 */
export const writeLock = [
  '"$@" > /tmp/uris',
  'sed "s/^\'[^\']*\' //" /tmp/uris | LC_ALL=C sort > "$0/lock"; test -s "$0/lock"',
  'sed -E "s/^\'([^\']*)\' ([^ ]+) .*/\\2 \\1/" /tmp/uris | LC_ALL=C sort > "$0/addresses"',
].join('\n');
