import type { Diagnostic } from '../diagnostic/index.ts';
import type { SourceDirectory } from '../places/index.ts';
import { Findings } from './findings.ts';
import { Library } from './library.ts';
import type { HardwareFile } from './source-files.ts';
import { noSuchProfile } from './stray-files.ts';

/** A hardware profile by its name; data is absent where there is none, or it does not fit its schema. */
export function readHardware(
  name: string,
  directories: readonly SourceDirectory[],
): { readonly data?: HardwareFile; readonly diagnostics: readonly Diagnostic[] } {
  const library = new Library(directories);
  const loaded = library.load('hardware', name);
  if (loaded) return { diagnostics: loaded.diagnostics, ...(loaded.data && { data: loaded.data }) };
  const findings = new Findings();
  noSuchProfile(library, name, undefined, findings);
  return { diagnostics: findings.all };
}
