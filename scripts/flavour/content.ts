import type { BaseNames } from './base-names.ts';
import type { Bringer, ResolvedKernelArgument, ResolvedPackage, ResolvedUnit } from './model.ts';
import type { Content, UnitEntry } from './source-files.ts';
import type { YamlSource } from './yaml-source.ts';

/** Whose content is being resolved. */
export interface Owner {
  readonly by: Bringer;
  readonly source: YamlSource;
  readonly names: BaseNames;
}

export function resolvePackages(content: Content, { by, source, names }: Owner): readonly ResolvedPackage[] {
  return (content.packages ?? []).flatMap((given, index) => {
    const entry = typeof given === 'string' ? { name: given } : given;
    const at = source.spanOfValue(['packages', index, ...(typeof given === 'string' ? [] : ['name'])]);
    const absence = entry.optional ? 'allowed' : 'error';
    const reason = entry.reason === undefined ? {} : { reason: entry.reason };
    return names
      .translate('packages', entry.name, at, absence)
      .map((name) => ({ name, logical: entry.name, by, at, ...reason }));
  });
}

const PRESETS = ['enable', 'disable', 'mask'] as const satisfies readonly (keyof UnitEntry)[];

export function resolveUnits(content: Content, { by, source, names }: Owner): readonly ResolvedUnit[] {
  return (content.units ?? []).flatMap((entry, index) =>
    PRESETS.flatMap((preset) => {
      const logical = entry[preset];
      if (logical === undefined) return [];
      const at = source.spanOfValue(['units', index, preset]);
      // What is not there need not be switched off.
      const absence = preset === 'enable' ? 'error' : 'allowed';
      return names
        .translate('units', logical, at, absence)
        .map((name) => ({ name, logical, preset, reason: entry.reason, by, at }));
    }),
  );
}

export function resolveKernelArguments(content: Content, { by, source }: Owner): readonly ResolvedKernelArgument[] {
  return (content.kernelArguments ?? []).map(({ argument, reason }, index) => ({
    argument,
    reason,
    by,
    at: source.spanOfValue(['kernelArguments', index, 'argument']),
  }));
}
