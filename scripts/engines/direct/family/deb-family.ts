import type { KickstartModel } from 'kickstart-parser';
import type { Accepted } from '../../../configure/index.ts';
import type { Diagnostic } from '../../../diagnostic/index.ts';
import type { DirectBase } from '../base.ts';
import { lockedLists, toolsFor } from '../locked.ts';
import { packageRequest } from '../package-request.ts';
import { estimatedRootBytes, packagesStages } from '../packages-stages.ts';
import { debDatabase } from './deb-database.ts';
import type { PackageFamily } from './package-family.ts';

/** Debian's packages, installed by apt and mmdebstrap. */
export function debFamily(base: DirectBase): PackageFamily {
  return {
    accepted,
    handlers: [],
    refuse: (model) => [...refuseSources(model, base), ...refusePackages(model)],
    refuseOutputs: () => [],
    packages: (model, privilege, lock) => {
      const packages = packageRequest(model, base);
      const lists = lock && lockedLists(lock.file, base, packages);
      return {
        rootBytes: estimatedRootBytes(packages),
        stages: [
          toolsFor(packages, privilege, lock, lists),
          ...packagesStages(base, packages, privilege, lists?.system),
        ],
        installer: { base, ...(lists?.installer && { locked: lists.installer }) },
      };
    },
    database: debDatabase,
    loaders: 'tools tree',
  };
}

const accepted: readonly Accepted[] = [
  { commands: ['url'], options: ['--url'] },
  { commands: ['repo'], options: ['--name', '--baseurl'] },
  {
    commands: ['%packages'],
    options: ['--excludedocs', '--exclude-weakdeps', '--excludeWeakdeps', '--inst-langs', '--instLangs'],
    idle: { '--nocore': 'Debian has no core group' },
  },
];

function refuseSources(model: KickstartModel, base: DirectBase): Diagnostic[] {
  const known = base.repositories.map((repository) => repository.id);
  const missing: Diagnostic[] = model.commands.url?.url
    ? []
    : [{ code: 'no-package-source', severity: 'error', message: 'no url --url=… says where packages come from' }];
  const unknown = model.commands.repo
    .filter((repo) => !known.slice(1).includes(repo.name ?? '') || !repo.baseurl)
    .map(
      (repo): Diagnostic => ({
        code: 'unknown-repository',
        severity: 'error',
        message: `repository ${repo.name ?? ''} is not one of base ${base.name}, or has no --baseurl`,
        span: repo.span,
        hint: `The base knows ${known.slice(1).join(', ')}; a further one needs an entry with suite and key in the base file.`,
      }),
    );
  return [...missing, ...unknown];
}

function refusePackages(model: KickstartModel): Diagnostic[] {
  const selection = model.packages;
  if (!selection)
    return [{ code: 'no-packages', severity: 'error', message: 'the kickstart has no %packages section' }];
  const groups = [
    ...selection.groups,
    ...selection.excludedGroups,
    ...(selection.environment ? [selection.environment] : []),
  ];
  return [
    ...groups.map(
      (group): Diagnostic => ({
        code: 'unsupported-group',
        severity: 'error',
        message: `${group.name}: Debian has no package groups`,
        span: group.span,
        hint: 'List the packages by name.',
      }),
    ),
    ...[...selection.packages, ...selection.excludedPackages]
      .filter((entry) => !/^[a-z0-9][a-z0-9+.-]+$/.test(entry.name))
      .map(
        (entry): Diagnostic => ({
          code: 'unsupported-package-name',
          severity: 'error',
          message: `${entry.name} is not a Debian package name`,
          span: entry.span,
          hint: 'Globs, versions and paths are not supported by the direct engine.',
        }),
      ),
  ];
}
