import type { SourceDirectory } from '../places/index.ts';
import { concreteBases } from './base.ts';
import { Library } from './library.ts';
import { variantsOf } from './matrix.ts';
import type { SourceKind } from './source-kinds.ts';

export interface CatalogueEntry {
  readonly name: string;
  /** Absent where the file does not fit its schema. */
  readonly summary?: string;
  /** The file, as diagnostics name it. */
  readonly file: string;
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
      const own: CatalogueEntry = { name, file, ...(summary === undefined ? {} : { summary }) };
      const variants = kind === 'flavour' ? variantsOf(library.load('flavour', name)?.data) : [];
      return [own, ...variants.map((variant) => ({ ...variant, file, of: name }))];
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
