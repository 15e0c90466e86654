import { cacheDirectory, outputOf, type Stage, writeInputTo } from '../../plan/index.ts';
import { inNamespaces, inToolsTree, type Privilege } from '../../process/index.ts';
import { aptGet, type Source, sourcesList, writeLock } from './apt.ts';
import type { DirectBase } from './base.ts';
import { copyPackages, downloadPackages, packagesOf } from './cached-packages.ts';

/** What the kickstart's %packages sections and repositories ask for, in apt's words. */
export interface PackageRequest {
  readonly sources: readonly Source[];
  /** Names and `name-` exclusions, sorted. */
  readonly packages: readonly string[];
  readonly weakDependencies: boolean;
  /** `--excludedocs` */
  readonly excludeDocumentation: boolean;
  /** `--inst-langs`: languages to keep; all when absent. */
  readonly languages?: readonly string[];
}

const tools = `${outputOf('tools')}/root`;
const day = 24 * 60 * 60 * 1000;

/** Package indexes → resolved list of exact packages → root tree. */
export function packagesStages(base: DirectBase, request: PackageRequest, privilege: Privilege): Stage[] {
  return [
    indexStage(base, request, privilege),
    resolveStage(base, request, privilege),
    rootTreeStage(base, request, privilege),
  ];
}

function indexStage(base: DirectBase, request: PackageRequest, privilege: Privilege): Stage {
  const index = outputOf('index');
  const inside = (argv: readonly string[]) =>
    inNamespaces(privilege, inToolsTree(tools, argv, { write: [index], network: true }));
  return {
    id: 'index',
    title: 'Package indexes',
    key: { values: [], stages: [], files: [] },
    // A day-old index is fresh enough; `--refresh` renews it at once.
    reuse: { kind: 'for', milliseconds: day },
    estimatedBytes: 80e6,
    steps: [
      {
        id: 'sources',
        title: 'Writing the list of repositories',
        argv: writeInputTo(`${index}/sources.list`),
        stdin: sourcesList(base, request.sources),
        needs: [],
      },
      {
        id: 'update',
        title: 'Fetching package indexes',
        argv: inside([
          'sh',
          '-euc',
          'mkdir -p "$0/lists/partial" "$0/cache"; exec "$@"',
          index,
          ...aptGet(base, index, `${index}/cache`, ['update', '--error-on=any']),
        ]),
        needs: ['network', 'namespaces'],
        progress: 'apt-download',
      },
      {
        id: 'state',
        title: 'Noting the state of the repositories',
        argv: ['sh', '-euc', 'cd "$0/lists" && sha256sum ./*InRelease > "$0/state"', index],
        needs: [],
      },
    ],
  };
}

function resolveStage(base: DirectBase, request: PackageRequest, privilege: Privilege): Stage {
  const install = aptGet(base, outputOf('index'), '/var/empty', [
    'install',
    '--print-uris',
    '-qq',
    '--yes',
    `-oAPT::Install-Recommends=${request.weakDependencies}`,
    '?essential',
    ...request.packages,
  ]);
  return {
    id: 'resolve',
    title: 'Resolving packages',
    key: { values: [], stages: [], files: [`${outputOf('index')}/state`] },
    reuse: { kind: 'always' },
    estimatedBytes: 1e6,
    steps: [
      {
        id: 'resolve',
        title: 'Resolving dependencies',
        argv: inNamespaces(
          privilege,
          inToolsTree(tools, ['sh', '-euc', writeLock, outputOf('resolve'), ...install], {
            write: [outputOf('resolve')],
            read: [outputOf('index')],
          }),
        ),
        needs: ['namespaces'],
      },
    ],
  };
}

function rootTreeStage(base: DirectBase, request: PackageRequest, privilege: Privilege): Stage {
  const archives = `${cacheDirectory}/packages`;
  const resolved = outputOf('resolve');
  const lock = `${resolved}/lock`;
  const stage = outputOf('root-tree');
  const index = outputOf('index');
  return {
    id: 'root-tree',
    title: 'Root tree',
    key: { values: [], stages: [], files: [lock] },
    reuse: { kind: 'always' },
    // The tree, and the packages beside each other.
    estimatedBytes: estimatedRootBytes(request) * 1.8,
    steps: [
      {
        id: 'download',
        title: 'Downloading packages',
        argv: makingDirectory(
          `${archives}/partial`,
          inNamespaces(
            privilege,
            inToolsTree(
              tools,
              [
                'sh',
                '-euc',
                downloadPackages(lock),
                archives,
                lock,
                ...aptGet(base, index, archives, [
                  'install',
                  '--download-only',
                  '--yes',
                  '-oAPT::Install-Recommends=false',
                ]),
              ],
              // apt keeps a cache of its own beside the indexes.
              { write: [archives, index], read: [resolved], network: true },
            ),
          ),
        ),
        needs: ['namespaces'],
        progress: 'apt-download',
      },
      {
        id: 'install',
        title: 'Installing packages',
        argv: inNamespaces(
          privilege,
          inToolsTree(
            tools,
            [
              'sh',
              '-euc',
              `${packagesOf(lock)}; exec "$@" --include="$packages" ${base.repositories[0]?.suite} "$0" "${index}/sources.list"`,
              `${stage}/root`,
              ...mmdebstrap(request, archives, index, lock),
            ],
            // What packages run as root at installation reaches nothing of the cache but the new tree.
            { write: [stage], read: [archives, index, resolved] },
          ),
        ),
        // The kernel's hook would build an initramfs for this machine; the image's own is built after configuration.
        env: { INITRD: 'No' },
        needs: ['namespaces'],
        progress: 'dpkg',
      },
    ],
  };
}

/** A directory that a bind mount wants to be there. */
function makingDirectory(directory: string, argv: readonly string[]): [string, ...string[]] {
  return ['sh', '-euc', 'mkdir -p "$0"; exec "$@"', directory, ...argv];
}

/**
 * How large a root tree may become, in bytes: 0.28 GB for nano's 11 names, 0.55 GB for headless' 60, with a margin.
 * Only the check of free space before work starts relies on it; packages are counted on top.
 */
export function estimatedRootBytes(request: PackageRequest): number {
  return 350e6 + request.packages.length * (request.weakDependencies ? 20e6 : 8e6);
}

/** mmdebstrap fed with the packages and indexes that are there already: it downloads nothing. */
function mmdebstrap(request: PackageRequest, archives: string, index: string, lock: string): string[] {
  const seed = [
    'set -eu; mkdir -p "$1/var/lib/apt/lists/partial" "$1/var/cache/apt/archives/partial"',
    `cp --reflink=auto "${index}"/lists/*_* "$1/var/lib/apt/lists/"`,
    `lock="${lock}" archives="${archives}"; set -- "$1/var/cache/apt/archives"`,
    copyPackages,
  ].join('\n');
  // mmdebstrap leaves copies of this machine's name and resolver configuration behind.
  const forget = 'rm -f "$1/etc/hostname"; test -L "$1/etc/resolv.conf" || rm -f "$1/etc/resolv.conf"';
  const exclude = [
    ...(request.excludeDocumentation
      ? ['doc', 'man', 'info'].map((directory) => `path-exclude=/usr/share/${directory}/*`)
      : []),
    // Debian's policy wants licences kept where documentation is not.
    ...(request.excludeDocumentation ? ['path-include=/usr/share/doc/*/copyright'] : []),
    ...(request.languages
      ? [
          'path-exclude=/usr/share/locale/*',
          ...request.languages.map((language) => `path-include=/usr/share/locale/${language}*`),
        ]
      : []),
  ];
  return [
    'mmdebstrap',
    '--mode=root',
    '--verbose',
    '--variant=essential',
    '--format=directory',
    '--aptopt=APT::Install-Recommends "false"',
    '--aptopt=Acquire::Languages "none"',
    ...exclude.map((option) => `--dpkgopt=${option}`),
    `--setup-hook=${seed}`,
    `--customize-hook=${forget}`,
    '--skip=update,download/empty,essential/unlink',
  ];
}
