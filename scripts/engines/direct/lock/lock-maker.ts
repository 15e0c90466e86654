import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type KickstartModel, model, parse } from 'kickstart-parser';
import type { ResolvedFlavour } from '../../../flavour/index.ts';
import {
  type LockedPackage,
  type LockFile,
  type LockIndex,
  type LockRequest,
  lockedAs,
} from '../../../package-lock/index.ts';
import type { Plan } from '../../../plan/index.ts';
import { kickstartVersion } from '../../../prepare/index.ts';
import { privilegeOf } from '../../../process/index.ts';
import { toolsPackages, toolsRepository, toolsSource, toolsStage } from '../../tools/index.ts';
import type { DirectBase } from '../base.ts';
import { directBase } from '../direct-base.ts';
import { lockedLists, lockRequest } from '../locked.ts';
import { lockedStage } from '../locked-stage.ts';
import { type PackageRequest, packageRequest } from '../package-request.ts';
import { indexStage, resolveStage, resolveStages } from '../resolve-stages.ts';
import { type FetchedIndex, type FetchedRepository, fetchedIndexes } from './index-files.ts';
import { installerListStage, type Move, moveStage } from './lock-stages.ts';
import { afterMove } from './moved.ts';
import { knownPackages, resolvedPackages } from './resolved.ts';

/** What `phyllome lock` must know of a flavour, and how its packages are found. */
export interface LockMaker {
  /** What the flavour asks for now. */
  readonly request: LockRequest;
  readonly tools: readonly string[];
  /** Resolves all packages anew, or with `move` only some. */
  readonly plan: (move?: Move) => Plan;
  /** The lock that such a plan's outputs make. */
  readonly take: (directories: ReadonlyMap<string, string>, move?: Move) => LockFile;
}

/** @throws ReportedError when the base is not one of the direct engine's */
export function lockMaker(flavour: ResolvedFlavour, kickstart: string): LockMaker {
  const base = directBase(flavour.base);
  const read: KickstartModel = model(parse(kickstart, { file: `${flavour.name}.ks` }), kickstartVersion(flavour.base));
  const asked = packageRequest(read, base);
  const installs = flavour.outputs?.value.includes('installer-iso') === true;
  const request = lockRequest(base, asked, installs);
  return {
    request,
    tools: toolsPackages,
    plan: (move) => lockPlan(flavour, base, asked, installs, move),
    take: (directories, move) => ({
      format: 1,
      ...lockedAs(flavour),
      request,
      ...takeSystem(directories, repositoriesOf(base, asked), installs, move),
      // Of the programs that make images all move, or none.
      tools: move?.before.tools ?? {
        request: toolsPackages,
        ...takeTools(directories, toolsRepositoryOf(base, asked)),
      },
    }),
  };
}

function lockPlan(
  flavour: ResolvedFlavour,
  base: DirectBase,
  asked: PackageRequest,
  installs: boolean,
  move: Move | undefined,
): Plan {
  const privilege = privilegeOf();
  const mirror = asked.sources[0]?.url ?? '';
  const [index, resolve] = resolveStages(base, asked, privilege);
  if (index === undefined || resolve === undefined) throw new Error('resolving has two stages');
  const named = { name: `${flavour.name} on ${base.name}, lock` };
  if (move !== undefined) {
    const { system } = lockedLists(move.before, base, asked);
    const before = lockedStage('locked', 'Locked packages', system);
    const stages = [before, moveStage('locked', move, asked.weakDependencies, base, privilege)];
    return { ...named, stages: [toolsStage(mirror, privilege), index, ...stages] };
  }
  const resolution = { id: 'tools-list', title: 'Resolving tools', index: 'tools-index', weakDependencies: false };
  return {
    ...named,
    stages: [
      toolsStage(mirror, privilege),
      index,
      resolve,
      ...(installs ? [installerListStage(base, privilege)] : []),
      indexStage('tools-index', 'Package index of the tools tree', `${toolsSource(mirror)}\n`, base, privilege),
      // What mmdebstrap's variant of a system with apt has.
      resolveStage(resolution, ['?essential', 'apt', ...toolsPackages], base, privilege),
    ],
  };
}

function repositoriesOf(base: DirectBase, { sources }: PackageRequest): readonly FetchedRepository[] {
  return sources.map(({ id, url }) => {
    const { suite = '', components = [] } = base.repositories.find((one) => one.id === id) ?? {};
    return { id, url, suite, components };
  });
}

function toolsRepositoryOf(base: DirectBase, { sources }: PackageRequest): FetchedRepository {
  return { id: base.repositories[0]?.id ?? '', url: sources[0]?.url ?? '', ...toolsRepository };
}

interface Taken {
  readonly indexes: readonly LockIndex[];
  readonly packages: readonly LockedPackage[];
}

function takeSystem(
  directories: ReadonlyMap<string, string>,
  repositories: readonly FetchedRepository[],
  installs: boolean,
  move: Move | undefined,
): Taken & Pick<LockFile, 'installer'> {
  const directoryOf = (stage: string) => directories.get(stage) ?? '';
  const lists = path.join(directoryOf('index'), 'lists');
  const indexes = fetchedIndexes(lists, repositories);
  const known = knownPackages(lists, indexes);
  if (move !== undefined) {
    const removed = readFileSync(path.join(directoryOf('move'), 'removed'), 'utf8').split('\n');
    const fetched = resolvedPackages(directoryOf('move'), known);
    return afterMove(move.before, { fetched, removed: new Set(removed) }, indexes.map(plain), known);
  }
  return {
    indexes: indexes.map(plain),
    packages: resolvedPackages(directoryOf('resolve'), known),
    ...(installs && { installer: resolvedPackages(directoryOf('installer-list'), known) }),
  };
}

function takeTools(directories: ReadonlyMap<string, string>, repository: FetchedRepository): Taken {
  const lists = path.join(directories.get('tools-index') ?? '', 'lists');
  const indexes = fetchedIndexes(lists, [repository]);
  const packages = resolvedPackages(directories.get('tools-list') ?? '', knownPackages(lists, indexes));
  return { indexes: indexes.map(plain), packages };
}

const plain = ({ files: _, ...index }: FetchedIndex): LockIndex => index;
