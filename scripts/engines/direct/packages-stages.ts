import { type CachedStage, cacheDirectory, outputOf, type Step } from '../../plan/index.ts';
import { inNamespaces, inToolsTree, type Privilege } from '../../process/index.ts';
import {
  copyPackages,
  downloadPackages,
  type ExactList,
  makeRepository,
  packagesOf,
  repositorySource,
} from '../exact-packages/index.ts';
import { sourcesList } from './apt.ts';
import type { DirectBase } from './base.ts';
import { lockedStage } from './locked-stage.ts';
import { madeAtStep } from './made-at.ts';
import type { PackageRequest } from './package-request.ts';
import { resolveStages } from './resolve-stages.ts';

const tools = `${outputOf('tools')}/root`;
/** Package indexes → resolved list of exact packages → root tree. `locked`: that list, made earlier. */
export function packagesStages(
  base: DirectBase,
  request: PackageRequest,
  privilege: Privilege,
  locked?: ExactList,
): CachedStage[] {
  if (locked !== undefined) {
    const sources = sourcesList(base, request.sources);
    return [lockedStage('resolve', 'Locked packages', locked, sources), rootTreeStage(base, request, privilege)];
  }
  return [...resolveStages(base, request, privilege), rootTreeStage(base, request, privilege)];
}

function rootTreeStage(base: DirectBase, request: PackageRequest, privilege: Privilege): CachedStage {
  const archives = `${cacheDirectory}/packages`;
  const resolved = outputOf('resolve');
  const stage = outputOf('root-tree');
  return {
    id: 'root-tree',
    title: 'Root tree',
    // Where packages come from is of no matter: they are the ones of the list.
    key: { values: [], stages: [], files: [`${resolved}/lock`, `${resolved}/sources.list`] },
    reuse: { kind: 'always' },
    // The tree, and the packages beside each other.
    estimatedBytes: estimatedRootBytes(request) * 1.8,
    steps: [
      downloadStep('Downloading packages', resolved, privilege),
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
              `${packagesOf(`${resolved}/lock`)}; exec "$@" --include="$packages" ${suiteOf(base)} "$0" "${repositorySource(repository)}"`,
              `${stage}/root`,
              ...mmdebstrap(base, request, archives, resolved),
            ],
            // What packages run as root at installation reaches nothing of the cache but the new tree.
            { write: [stage], read: [archives, resolved] },
          ),
        ),
        // The kernel's hook would build an initramfs for this machine; the image's own is built after configuration.
        env: { INITRD: 'No' },
        needs: ['namespaces'],
        progress: 'dpkg',
      },
      madeAtStep(`${stage}/root`),
    ],
  };
}

/** Fetches what the list in the directory `resolved` has and the download cache has not; `local`: directories of this machine that have it. */
export function downloadStep(
  title: string,
  resolved: string,
  privilege: Privilege,
  local: readonly string[] = [],
): Step {
  const archives = `${cacheDirectory}/packages`;
  const download = ['sh', '-euc', downloadPackages, archives, `${resolved}/lock`, `${resolved}/addresses`];
  const inside = inToolsTree(tools, download, { write: [archives], read: [resolved, ...local], network: true });
  return {
    id: 'download',
    title,
    argv: makingDirectory(`${archives}/partial`, inNamespaces(privilege, inside)),
    needs: ['namespaces'],
    progress: 'apt-download',
  };
}

const suiteOf = (base: DirectBase) => base.repositories[0]?.suite ?? '';

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

/** In the tools tree's own /tmp. */
const repository = '/tmp/repository';

/** mmdebstrap fed with the packages that are there already, and with nothing else: it downloads nothing. */
function mmdebstrap(base: DirectBase, request: PackageRequest, archives: string, resolved: string): string[] {
  const seed = [
    'set -eu; set -- "$1/var/cache/apt/archives"; mkdir -p "$1/partial"',
    `lock="${resolved}/lock" archives="${archives}" repository=${repository} suite=${suiteOf(base)}`,
    copyPackages,
    makeRepository,
  ].join('\n');
  // mmdebstrap leaves copies of this machine's name and resolver configuration behind.
  const forget = 'rm -f "$1/etc/hostname"; test -L "$1/etc/resolv.conf" || rm -f "$1/etc/resolv.conf"';
  const sources = `rm "$1/etc/apt/sources.list"; cp "${resolved}/sources.list" "$1/etc/apt/sources.list.d/0000sources.list"`;
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
    `--customize-hook=${sources}`,
    '--skip=download/empty,essential/unlink',
  ];
}
