import { type CachedStage, outputOf, writeInputTo } from '../../plan/index.ts';
import { inNamespaces, inToolsTree, type Privilege } from '../../process/index.ts';
import { aptGet, sourcesList, writeLock } from './apt.ts';
import type { DirectBase } from './base.ts';
import type { PackageRequest } from './package-request.ts';

const tools = `${outputOf('tools')}/root`;
const day = 24 * 60 * 60 * 1000;

/** Package indexes → resolved list of exact packages. */
export function resolveStages(base: DirectBase, request: PackageRequest, privilege: Privilege): CachedStage[] {
  return [
    indexStage('index', 'Package indexes', sourcesList(base, request.sources), base, privilege),
    resolveStage(
      { id: 'resolve', title: 'Resolving packages', index: 'index', weakDependencies: request.weakDependencies },
      ['?essential', ...request.packages],
      base,
      privilege,
    ),
  ];
}

/** Fetches and verifies the indexes of a sources.list. */
export function indexStage(
  id: string,
  title: string,
  sources: string,
  base: DirectBase,
  privilege: Privilege,
): CachedStage {
  const index = outputOf(id);
  const inside = (argv: readonly string[]) =>
    inNamespaces(privilege, inToolsTree(tools, argv, { write: [index], network: true }));
  return {
    id,
    title,
    key: { values: [], stages: [], files: [] },
    // A day-old index is fresh enough; `--refresh` renews it at once.
    reuse: { kind: 'for', milliseconds: day },
    estimatedBytes: 80e6,
    steps: [
      {
        id: 'sources',
        title: 'Writing the list of repositories',
        argv: writeInputTo(`${index}/sources.list`),
        stdin: sources,
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

interface Resolution {
  readonly id: string;
  readonly title: string;
  /** Id of the stage that fetched the indexes. */
  readonly index: string;
  readonly weakDependencies: boolean;
}

/** Leaves the list of the packages that apt would install onto an empty system for `words`. */
export function resolveStage(
  { id, title, index: indexId, weakDependencies }: Resolution,
  words: readonly string[],
  base: DirectBase,
  privilege: Privilege,
): CachedStage {
  const index = outputOf(indexId);
  const install = aptGet(base, index, '/var/empty', [
    'install',
    '--print-uris',
    '-qq',
    '--yes',
    `-oAPT::Install-Recommends=${weakDependencies}`,
    ...words,
  ]);
  return {
    id,
    title,
    key: { values: [], stages: [], files: [`${index}/state`, `${index}/sources.list`] },
    reuse: { kind: 'always' },
    estimatedBytes: 1e6,
    steps: [
      {
        id: 'resolve',
        title: 'Resolving dependencies',
        argv: inNamespaces(
          privilege,
          inToolsTree(
            tools,
            ['sh', '-euc', `${writeLock}\ncp "${index}/sources.list" "$0/"`, outputOf(id), ...install],
            { write: [outputOf(id)], read: [index] },
          ),
        ),
        needs: ['namespaces'],
      },
    ],
  };
}
