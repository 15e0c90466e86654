import type { Findings } from './findings.ts';
import type { Layer } from './inheritance.ts';
import type { Library } from './library.ts';
import type { Repository, ResolvedBase } from './model.ts';
import type { BaseFile } from './source-files.ts';
import type { YamlSource } from './yaml-source.ts';

export interface ChosenBase {
  readonly resolved: ResolvedBase;
  readonly data: BaseFile;
  readonly source: YamlSource;
}

/** The base that was asked for, else the one of the nearest layer that names one. */
export function resolveBase(
  library: Library,
  layers: readonly Layer[],
  asked: string | undefined,
  findings: Findings,
): ChosenBase | undefined {
  const layer = layers.findLast(({ data }) => data.base !== undefined);
  const name = asked ?? layer?.data.base;
  const leaf = layers.at(-1);
  if (name === undefined) {
    findings.error('no-base', 'no base is named, neither here nor with --base', leaf?.source.spanOfKey(['flavour']));
    return undefined;
  }
  const at = asked === undefined ? layer?.source.spanOfValue(['base']) : undefined;
  const loaded = library.load('base', name);
  if (!loaded) {
    findings.unknownName('unknown-base', 'base', name, library.names('base'), at);
    return undefined;
  }
  findings.add(loaded.diagnostics);
  const { data, source } = loaded;
  if (!data) return undefined;
  const size = data.defaults.rootSizeMiB;
  const resolved: ResolvedBase = {
    name,
    at: source.spanOfValue(['base']),
    family: data.family,
    release: data.release,
    kickstartVersion: data.kickstartVersion,
    initramfs: data.initramfs,
    repositories: data.repositories.map((entry, index): Repository => {
      const place = source.spanOfValue(['repositories', index, 'id']);
      if (entry.baseurl === undefined && entry.mirrorlist === undefined) {
        findings.error('no-address', `repository \`${entry.id}\` has neither \`baseurl\` nor \`mirrorlist\``, place);
      }
      return { ...entry, at: place };
    }),
    ...(size === undefined
      ? {}
      : { rootSizeMiB: { value: size, at: source.spanOfValue(['defaults', 'rootSizeMiB']) } }),
  };
  return { resolved, data, source };
}
