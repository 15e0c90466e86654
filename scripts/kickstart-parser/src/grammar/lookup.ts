import type { CommandGrammar, OptionGrammar, SectionGrammar } from './grammar.ts';
import { COMMANDS, OPTIONS, SECTIONS } from './table.ts';
import type { KickstartVersion } from './version.ts';

/** The options of one command or header in one release, ready for look-up by name. */
export interface OptionSet {
  readonly options: readonly OptionGrammar[];
  readonly byName: ReadonlyMap<string, OptionGrammar>;
}

/** Finds variants by release and name; a release is indexed when it is first asked for. */
function indexByVersion<T extends { readonly versions: string }>(table: Readonly<Record<string, readonly T[]>>) {
  const indexes = new Map<KickstartVersion, ReadonlyMap<string, T>>();
  return (version: KickstartVersion): ReadonlyMap<string, T> => {
    let index = indexes.get(version);
    if (index === undefined) {
      const has = (variant: T) => variant.versions.split(' ').includes(version);
      index = new Map(Object.entries(table).flatMap(([name, variants]) => variants.filter(has).map((v) => [name, v])));
      indexes.set(version, index);
    }
    return index;
  };
}

const commandsIn = indexByVersion(COMMANDS);
const sectionsIn = indexByVersion(SECTIONS);
const optionSets = new WeakMap<CommandGrammar | SectionGrammar, OptionSet>();

/** The grammar of a command in a release; undefined when the release does not know it. */
export function commandGrammar(name: string, version: KickstartVersion): CommandGrammar | undefined {
  return commandsIn(version).get(name);
}

/** Whether another program reads the command's line, with its own idea of words and comments, in some release. */
export function isPassedOn(name: string): boolean {
  if (!Object.hasOwn(COMMANDS, name)) return false;
  return COMMANDS[name]?.some(({ args }) => args === 'raw' || args === 'realm') ?? false;
}

/** The names of the commands that do something in a release. */
export function workingCommands(version: KickstartVersion): readonly string[] {
  return [...commandsIn(version)].filter(([, grammar]) => grammar.status === 'active').map(([name]) => name);
}

/** The grammar of a section header in a release. */
export function sectionGrammar(name: string, version: KickstartVersion): SectionGrammar | undefined {
  return sectionsIn(version).get(name);
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
