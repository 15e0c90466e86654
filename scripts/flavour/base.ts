import type { Diagnostic } from '../diagnostic/index.ts';
import type { SourceDirectory } from '../places/index.ts';
import { type BaseChain, loadBaseChain } from './base-chain.ts';
import { Findings } from './findings.ts';
import type { Layer } from './layer.ts';
import { Library } from './library.ts';
import type { Repository, ResolvedBase, Sourced } from './model.ts';
import { singleValue } from './single-values.ts';
import type { BaseFile, StartedUnit } from './source-files.ts';
import { strayHint } from './stray-files.ts';

export interface ChosenBase {
  readonly resolved: ResolvedBase;
  readonly chain: BaseChain;
}

/** The base that was asked for, else the one that the flavour names. */
export function resolveBase(
  library: Library,
  layers: readonly Layer[],
  asked: string | undefined,
  findings: Findings,
): ChosenBase | undefined {
  const own = singleValue<string>(layers, ['base'], findings);
  const name = asked ?? own?.value;
  if (name === undefined) {
    const at = layers.at(-1)?.source.spanOfKey(['flavour']);
    findings.error('no-base', 'no base is named, neither here nor with --base', at);
    return undefined;
  }
  const at = asked === undefined ? own?.at : undefined;
  const before = findings.count;
  const chain = loadBaseChain(library, name, findings);
  if (!chain) {
    if (findings.count === before) {
      const known = concreteBases(library);
      findings.unknownName('unknown-base', 'base', name, known, at, strayHint(library, 'base', name, known));
    }
    return undefined;
  }
  const resolved = readBase(name, chain, findings);
  return resolved && { resolved, chain };
}

/** A base by its name; absent, with what is wrong, where there is none or it cannot be read. */
export function baseNamed(
  name: string,
  directories: readonly SourceDirectory[],
): { readonly base?: ResolvedBase; readonly diagnostics: readonly Diagnostic[] } {
  const findings = new Findings();
  const base = resolveBase(new Library(directories), [], name, findings)?.resolved;
  return { ...(base && { base }), diagnostics: findings.all };
}

/** The bases that can be built on: those that name a release. */
export function concreteBases(library: Library): readonly string[] {
  return library.names('base').filter((name) => {
    const data = library.load('base', name)?.data;
    return data === undefined || data.release !== undefined;
  });
}

function readBase(name: string, chain: BaseChain, findings: Findings): ResolvedBase | undefined {
  const at = chain.value<string>(['base'])?.at;
  if (!at) return undefined;
  const before = findings.count;
  const needed = <K extends keyof BaseFile>(key: K): Sourced<NonNullable<BaseFile[K]>> | undefined => {
    const found = chain.value<NonNullable<BaseFile[K]>>([key]);
    if (!found) findings.error('missing-key', `base \`${name}\` lacks \`${key}\``, at);
    return found;
  };
  const family = needed('family');
  const release = needed('release');
  const kickstartVersion = needed('kickstartVersion');
  const initramfs = needed('initramfs');
  const repositories = needed('repositories');
  for (const key of ['lang', 'keyboard', 'timezone', 'hostname']) {
    if (!chain.value(['defaults', key])) findings.error('missing-key', `\`defaults\` lacks \`${key}\``, at);
  }
  const size = chain.value<number>(['defaults', 'rootSizeMiB']);
  if (!family || !release || !kickstartVersion || !initramfs || !repositories || findings.count > before) {
    return undefined;
  }
  // A date is one release's own: not that of a base which is extended for another release.
  const end = chain.value<string>(['endOfLife']);
  const endOfLife = end?.at.file === release.at.file ? end : undefined;
  const withRelease = (url: string) => url.replaceAll('$releasever', release.value);
  return {
    name,
    at,
    is: chain.names,
    family: family.value,
    release: release.value,
    ...(endOfLife && { endOfLife }),
    kickstartVersion: withRelease(kickstartVersion.value),
    initramfs: initramfs.value,
    features: chain.value<readonly string[]>(['features'])?.value ?? [],
    repositories: repositories.value.map((entry, index): Repository => {
      const place = chain.value(['repositories', index, 'id'])?.at ?? at;
      if (entry.baseurl === undefined && entry.mirrorlist === undefined) {
        findings.error('no-address', `repository \`${entry.id}\` has neither \`baseurl\` nor \`mirrorlist\``, place);
      }
      return {
        ...entry,
        ...(entry.baseurl !== undefined && { baseurl: withRelease(entry.baseurl) }),
        ...(entry.mirrorlist !== undefined && { mirrorlist: withRelease(entry.mirrorlist) }),
        ...(entry.keyring !== undefined && { keyring: withRelease(entry.keyring) }),
        at: place,
      };
    }),
    ...(size && { rootSizeMiB: size }),
    starts: chain.entries<StartedUnit>(['starts']).map(({ value }) => value),
  };
}
