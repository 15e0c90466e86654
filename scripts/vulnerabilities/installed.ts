import {
  type BuiltFrom,
  type BuiltSide,
  graphOf,
  loadersIn,
  reasonInWords,
  type SourceLine,
} from '../dossier/index.ts';

/** A source package whose code is in an image. */
export interface InstalledSource {
  readonly name: string;
  readonly version: string;
  /** Names of the packages in the image that have code of it. */
  readonly packages: readonly string[];
  /** Why one of them is there; absent where nobody noted it. */
  readonly why?: string;
  /** The line that asks for what needs it; absent where none does. */
  readonly at?: SourceLine;
}

export interface InstalledSources {
  readonly sources: readonly InstalledSource[];
  /** Packages of which nobody noted what they were built from. */
  readonly unknown: readonly string[];
}

/**
 * The source packages of a system of .deb packages: those that its packages were built from, those whose code was built in
 * (signed kernels and loaders), and those of the loaders that images start by.
 */
export function installedSources({ manifest, dossier, kickstart }: BuiltSide): InstalledSources {
  const { packages = [], tools = [] } = dossier?.contents ?? {};
  const { graph, asked } = graphOf({ ...(dossier && { dossier }), ...(kickstart && { kickstart }) });
  const found = new Map<string, InstalledSource>();
  const note = ({ source, version }: BuiltFrom, name: string, reason: Pick<InstalledSource, 'why' | 'at'>) => {
    const before = found.get(`${source} ${version}`);
    const packages = [...(before?.packages ?? []), name];
    // The line belongs to the reason: both are of one package.
    const kept = before?.why === undefined ? reason : before;
    found.set(`${source} ${version}`, { ...kept, name: source, version, packages });
  };
  const reasonFor = (name: string): Pick<InstalledSource, 'why' | 'at'> => {
    const way = graph.wayTo(name);
    const why = reasonInWords(graph, asked, name);
    const at = asked.get(way?.at(-1)?.from ?? name);
    return { ...(why !== undefined && { why }), ...(at && { at }) };
  };
  const unknown: string[] = [];
  for (const one of packages) {
    const { name, source, sourceVersion, builtUsing } = one;
    // What was signed elsewhere is a source without code of its own.
    if (builtUsing === undefined && /-signed(?:-|$)/.test(source)) unknown.push(name);
    const sources = [{ source, version: sourceVersion }, ...(builtUsing ?? [])];
    for (const from of sources) note(from, name, reasonFor(name));
  }
  for (const { name, sources } of loadersIn(manifest, { packages, tools })) {
    if (sources === undefined) unknown.push(name);
    for (const from of sources ?? []) note(from, name, { why: 'what media and disks start by' });
  }
  return { sources: [...found.values()], unknown };
}
