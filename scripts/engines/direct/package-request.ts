import type { KickstartModel } from 'kickstart-parser';
import type { Source } from './apt.ts';
import type { DirectBase } from './base.ts';

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

/** What a kickstart asks for of packages. */
export function packageRequest(model: KickstartModel, base: DirectBase): PackageRequest {
  const selection = model.packages;
  const languages = selection?.flags.instLangs;
  return {
    sources: [
      { id: base.repositories[0]?.id ?? '', url: model.commands.url?.url ?? '' },
      ...model.commands.repo.map((repo) => ({ id: repo.name ?? '', url: repo.baseurl ?? '' })),
    ],
    packages: [
      ...(selection?.packages ?? []).map((entry) => entry.name),
      ...(selection?.excludedPackages ?? []).map((entry) => `${entry.name}-`),
    ].sort(),
    weakDependencies: selection?.flags.excludeWeakdeps !== true,
    excludeDocumentation: selection?.flags.excludedocs === true,
    ...(languages !== undefined && { languages: languages.split(':').filter((language) => language !== '') }),
  };
}
