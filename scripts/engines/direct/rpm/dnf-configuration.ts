import type { RpmBase } from './base.ts';
import type { RpmAddress } from './rpm-request.ts';

/** Where the directory that holds `keys` and `cache` is, for dnf. */
export const dnfPlace = '/srv/index';

/**
 * dnf's whole configuration: nothing of the tree that it runs in counts, and nothing of what it has on its own. Debian's, for one,
 * goes on without a repository that is not there.
 */
export function dnfConfiguration(base: RpmBase, addresses: readonly RpmAddress[]): string {
  const repositories = addresses.map(({ id, option, url }) => {
    const source = base.repositories.find((one) => one.id === id);
    if (source === undefined) throw new Error(`repository ${id} is not in base ${base.name}: it should be refused`);
    return [
      `[${id}]`,
      `name=${id}`,
      `${option}=${url}`,
      `gpgkey=file://${dnfPlace}/keys/${id}`,
      `repo_gpgcheck=${source.signedIndex}`,
    ];
  });
  return [...main(`${dnfPlace}/cache`), ...repositories.flat()].map((line) => `${line}\n`).join('');
}

/** Of the repositories that `install` makes of verified files, one for each key. */
export function localConfiguration(ids: readonly string[]): string {
  const repositories = ids.map((id) => [
    `[${id}]`,
    `name=${id}`,
    `baseurl=file:///srv/tree/repository/${id}`,
    `gpgkey=file:///srv/resolved/keys/${id}`,
  ]);
  return [...main('/srv/tree/dnf/cache'), ...repositories.flat()].map((line) => `${line}\n`).join('');
}

const main = (cache: string): readonly string[] => [
  '[main]',
  'reposdir=/var/empty',
  'varsdir=/var/empty',
  'plugins=False',
  'persistdir=/tmp/dnf/state',
  'logdir=/tmp/dnf/log',
  `cachedir=${cache}`,
  'gpgcheck=True',
  'localpkg_gpgcheck=True',
  'skip_if_unavailable=False',
  // It says so of what lies on this machine, too; the age of the index is the stage's business.
  'metadata_expire=0',
  'retries=2',
  'timeout=30',
  'zchunk=False',
];
