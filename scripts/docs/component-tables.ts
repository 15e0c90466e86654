import type { ComponentFile, UnitEntry, When } from '../flavour/index.ts';
import { type DocumentedBase, nameOn } from './base-columns.ts';
import { code, section, table } from './markdown.ts';

/** What a page tells of a file: where it goes, and what its first comment says. */
export interface DocumentedFile {
  readonly path: string;
  readonly firstComment: string;
}

export interface DocumentedCheck {
  readonly id: string;
  readonly title: string;
  readonly proves: string;
}

export interface ComponentFacts {
  readonly component: ComponentFile;
  readonly bases: readonly DocumentedBase[];
  readonly files: readonly DocumentedFile[];
  /** All checks that there are. */
  readonly checks: readonly DocumentedCheck[];
}

/** The tables of a component's page. */
export function componentTables(facts: ComponentFacts): string {
  return [
    relations(facts.component),
    section('Options', options(facts.component)),
    section('Packages', packages(facts)),
    section('Units', units(facts)),
    section('Kernel arguments', kernelArguments(facts.component)),
    section('Settings', settings(facts.component)),
    section('Posture', posture(facts.component)),
    section('Files', files(facts)),
    section('For the installer', kickstart(facts.component)),
    section('Checks', checks(facts)),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function relations(component: ComponentFile): string {
  const required = (component.requires ?? []).map((entry) => (typeof entry === 'string' ? entry : entry.component));
  const lines = [
    required.length === 0 ? '' : `Brings along: ${code(...required)}.`,
    component.conflicts === undefined ? '' : `Does not go with: ${code(...component.conflicts)}.`,
    component.bases === undefined ? '' : `For the bases: ${code(...component.bases)}.`,
  ];
  return lines.filter((line) => line !== '').join(' ');
}

function options({ options = {} }: ComponentFile): string {
  return table(
    ['Option', 'Type', 'Default', 'Meaning'],
    Object.entries(options).map(([name, { type, values, default: value, doc }]) => [
      code(name),
      values === undefined ? type : values.join(', '),
      value === undefined ? 'must be set' : code(JSON.stringify(value)),
      doc,
    ]),
  );
}

function packages({ component, bases }: ComponentFacts): string {
  const rows = (component.packages ?? []).map((entry) => (typeof entry === 'string' ? { name: entry } : entry));
  return table(
    ['Package', ...bases.map(({ title }) => title), 'Only if', 'Why'],
    rows.map((entry) => [
      entry.exact ?? entry.name,
      ...namesOf(bases, 'packages', entry.name ?? { exact: entry.exact }),
      condition('when' in entry ? entry.when : undefined),
      ('reason' in entry && entry.reason) || '',
    ]),
  );
}

function units({ component, bases }: ComponentFacts): string {
  return table(
    ['Unit', 'State', ...bases.map(({ title }) => title), 'Only if', 'Why'],
    (component.units ?? []).map((entry) => {
      const [state, said] = stateOf(entry);
      return [nameIn(said), state, ...namesOf(bases, 'units', said), condition(entry.when), entry.reason];
    }),
  );
}

function stateOf({ enable, disable, mask }: UnitEntry): readonly [state: string, said: Said] {
  if (enable !== undefined) return ['on', enable];
  return disable === undefined ? ['masked', mask ?? ''] : ['off', disable];
}

/** A logical name, or the distribution's own. */
type Said = string | { readonly exact: string };
const nameIn = (said: Said): string => (typeof said === 'string' ? said : said.exact);
const namesOf = (bases: readonly DocumentedBase[], kind: 'packages' | 'units', said: Said): readonly string[] =>
  bases.map((base) => (typeof said === 'string' ? nameOn(base, kind, said) : code(said.exact)));

function kernelArguments({ kernelArguments = [] }: ComponentFile): string {
  return table(
    ['Argument', 'Only if', 'Why'],
    kernelArguments.map(({ argument, reason, when }) => [code(argument), condition(when), reason]),
  );
}

function settings({ settings = [] }: ComponentFile): string {
  return table(
    ['Setting', 'Was', 'Is', 'Only if', 'Why', 'Source'],
    settings.map(({ setting, was, value, reason, source, when }) => [
      code(setting),
      was,
      code(value),
      condition(when),
      reason,
      source,
    ]),
  );
}

/** What weakens the system and may. */
function posture({ posture: entries = [] }: ComponentFile): string {
  return table(
    ['What', 'Is', 'Only if', 'On', 'Why'],
    entries.map(({ file, group, setting, unit, port, is, reason, when, bases }) => [
      code(file ?? group ?? setting ?? unit ?? port ?? ''),
      is === undefined ? 'listens' : code(is),
      condition(when),
      bases === undefined ? 'every base' : bases.join(', '),
      reason,
    ]),
  );
}

function files({ component, files: written, bases }: ComponentFacts): string {
  const entries = component.files ?? [];
  const own = written.map(({ path, firstComment }) => {
    const entry = entries.find((other) => other.path === path);
    return [code(path), entry?.mode ?? '', condition(entry?.when), entry?.reason ?? firstComment];
  });
  const elsewhere = entries
    .filter(({ source, path }) => source !== undefined && !written.some((file) => file.path === path))
    .map(({ path, mode, when, reason }) => [
      path.startsWith('/') ? code(path) : bases.map((base) => nameOn(base, 'paths', path)).join(' · '),
      mode ?? '',
      condition(when),
      reason ?? '',
    ]);
  const directories = (component.directories ?? []).map(({ path, mode, when, reason }) => [
    code(`${path}/`),
    mode ?? '',
    condition(when),
    reason ?? '',
  ]);
  const links = (component.links ?? []).map(({ path, target, when, reason }) => [
    `${code(path)} → ${code(target)}`,
    '',
    condition(when),
    reason ?? '',
  ]);
  const scripts = (component.post ?? []).map(({ source, when, reason }) => [
    `runs ${code(source)} while the image is made`,
    '',
    condition(when),
    reason,
  ]);
  return table(['File', 'Mode', 'Only if', 'Why'], [...own, ...elsewhere, ...directories, ...links, ...scripts]);
}

function kickstart({ kickstart: commands = [] }: ComponentFile): string {
  return table(
    ['Command', 'Only if', 'Why'],
    commands.map(({ command, reason, when }) => [code(command), condition(when), reason]),
  );
}

function checks({ component, checks: all }: ComponentFacts): string {
  return table(
    ['Check', 'What a pass proves'],
    (component.checks ?? []).map((id) => [code(id), all.find((check) => check.id === id)?.proves ?? '']),
  );
}

/** `vendor: amd`, in words. */
function condition(when: When | undefined): string {
  const words = Object.entries(when ?? {}).map(([name, value]) => {
    const isNot = typeof value === 'object' && !Array.isArray(value) && 'not' in value;
    const plain = isNot ? (value as { not: unknown }).not : value;
    const shown =
      Array.isArray(plain) && plain.length > 0
        ? plain.join(' or ')
        : Array.isArray(plain)
          ? 'empty'
          : String(plain) || 'empty';
    return `${name} is ${isNot ? 'not ' : ''}${shown}`;
  });
  return words.join(' and ');
}
