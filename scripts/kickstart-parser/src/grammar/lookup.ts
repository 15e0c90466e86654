import type { CommandGrammar, OptionGrammar, SectionGrammar } from './grammar.ts';
import { COMMANDS, OPTIONS, SECTIONS } from './table.ts';
import { KICKSTART_VERSIONS, type KickstartVersion } from './version.ts';

/** The options of one command or header in one release, ready for look-up by name. */
export interface OptionSet {
  readonly options: readonly OptionGrammar[];
  readonly byName: ReadonlyMap<string, OptionGrammar>;
}

type VariantsByVersion<T> = ReadonlyMap<KickstartVersion, ReadonlyMap<string, T>>;

function byVersion<T extends { readonly versions: string }>(
  table: Readonly<Record<string, readonly T[]>>,
): VariantsByVersion<T> {
  const result = new Map(KICKSTART_VERSIONS.map((version) => [version, new Map<string, T>()]));
  for (const [name, variants] of Object.entries(table)) {
    for (const variant of variants) {
      for (const version of variant.versions.split(' ')) result.get(version as KickstartVersion)?.set(name, variant);
    }
  }
  return result;
}

const commandsByVersion = byVersion(COMMANDS);
const sectionsByVersion = byVersion(SECTIONS);
const optionSets = new WeakMap<CommandGrammar | SectionGrammar, OptionSet>();

/** The grammar of a command in a release; undefined when the release does not know it. */
export function commandGrammar(name: string, version: KickstartVersion): CommandGrammar | undefined {
  return commandsByVersion.get(version)?.get(name);
}

/** The names of the commands that do something in a release. */
export function workingCommands(version: KickstartVersion): readonly string[] {
  const commands = commandsByVersion.get(version) ?? new Map<string, CommandGrammar>();
  return [...commands.keys()].filter((name) => commands.get(name)?.status === 'active');
}

/** The grammar of a section header in a release. */
export function sectionGrammar(name: string, version: KickstartVersion): SectionGrammar | undefined {
  return sectionsByVersion.get(version)?.get(name);
}

/** The options of a grammar variant. */
export function optionSet(variant: CommandGrammar | SectionGrammar): OptionSet {
  let set = optionSets.get(variant);
  if (set === undefined) {
    const options = (variant.options ?? []).flatMap((index) => OPTIONS[index] ?? []);
    set = { options, byName: new Map(options.flatMap((option) => option.names.map((name) => [name, option]))) };
    optionSets.set(variant, set);
  }
  return set;
}
