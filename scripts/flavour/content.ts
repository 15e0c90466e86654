import type { BaseNames } from './base-names.ts';
import type { Member } from './component-order.ts';
import type { Findings } from './findings.ts';
import type { Layer } from './layer.ts';
import { editList, type ListKind, type Statement } from './merge-lists.ts';
import type { ResolvedKernelArgument, ResolvedPackage, ResolvedUnit } from './model.ts';
import type { KernelArgumentEntry, PackageEntry, UnitEntry, When } from './source-files.ts';
import type { ValueTemplates } from './value-templates.ts';

const PRESETS = ['enable', 'disable', 'mask'] as const satisfies readonly (keyof UnitEntry)[];

const PACKAGES: ListKind<PackageEntry> = {
  key: 'packages',
  what: 'package',
  namesOf: (entry) => [typeof entry === 'string' ? entry : 'exact' in entry ? entry.exact : entry.name],
};
const UNITS: ListKind<UnitEntry> = {
  key: 'units',
  what: 'unit',
  namesOf: (entry) => PRESETS.flatMap((preset) => (entry[preset] === undefined ? [] : unitName(entry[preset]))),
};
const KERNEL_ARGUMENTS: ListKind<KernelArgumentEntry> = {
  key: 'kernelArguments',
  what: 'kernel argument',
  namesOf: ({ argument }) => [argument.split('=', 1)[0] ?? argument, argument],
};

/** What components and flavours say in lists that flavours may edit, translated into the base's names. */
export function resolveContent(
  members: readonly Member[],
  layers: readonly Layer[],
  names: BaseNames,
  templates: ValueTemplates,
  findings: Findings,
) {
  const edited = <E extends string | object>(kind: ListKind<E>): readonly Statement<E>[] =>
    editList(kind, statementsOf(members, kind), layers, findings);
  const units = edited(UNITS);
  const translated = (ofUsers: boolean) =>
    units
      .filter(({ entry }) => (entry.user === true) === ofUsers)
      .flatMap((statement) => translateUnit(statement, names));
  return {
    packages: edited(PACKAGES).flatMap((statement) => translatePackage(statement, names)),
    units: translated(false),
    userUnits: translated(true),
    kernelArguments: edited(KERNEL_ARGUMENTS).map(({ entry, by, place }): ResolvedKernelArgument => {
      const at = place('argument');
      return { argument: templates.expand(entry.argument, by, at), reason: entry.reason, by, at };
    }),
  };
}

function statementsOf<E extends string | object>(
  members: readonly Member[],
  kind: ListKind<E>,
): readonly Statement<E>[] {
  return members.flatMap(({ name, data, loaded, conditions }) => {
    const entries = (data[kind.key] ?? []) as readonly unknown[] as readonly E[];
    return entries.flatMap((entry, index): readonly Statement<E>[] => {
      const path = [kind.key, index];
      const when = typeof entry === 'object' ? (entry as { when?: When }).when : undefined;
      if (!conditions.holds(when, path)) return [];
      const place = (part?: string) => loaded.source.spanOfValue(part === undefined ? path : [...path, part]);
      return [{ entry, by: name, place }];
    });
  });
}

function translatePackage(
  { entry: given, by, place }: Statement<PackageEntry>,
  names: BaseNames,
): readonly ResolvedPackage[] {
  if (typeof given === 'object' && 'exact' in given) {
    const at = place('exact');
    return [{ name: given.exact, logical: given.exact, by, at, ...(given.reason && { reason: given.reason }) }];
  }
  const entry = typeof given === 'string' ? { name: given } : given;
  const at = place(typeof given === 'string' ? undefined : 'name');
  const reason = entry.reason === undefined ? {} : { reason: entry.reason };
  return names.translate('packages', entry.name, at, entry.optional ? 'allowed' : 'error').map(
    ({ name, mapped }): ResolvedPackage => ({
      name,
      logical: entry.name,
      by,
      at,
      ...(mapped && { mapped }),
      ...reason,
    }),
  );
}

/** As it is said: without what it is said by. */
function unitName(said: string | { readonly exact: string }): string {
  return typeof said === 'string' ? said : said.exact;
}

function translateUnit({ entry, by, place }: Statement<UnitEntry>, names: BaseNames): readonly ResolvedUnit[] {
  return PRESETS.flatMap((preset) => {
    const said = entry[preset];
    if (said === undefined) return [];
    const at = place(preset);
    const logical = unitName(said);
    const { reason } = entry;
    if (typeof said !== 'string') return [{ name: logical, logical, preset, reason, by, at }];
    // What is not there need not be switched off.
    return names
      .translate('units', logical, at, preset === 'enable' ? 'error' : 'allowed')
      .map(({ name, mapped }) => ({ name, logical, preset, reason, by, at, ...(mapped && { mapped }) }));
  });
}
