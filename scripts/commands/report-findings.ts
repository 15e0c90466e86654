import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Diagnostic } from '../diagnostic/index.ts';
import type { Places } from '../places/index.ts';
import { coloursFor, prettyDiagnostics } from '../report/diagnostics/index.ts';

/** Prints findings to standard error with excerpts of the files that they name. */
export function reportFindings(diagnostics: readonly Diagnostic[], places: Places): void {
  if (diagnostics.length === 0) return;
  const readSource = (file: string) => {
    try {
      return readFileSync(path.resolve(places.checkout, file), 'utf8');
    } catch {
      return undefined; // Shown without an excerpt.
    }
  };
  const width = process.stderr.columns ?? 100;
  const shown = diagnostics.map((diagnostic) => shorten(diagnostic));
  process.stderr.write(prettyDiagnostics(shown, { readSource, width, colours: coloursFor(process.stderr) }));
}

/** Paths below the current directory are shown relative to it. */
function shorten(diagnostic: Diagnostic): Diagnostic {
  if (diagnostic.span === undefined) return diagnostic;
  const relative = path.relative(process.cwd(), diagnostic.span.file);
  const file = path.isAbsolute(diagnostic.span.file) && !relative.startsWith('..') ? relative : diagnostic.span.file;
  return { ...diagnostic, span: { ...diagnostic.span, file } };
}
