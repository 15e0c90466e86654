import path from 'node:path';
import type { Diagnostic } from '../../diagnostic/index.ts';
import { readRegular } from '../../files/index.ts';
import { absolutePathOf, type Places, sourceDirectories } from '../../places/index.ts';
import { asTyped, type Typed } from './as-typed.ts';
import { coloursFor } from './colours.ts';
import { prettyDiagnostics } from './pretty.ts';

/** Prints findings to standard error with excerpts of the files that they name. */
export function reportFindings(diagnostics: readonly Diagnostic[], places: Places, typed: Typed): void {
  if (diagnostics.length === 0) return;
  const directories = sourceDirectories(places.checkout, places.user);
  const absolute = (file: string) => path.resolve(absolutePathOf(file, directories));
  const shownAt = new Map<string, string>();
  /** Files of the checkout keep their short name; others are named as one would open them from here. */
  const near = <T extends { readonly file: string }>(place: T): T => {
    const isOfCheckout = absolute(place.file) === path.join(places.checkout, place.file);
    const relative = path.relative(process.cwd(), absolute(place.file));
    const file = isOfCheckout ? place.file : relative.startsWith('..') ? absolute(place.file) : relative;
    shownAt.set(file, absolute(place.file));
    return { ...place, file };
  };
  const shown = diagnostics.map((diagnostic) => ({
    ...diagnostic,
    ...(diagnostic.hint !== undefined && { hint: asTyped(diagnostic.hint, typed) }),
    ...(diagnostic.span && { span: near(diagnostic.span) }),
    ...(diagnostic.related && { related: diagnostic.related.map((other) => ({ ...other, span: near(other.span) })) }),
  }));
  const readSource = (file: string) => {
    const read = readRegular(shownAt.get(file) ?? file, 64);
    // Without an excerpt then.
    return 'fault' in read ? undefined : read.bytes.toString('utf8');
  };
  const width = process.stderr.columns ?? 100;
  process.stderr.write(prettyDiagnostics(shown, { readSource, width, colours: coloursFor(process.stderr) }));
}
