import path from 'node:path';
import type { BuiltSide } from '../built-side.ts';
import type { FileRecord } from '../contents.ts';
import type { SourceLine } from './asked-packages.ts';
import { graphOf } from './graph-of.ts';
import { makerOf } from './maker.ts';
import { isOfEverySystem, type Want } from './package-graph.ts';

/** Something of a built image, and what brought it. */
export interface BuiltSubject {
  readonly kind: 'package' | 'unit' | FileRecord['type'];
  readonly name: string;
  /** From itself to a package that is asked for, or to what wrote it. */
  readonly steps: readonly { readonly text: string; readonly at?: SourceLine }[];
  /** The package that is asked for, and the line: what brings that is the sources' to tell. */
  readonly asked?: { readonly package: string; readonly at: SourceLine };
  /** Further reasons. */
  readonly also: readonly string[];
}

/** Answers questions about one built image. */
export interface BuiltReasons {
  /** What has exactly that name. */
  readonly called: (query: string) => readonly BuiltSubject[];
  /** What has it as a part of its name: packages and units, files where there are none of these; as many as one reads, and how many more there are. */
  readonly containing: (query: string, most: number) => { found: readonly BuiltSubject[]; leftOut: number };
  /** The reasons for a package besides the line that asks for it; for a unit, where its file is from. */
  readonly besides: (kind: string, name: string) => readonly string[];
  /** All names but those of files: the query may be a slip. */
  readonly known: readonly string[];
}

type Known = Pick<BuiltSide, 'kickstart' | 'manifest'> & { readonly dossier: NonNullable<BuiltSide['dossier']> };

export function builtReasons(side: Known): BuiltReasons {
  const { manifest } = side;
  const { contents, files } = side.dossier;
  const { graph, asked } = graphOf(side);
  const byPath = new Map(files.map((file) => [file.path, file]));
  const overlays = new Map(manifest.files.map((file) => [file.path, file]));

  const toPackage = (name: string): Pick<BuiltSubject, 'steps' | 'asked'> => {
    const way = graph.wayTo(name);
    if (way === undefined) return { steps: [{ text: `nothing that the build noted wants package \`${name}\`` }] };
    const end = way.at(-1)?.from ?? name;
    const at = asked.get(end);
    const steps = way.map((want) => ({ text: wantInWords(want) }));
    if (at !== undefined) return { steps, asked: { package: end, at } };
    const essential = graph.packages.get(end)?.essential === true;
    const text = essential
      ? `package \`${end}\` is essential: every ${manifest.base} has it`
      : `package \`${end}\` counts as essential, though it is not marked so`;
    return { steps: [...steps, { text }] };
  };
  const others = (name: string): readonly string[] => {
    const first = graph.wayTo(name)?.[0];
    const rest = graph.wantedBy(name).filter(({ from }) => from !== first?.from);
    const named = (how: Want['how']) => [...new Set(rest.filter((one) => one.how === how).map(({ from }) => from))];
    const needed = named('needed');
    const recommended = named('recommended').filter(
      (from) => !needed.includes(from) && graph.wayTo(from) !== undefined,
    );
    const one = graph.packages.get(name);
    return [
      ...(one !== undefined && first === undefined && asked.has(name) && isOfEverySystem(one) ? ['essential'] : []),
      ...(needed.length > 0 ? [`needed by ${severalInWords(needed)}`] : []),
      ...(recommended.length > 0 ? [`recommended by ${severalInWords(recommended)}`] : []),
    ];
  };
  const ofPackage = (name: string): BuiltSubject => ({ kind: 'package', name, ...toPackage(name), also: others(name) });
  const ofPath = (kind: Exclude<BuiltSubject['kind'], 'package'>, name: string, file: FileRecord): BuiltSubject => {
    const target = kind === 'unit' ? linked(file, byPath) : undefined;
    const overlay = overlays.get((target ?? file).path);
    const to = target === undefined ? '' : `, a link to ${target.path}`;
    const steps = kind === 'unit' ? [{ text: `its file is ${file.path}${to}` }] : [];
    if (overlay !== undefined) {
      const text = `component \`${overlay.component}\` writes it`;
      return { kind, name, steps: [...steps, { text, at: { file: overlay.source, line: 1 } }], also: [] };
    }
    const { package: owner, text } = makerOf(target ?? file, graph.packages);
    const rest = owner === undefined ? { steps: [] } : toPackage(owner);
    return { kind, name, ...rest, steps: [...steps, { text }, ...rest.steps], also: [] };
  };
  const ofFile = (file: FileRecord) => ofPath(file.type, file.path, file);
  const unitFile = (name: string, scope: string) =>
    UNIT_FOLDERS.map((folder) => byPath.get(`${folder}/${scope}/${name.replace(/@[^.]+\./, '@.')}`)).find(
      (file) => file !== undefined,
    );
  const ofUnit = ({ name, scope }: (typeof contents.units)[number]): readonly BuiltSubject[] => {
    const file = unitFile(name, scope);
    return file === undefined ? [] : [ofPath('unit', `${name}${scope === 'user' ? ' (user)' : ''}`, file)];
  };
  const besidesUnit = (name: string): readonly string[] => {
    const isUser = name.endsWith(' (user)');
    const file = unitFile(name.replace(/ \(user\)$/, ''), isUser ? 'user' : 'system');
    return file === undefined || overlays.has(file.path)
      ? []
      : [`its file ${file.path} is ${makerOf(file, graph.packages).whose}`];
  };

  const called = (query: string): readonly BuiltSubject[] => {
    const name = query.toLowerCase();
    const units = contents.units.filter((unit) => [unit.name, unit.name.replace(/\.[a-z]+$/, '')].includes(query));
    const package_ = [...graph.packages.keys()].filter((one) => one === name);
    const file = byPath.get(whereItIs(query, byPath));
    return [...package_.map(ofPackage), ...units.flatMap(ofUnit), ...(file === undefined ? [] : [ofFile(file)])];
  };
  const containing = (query: string, most: number) => {
    const inside = (name: string) => name.toLowerCase().includes(query.toLowerCase());
    const packages = [...graph.packages.keys()].filter(inside);
    const units = contents.units.filter((unit) => inside(unit.name));
    const paths = files.filter((file) => file.type !== 'directory' && inside(file.path));
    // A chain is only made for what is shown; a package has many files with its name in theirs.
    const makers =
      packages.length + units.length > 0
        ? [...packages.map((name) => () => [ofPackage(name)]), ...units.map((unit) => () => ofUnit(unit))]
        : paths.map((file) => () => [ofFile(file)]);
    return {
      found: makers.slice(0, most).flatMap((make) => make()),
      leftOut: Math.max(0, makers.length - most),
    };
  };
  return {
    called,
    containing,
    besides: (kind, name) => (kind === 'package' ? others(name) : kind === 'unit' ? besidesUnit(name) : []),
    known: [...graph.packages.keys(), ...contents.units.map((unit) => unit.name)],
  };
}

/** In the order in which they count. */
const UNIT_FOLDERS = ['/etc/systemd', '/usr/local/lib/systemd', '/usr/lib/systemd'];

/** `/bin/sh` lies in `/usr` where `/bin` is a link to there; a trailing slash says nothing. */
function whereItIs(query: string, files: ReadonlyMap<string, FileRecord>): string {
  const plain = query.length > 1 ? query.replace(/\/+$/, '') : query;
  const [, first = '', rest = ''] = /^(\/[^/]+)(\/.*)$/.exec(plain) ?? [];
  const link = files.get(first);
  return link?.type === 'link' && !files.has(plain) ? path.posix.resolve('/', link.target ?? '') + rest : plain;
}

/** What a link of `/etc` to a unit's file means, which nobody but systemctl made. */
function linked(file: FileRecord, files: ReadonlyMap<string, FileRecord>): FileRecord | undefined {
  if (file.type !== 'link' || file.package !== undefined) return undefined;
  const target = path.posix.resolve(path.posix.dirname(file.path), file.target ?? '');
  return files.get(whereItIs(target, files));
}

function wantInWords({ from, to, how, words }: Want): string {
  const verb = how === 'needed' ? 'needs' : 'recommends';
  const said = (words ?? to).split(' | ');
  const which = said.includes(to) ? (said.length > 1 ? ` (\`${to}\` is there)` : '') : `, which \`${to}\` provides`;
  return `package \`${from}\` ${verb} ${said.map((word) => `\`${word}\``).join(' or ')}${which}`;
}

/** The first few by name, and how many more. */
function severalInWords(names: readonly string[]): string {
  const shown = names.length > 4 ? names.slice(0, 3) : names;
  const more = names.length - shown.length;
  return more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(', ');
}
