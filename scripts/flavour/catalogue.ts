import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { SourceDirectory } from '../places/index.ts';
import { concreteBases } from './base.ts';
import { Library } from './library.ts';
import { variantsOf } from './matrix.ts';
import type { SourceKind } from './source-kinds.ts';
import { readYaml } from './yaml-source.ts';

export interface CatalogueEntry {
  readonly name: string;
  /** Absent where the file does not fit its schema. */
  readonly summary?: string;
  /** The file, as diagnostics name it. */
  readonly file: string;
  /** Of a base: the last day on which its distribution mends security faults in it. */
  readonly endOfLife?: string;
  /** Of a variant: the flavour whose matrix makes it. */
  readonly of?: string;
}

/** One kind of source file with one-line descriptions: flavours with their variants, and bases that can be built on. */
export function list(kind: SourceKind, directories: readonly SourceDirectory[]): readonly CatalogueEntry[] {
  const library = new Library(directories);
  const names = kind === 'base' ? concreteBases(library) : library.names(kind);
  return names
    .flatMap((name) => {
      const loaded = library.load(kind, name);
      const summary = loaded?.data?.summary;
      const file = loaded?.source.source.file ?? name;
      const endOfLife = kind === 'base' ? library.load('base', name)?.data?.endOfLife : undefined;
      const own: CatalogueEntry = {
        name,
        file,
        ...(summary === undefined ? {} : { summary }),
        ...(endOfLife === undefined ? {} : { endOfLife }),
      };
      const variants = kind === 'flavour' ? variantsOf(library.load('flavour', name)?.data) : [];
      return [own, ...variants.map((variant) => ({ ...variant, file, of: name }))];
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Files of the directories that are not read, and why. */
export function notRead(directories: readonly SourceDirectory[]): ReturnType<Library['notRead']> {
  return new Library(directories).notRead();
}

/** The same of topologies, which the lab reads: only their summaries are looked at, not whether they are right. */
export function listTopologies(directories: readonly SourceDirectory[]): readonly CatalogueEntry[] {
  const found = new Map<string, CatalogueEntry>();
  for (const directory of directories) {
    const folder = path.join(directory.root, directory.topologies);
    for (const fileName of existsSync(folder) ? readdirSync(folder) : []) {
      const name = path.basename(fileName, '.yaml');
      if (name === fileName || found.has(name)) continue;
      const file = path.posix.join(directory.label, directory.topologies, fileName);
      const { data } = readYaml(path.join(folder, fileName), file);
      const summary = isRecord(data) ? data.summary : undefined;
      found.set(name, { name, file, ...(typeof summary === 'string' && { summary }) });
    }
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
