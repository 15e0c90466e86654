import { Library, type SourceDirectory } from './library.ts';
import type { SourceKind } from './source-files.ts';

export interface CatalogueEntry {
  readonly name: string;
  /** Absent where the file does not fit its schema. */
  readonly summary?: string;
}

/** The flavours, components or bases that can be found, with their one-line descriptions. */
export function list(kind: SourceKind, directories: readonly SourceDirectory[]): readonly CatalogueEntry[] {
  const library = new Library(directories);
  return library.names(kind).map((name) => {
    const summary = library.load(kind, name)?.data?.summary;
    return { name, ...(summary === undefined ? {} : { summary }) };
  });
}
