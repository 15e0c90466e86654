import type { LockFile, LockRequest } from '../../package-lock/index.ts';
import type { CachedStage } from '../../plan/index.ts';
import type { Privilege } from '../../process/index.ts';
import { addressesOf, type ExactList, type RepositoryAddress } from '../exact-packages/index.ts';
import { lockedToolsStage, toolsStage } from '../tools/index.ts';
import type { DirectBase } from './base.ts';
import { installerPackages } from './installer/packages.ts';
import type { PackageRequest } from './package-request.ts';

/** The exact packages that a build is to be made of. */
export interface DirectLock {
  readonly file: LockFile;
  /** The tools tree that is in the cache has the locked packages: there is no need for a second one. */
  readonly hasTools: boolean;
}

/** The lists of a lock as the stages take them. */
export interface LockedLists {
  readonly system: ExactList;
  readonly installer?: ExactList;
  readonly tools: ExactList;
}

/** @param file a lock that fits what is asked for */
export function lockedLists(file: LockFile, base: DirectBase, request: PackageRequest): LockedLists {
  const addressOf = (id: string): RepositoryAddress => {
    const snapshot = base.repositories.find((one) => one.id === id)?.snapshot;
    return {
      url: request.sources.find((one) => one.id === id)?.url ?? '',
      ...(snapshot !== undefined && { snapshot }),
    };
  };
  const { packages, installer, indexes, tools } = file;
  return {
    system: addressesOf(packages, indexes, addressOf),
    ...(installer && { installer: addressesOf(installer, indexes, addressOf) }),
    tools: addressesOf(tools.packages, tools.indexes, addressOf),
  };
}

/** The tools tree for a build: the usual one, or one of exactly the locked packages. */
export function toolsFor(
  request: PackageRequest,
  privilege: Privilege,
  lock?: DirectLock,
  lists?: LockedLists,
): CachedStage {
  return lists === undefined || lock?.hasTools === true
    ? toolsStage(request.sources[0]?.url ?? '', privilege)
    : lockedToolsStage(lists.tools, privilege);
}

/** What decides which packages are resolved, as locks hold it. `installs`: a medium that installs is made, too. */
export function lockRequest(base: DirectBase, request: PackageRequest, installs: boolean): LockRequest {
  return {
    architecture: base.architecture,
    weakDependencies: request.weakDependencies,
    // Without addresses: the same packages from another mirror are the same packages.
    repositories: request.sources.map(({ id }) => {
      const { suite = '', components = [] } = base.repositories.find((one) => one.id === id) ?? {};
      return [id, suite, ...components].join(' ');
    }),
    packages: [...new Set(request.packages)],
    ...(installs && { installer: installerPackages }),
  };
}
