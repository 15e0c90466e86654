import { type Document, model, parse } from 'kickstart-parser';
import { splitKernelCommandLine } from '../flavour/index.ts';
import { nameAndWords } from './command-names.ts';
import { numbered } from './numbered.ts';
import { otherWork } from './other-work.ts';
import { isPreset, type ScriptParts, scriptsOf, unitName } from './script-parts.ts';

/** What a kickstart makes, in the parts that people compare: for each part, names with what is said about them, in order. */
export type Profile = Readonly<Record<Part, ReadonlyMap<string, string>>>;

export const PARTS = [
  'packages',
  'units',
  'kernel arguments',
  'users',
  'commands',
  'files',
  'directories',
  'links',
  'scripts',
] as const;
export type Part = (typeof PARTS)[number];

/** A profile whose parts are made one by one. */
export function profileFrom(partOf: (part: Part) => ReadonlyMap<string, string>): Profile {
  return {
    packages: partOf('packages'),
    units: partOf('units'),
    'kernel arguments': partOf('kernel arguments'),
    users: partOf('users'),
    commands: partOf('commands'),
    files: partOf('files'),
    directories: partOf('directories'),
    links: partOf('links'),
    scripts: partOf('scripts'),
  };
}

/** Reads a rendered kickstart back. Any other kickstart can be read, too: it has no units and files then. */
export function profileOf(kickstart: string): Profile {
  const document = parse(kickstart, { file: 'kickstart' });
  const { packages, commands } = model(document, 'F44');
  const scripts = scriptsOf(document);
  const units = unitsOf(scripts);
  const kernelArguments = splitKernelCommandLine(commands.bootloader?.appendLine ?? '');
  return {
    packages: named([
      ...(packages?.environment ? [`@^${packages.environment.name}`] : []),
      ...(packages?.groups ?? []).map(({ name }) => `@${name}`),
      ...(packages?.packages ?? []).map(({ name }) => name),
      ...(packages?.excludedGroups ?? []).map(({ name }) => `-@${name}`),
      ...(packages?.excludedPackages ?? []).map(({ name }) => `-${name}`),
    ]),
    units,
    'kernel arguments': named(kernelArguments),
    ...commandsOf(document),
    files: new Map(
      scripts.flatMap(({ files }) =>
        files.map(({ path, how, content }) => [path, isPreset(path) ? how : `${how}\n${content}`] as const),
      ),
    ),
    directories: new Map(scripts.flatMap(({ directories }) => [...directories])),
    links: new Map(scripts.flatMap(({ links }) => [...links])),
    scripts: otherWork(scripts, units, kernelArguments),
  };
}

const named = (names: readonly string[]): ReadonlyMap<string, string> => new Map(names.map((name) => [name, '']));

/** The units that presets name, and those that are masked besides. */
function unitsOf(scripts: readonly ScriptParts[]): ReadonlyMap<string, string> {
  const units = new Map<string, string>();
  for (const { files, masked } of scripts) {
    for (const { path, content } of files.filter((file) => isPreset(file.path))) {
      for (const [, verb, unit = ''] of content.matchAll(/^(enable|disable) (\S+)$/gm)) {
        const name = unitName(unit, path.includes('/user-preset/'));
        // The first line that names a unit counts.
        if (!units.has(name)) units.set(name, `${verb}d`);
      }
    }
    for (const name of masked) units.set(name, 'masked');
  }
  return units;
}

/** The command section by command, and the options of `%packages`, which say as much. */
function commandsOf({ nodes }: Document): Pick<Profile, 'users' | 'commands'> {
  const users: (readonly [string, string])[] = [];
  const commands: (readonly [string, string])[] = [];
  for (const node of nodes) {
    if (node.kind === 'comment' && node.text.startsWith('#version='))
      commands.push(['#version', node.text.slice(9).trim()]);
    if (node.kind === 'include') commands.push([`%include ${node.path}`, '']);
    if (node.kind === 'section' && node.name === '%packages') {
      commands.push(['%packages', node.header.args.map(({ value }) => value).join(' ')]);
    }
    if (node.kind !== 'command') continue;
    const [name, words] = nameAndWords(node);
    if (name.startsWith('user ')) users.push([name.slice('user '.length), words]);
    else commands.push([name, words]);
  }
  return { users: numbered(users), commands: numbered(commands) };
}
