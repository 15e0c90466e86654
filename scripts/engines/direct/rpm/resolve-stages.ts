import { readFileSync } from 'node:fs';
import { type CachedStage, outputOf, type Step, writeInputTo } from '../../../plan/index.ts';
import { inNamespaces, inToolsTree, type Privilege } from '../../../process/index.ts';
import { rpmToolsTree } from '../../tools/index.ts';
import type { RpmBase } from './base.ts';
import { dnfConfiguration, dnfPlace } from './dnf-configuration.ts';
import type { RpmAddress, RpmRequest } from './rpm-request.ts';

const index = outputOf('index');
const day = 24 * 60 * 60 * 1000;

/** Indexes of the repositories → list of exact packages. */
export function rpmResolveStages(
  base: RpmBase,
  addresses: readonly RpmAddress[],
  request: RpmRequest,
  privilege: Privilege,
): CachedStage[] {
  return [indexStage(base, addresses, privilege), resolveStage(request, privilege)];
}

/** Fetches the indexes and verifies them: by their signature where the base says that there is one. */
function indexStage(base: RpmBase, addresses: readonly RpmAddress[], privilege: Privilege): CachedStage {
  const local = directoriesOf(addresses);
  return {
    id: 'index',
    title: 'Package indexes',
    key: { values: [], stages: ['rpm-tools'], files: [] },
    // A day-old index is fresh enough; `--refresh` renews it at once.
    reuse: { kind: 'for', milliseconds: day },
    estimatedBytes: 250e6,
    steps: [
      {
        id: 'sources',
        title: 'Writing the list of repositories',
        argv: writeInputTo(`${index}/dnf.conf`),
        stdin: dnfConfiguration(base, addresses),
        needs: [],
      },
      keysStep(base, addresses),
      {
        id: 'update',
        title: 'Fetching package indexes',
        argv: inNamespaces(
          privilege,
          inToolsTree(
            rpmToolsTree,
            [
              'sh',
              '-euc',
              // GnuPG's own files are of no use to anybody later.
              `mkdir -p /tmp/dnf/log /var/empty "$0/cache"; "$@" 2>&1; rm -rf "$0"/cache/*/pubring "$0/cache/expired_repos.json"`,
              dnfPlace,
              ...['dnf', '--assumeyes', '--quiet', `--config=${dnfPlace}/dnf.conf`],
              ...[`--releasever=${base.release}`, 'makecache'],
            ],
            { writeAt: [[index, dnfPlace]], read: local, network: true, confined: true },
          ),
        ),
        env: plainWords,
        needs: ['network', 'namespaces'],
      },
      {
        id: 'state',
        title: 'Noting the state of the repositories',
        argv: [
          'sh',
          '-euc',
          'cd "$0"; find cache -name repomd.xml -exec sha256sum {} + > state; test -s state; sha256sum keys/* >> state; LC_ALL=C sort -o state state',
          index,
        ],
        needs: [],
      },
    ],
  };
}

/** Directories of this machine that repositories are in. */
export function directoriesOf(addresses: readonly RpmAddress[]): readonly string[] {
  return addresses.flatMap(({ url }) => (url.startsWith('file://') ? [decodeURI(url.slice('file://'.length))] : []));
}

/** What programs print is read: it shall be English, whoever builds. */
export const plainWords = { LC_ALL: 'C.UTF-8' } as const;

/** Keys that are not in the tree of tools are somebody's own, on this machine. */
function keysStep(base: RpmBase, addresses: readonly RpmAddress[]): Step {
  const keys = addresses.flatMap(({ id }) => {
    const keyring = base.repositories.find((one) => one.id === id)?.keyring ?? '';
    return [id, keyring.startsWith('/usr/share/distribution-gpg-keys/') ? `${rpmToolsTree}${keyring}` : keyring];
  });
  const script = [
    'to=$0; mkdir -p "$to"',
    'while [ $# -gt 0 ]; do [ -s "$2" ] || { echo "no key: $1 $2" >&2; exit 1; }; cp "$2" "$to/$1"; shift 2; done',
  ].join('\n');
  return { id: 'keys', title: 'Adding keys', argv: ['sh', '-euc', script, `${index}/keys`, ...keys], needs: [] };
}

/** The program, which is two files: what groups stand for can be asked without dnf. */
const program = (): string =>
  ['comps.py', 'resolve.py'].map((name) => readFileSync(new URL(name, import.meta.url), 'utf8')).join('\n');

/** Leaves the list of the packages that dnf would install onto an empty system, where each may be fetched, and the keys. */
function resolveStage(request: RpmRequest, privilege: Privilege): CachedStage {
  const stage = outputOf('resolve');
  const script = [
    // dnf notes in its cache what it has read.
    `mkdir -p ${dnfPlace} /var/empty; cp -r /srv/fetched/dnf.conf /srv/fetched/keys /srv/fetched/cache ${dnfPlace}/`,
    'mkdir -p /srv/resolved/keys; cp /srv/fetched/keys/* /srv/resolved/keys/',
    `exec python3 - ${dnfPlace}/dnf.conf "$0" /srv/resolved`,
  ].join('\n');
  return {
    id: 'resolve',
    title: 'Resolving packages',
    key: { values: [], stages: ['rpm-tools'], files: [`${index}/state`, `${index}/dnf.conf`] },
    reuse: { kind: 'always' },
    estimatedBytes: 1e6,
    steps: [
      {
        id: 'resolve',
        title: 'Resolving dependencies',
        argv: inNamespaces(
          privilege,
          inToolsTree(rpmToolsTree, ['sh', '-euc', script, JSON.stringify(request)], {
            writeAt: [[stage, '/srv/resolved']],
            readAt: [[index, '/srv/fetched']],
          }),
        ),
        stdin: program(),
        env: plainWords,
        needs: ['namespaces'],
      },
    ],
  };
}
