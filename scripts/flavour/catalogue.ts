import type { SourceDirectory } from '../places/index.ts';
import { Library } from './library.ts';
import type { SourceKind } from './source-files.ts';

export interface CatalogueEntry {
  readonly name: string;
  /** Absent where the file does not fit its schema. */
  readonly summary?: string;
  /** The file, as diagnostics name it. */
  readonly file: string;
}

/** The flavours, components or bases that can be found, with their one-line descriptions. */
export function list(kind: SourceKind, directories: readonly SourceDirectory[]): readonly CatalogueEntry[] {
  const library = new Library(directories);
  return library.names(kind).map((name) => {
    const loaded = library.load(kind, name);
    const summary = loaded?.data?.summary;
    return { name, file: loaded?.source.source.file ?? name, ...(summary === undefined ? {} : { summary }) };
  });
}
