import { closest, type Diagnostic } from '../diagnostic/index.ts';
import type { PlacedStatement } from '../render/index.ts';
import type { ContentsPackage } from './contents.ts';

/** The names of packages and of their sources. */
export const namesOf = (packages: readonly ContentsPackage[]): ReadonlySet<string> =>
  new Set(
    packages.flatMap(({ name, source, builtUsing = [] }) => [name, source, ...builtUsing.map((one) => one.source)]),
  );

/** A warning, at its line, for each statement about a package that an image does not have. `known`: also the names of sources. */
export function unknownPackages(
  statements: readonly PlacedStatement[],
  known: ReadonlySet<string>,
): readonly Diagnostic[] {
  return statements
    .filter((one) => !known.has(one.package))
    .map((one) => {
      const slip = closest(one.package, known);
      return {
        code: 'unknown-package',
        severity: 'warning',
        message: `${one.id} is stated of ${one.package}, and neither a package of the image nor its source is called so`,
        span: placeOf(one),
        hint:
          slip === undefined ? 'Remove it, or say `bases:` where it is of other bases.' : `did you mean \`${slip}\`?`,
      };
    });
}

/** Where something stands, as findings name it. */
export function placeOf({ file, line }: Pick<PlacedStatement, 'file' | 'line'>): NonNullable<Diagnostic['span']> {
  const position = { offset: 0, line, column: 1 };
  return { file, start: position, end: position };
}
