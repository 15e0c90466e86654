import type { KickstartModel } from 'kickstart-parser';
import type { RpmBase } from './base.ts';

/** A repository with the address that the kickstart gives it. */
export interface RpmAddress {
  readonly id: string;
  readonly option: 'baseurl' | 'mirrorlist' | 'metalink';
  readonly url: string;
}

/** What `resolve.py` is asked, in its own words. */
export interface RpmRequest {
  readonly release: string;
  readonly arch: string;
  /** Recommended packages are installed, too. */
  readonly weak: boolean;
  /** The group `core`, which every system has unless `--nocore` is said. */
  readonly core: boolean;
  /** Empty for none. */
  readonly environment: string;
  readonly groups: readonly {
    readonly name: string;
    readonly optional: boolean;
    readonly nodefaults: boolean;
  }[];
  readonly excludedGroups: readonly string[];
  /** Names, patterns, exact packages, paths: whatever dnf finds a package by. */
  readonly packages: readonly string[];
  readonly excluded: readonly string[];
  readonly ignoreMissing: boolean;
}

/** How packages are put into the tree, once it is known which. */
export interface RpmInstallation {
  /** `--excludedocs` */
  readonly excludeDocumentation: boolean;
  /** `--inst-langs`: languages to keep; all when absent. */
  readonly languages?: readonly string[];
}

export function rpmRequest({ packages: selection }: KickstartModel, base: RpmBase): RpmRequest {
  const flags = selection?.flags;
  return {
    release: base.release,
    arch: base.architecture,
    weak: flags?.excludeWeakdeps !== true,
    core: flags?.nocore !== true,
    environment: selection?.environment?.name ?? '',
    groups: (selection?.groups ?? []).map(({ name, include }) => ({
      name,
      optional: include === 'optional',
      nodefaults: include === 'nodefaults',
    })),
    excludedGroups: (selection?.excludedGroups ?? []).map(({ name }) => name).sort(),
    packages: (selection?.packages ?? []).map(({ name }) => name).sort(),
    excluded: (selection?.excludedPackages ?? []).map(({ name }) => name).sort(),
    ignoreMissing: flags?.ignoremissing === true,
  };
}

export function rpmInstallation({ packages: selection }: KickstartModel): RpmInstallation {
  const languages = selection?.flags.instLangs;
  return {
    excludeDocumentation: selection?.flags.excludedocs === true,
    ...(languages !== undefined && { languages: languages.split(':').filter((language) => language !== '') }),
  };
}

/** The repositories of a kickstart, the one of `url` first. */
export function rpmAddresses({ commands: { url, repo } }: KickstartModel, base: RpmBase): readonly RpmAddress[] {
  const main = url && addressOf(base.repositories[0]?.id ?? '', { ...url, baseurl: url.url });
  return [...(main ? [main] : []), ...repo.flatMap((one) => addressOf(one.name ?? '', one) ?? [])];
}

/** The first option that says where it is. */
export function addressOf(
  id: string,
  given: { readonly [option in RpmAddress['option']]?: string | undefined },
): RpmAddress | undefined {
  const options = ['baseurl', 'mirrorlist', 'metalink'] as const;
  return options.flatMap((option) => (given[option] ? [{ id, option, url: given[option] }] : []))[0];
}
