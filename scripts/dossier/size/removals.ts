import type { BuiltSide } from '../built-side.ts';
import type { SourceLine } from '../reasons/asked-packages.ts';
import { goingWith, isOfEverySystem, type PackageGraph } from '../reasons/package-graph.ts';
import { addShares, type Share } from './shares.ts';

/** A package that could be left out, and what that means. Sizes are bytes. */
export interface Removal {
  readonly name: string;
  readonly installedBytes: number;
  readonly compressedBytes: number;
  /** What else goes: what needs it, and what nothing wants any more then. Largest first. */
  readonly along: readonly string[];
  /** What asks for one of them, and loses it. */
  readonly breaks: readonly Loss[];
}

interface Loss {
  readonly kind: 'package' | 'unit';
  readonly name: string;
  /** `component net` */
  readonly by: string;
  /** The line that asks for a package, the reason that a component gives for a unit. */
  readonly said: string;
}

interface Known {
  readonly graph: PackageGraph;
  readonly asked: ReadonlyMap<string, SourceLine>;
  readonly shareOf: (name: string) => Share;
  readonly bringerAt: (line: SourceLine) => string;
}

const MOST = 10;
/** Less is not worth a line. */
const LEAST_BYTES = 100 * 1024;

/**
 * The ten cheapest removals, of packages that somebody asks for, and of those that break nothing: those first that free the
 * most for each thing that breaks. What no system starts without is none of them.
 */
export function removalsFrom(
  { manifest, dossier }: Pick<BuiltSide, 'manifest' | 'dossier'>,
  known: Known,
): readonly Removal[] {
  const files = dossier?.files ?? [];
  const fixed = new Set(
    files.flatMap(({ path, package: owner }) => (owner !== undefined && NEEDED_TO_START.test(path) ? [owner] : [])),
  );
  const ownerOfUnit = new Map(
    files.flatMap(({ path, package: owner }) => {
      const [, scope, name] = /\/systemd\/(system|user)\/([^/]+)$/.exec(path) ?? [];
      return scope === undefined || owner === undefined ? [] : [[`${scope} ${name}`, owner] as const];
    }),
  );
  const units = [
    ...manifest.units.map((unit) => ({ ...unit, scope: 'system' })),
    ...manifest.userUnits.map((unit) => ({ ...unit, scope: 'user' })),
  ].filter(({ preset }) => preset === 'enable');
  const lossesOf = (gone: ReadonlySet<string>): readonly Loss[] => [
    ...[...gone].flatMap((name): readonly Loss[] => {
      const line = known.asked.get(name);
      return line === undefined
        ? []
        : [{ kind: 'package', name, by: known.bringerAt(line), said: `${line.file}:${line.line}` }];
    }),
    ...units.flatMap(({ name, scope, component, reason }): readonly Loss[] => {
      const owner = ownerOfUnit.get(`${scope} ${name.replace(/@[^.]+\./, '@.')}`);
      return owner !== undefined && gone.has(owner)
        ? [{ kind: 'unit', name, by: `component ${component}`, said: reason }]
        : [];
    }),
  ];
  const possible = [...known.graph.packages.values()].flatMap((one): readonly Removal[] => {
    // Of what nobody knows the reason of nobody knows what breaks, either.
    if (isOfEverySystem(one) || fixed.has(one.name) || known.graph.wayTo(one.name) === undefined) return [];
    const gone = goingWith(known.graph, [one.name]);
    const all = [...gone].flatMap((name) => known.graph.packages.get(name) ?? []);
    if (all.some((other) => isOfEverySystem(other) || fixed.has(other.name))) return [];
    const { installedBytes, compressedBytes } = addShares([...gone].map(known.shareOf));
    if (installedBytes < LEAST_BYTES) return [];
    const size = (name: string) => known.shareOf(name).installedBytes;
    const along = [...gone].filter((name) => name !== one.name).sort((a, b) => size(b) - size(a));
    const breaks = lossesOf(gone);
    return breaks.length > 0 && !known.asked.has(one.name)
      ? []
      : [{ name: one.name, installedBytes, compressedBytes, along, breaks }];
  });
  return cheapest(possible);
}

/** The kernel and the first program. */
const NEEDED_TO_START = /^\/(?:boot\/vmlinuz-|usr\/lib\/modules\/[^/]+\/vmlinuz$|usr\/lib\/systemd\/systemd$)/;

/** One after the other, each judged by what it frees and breaks beyond those before it. */
function cheapest(possible: readonly Removal[]): readonly Removal[] {
  const kept: Removal[] = [];
  while (kept.length < MOST) {
    const rest = possible
      .filter((one) => !kept.includes(one))
      .map((one) => ({ one, worth: worthBeside(one, kept) }))
      .filter(({ worth }) => worth > 0)
      .sort((a, b) => b.worth - a.worth || a.one.along.length - b.one.along.length);
    if (rest[0] === undefined) break;
    kept.push(rest[0].one);
  }
  return kept;
}

/** Bytes for each thing that breaks, without what a removal frees that breaks a part of the same; 0 where that is nothing much. */
function worthBeside(one: Removal, kept: readonly Removal[]): number {
  const losses = lossNames(one);
  const all = new Set([one.name, ...one.along]);
  const inside = kept.filter(
    (other) =>
      (other.breaks.length > 0 || all.has(other.name)) && [...lossNames(other)].every((loss) => losses.has(loss)),
  );
  const isInside = kept.some(
    (other) => other.along.includes(one.name) && other.breaks.length === losses.size && inside.includes(other),
  );
  const freed = Math.max(0, ...inside.map(({ installedBytes }) => installedBytes));
  const broken = Math.max(0, ...inside.map(({ breaks }) => breaks.length));
  const more = one.installedBytes - freed;
  return isInside || more < LEAST_BYTES ? 0 : more / (1 + one.breaks.length - broken);
}

const lossNames = ({ breaks }: Removal): ReadonlySet<string> =>
  new Set(breaks.map(({ kind, name }) => `${kind} ${name}`));
