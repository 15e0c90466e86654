import type { Diagnostic } from '../diagnostic/index.ts';
import { placeOf, unknownPackages } from '../dossier/index.ts';
import { expiredStatements, isPast } from '../flavour/index.ts';
import type { PlacedStatement } from '../render/index.ts';
import type { Found } from './found.ts';

/** What was found, with what is stated about it; and what is wrong with the statements, each at its line. */
export function withStatements(
  found: readonly Found[],
  statements: readonly PlacedStatement[],
  known: ReadonlySet<string>,
  today: string,
): { readonly found: readonly Found[]; readonly warnings: readonly Diagnostic[] } {
  const counting = statements.filter(({ until }) => !isPast(until, today));
  const stated = found.map((one): Found => {
    const statement = counting.find(
      (about) => about.id === one.id && [one.source, ...one.packages].includes(about.package),
    );
    return statement === undefined ? one : { ...one, statement };
  });
  const used = new Set(stated.map(({ statement }) => statement));
  const idle = counting.filter((one) => !used.has(one));
  return {
    found: stated,
    warnings: [
      ...expiredStatements(
        statements.map((one) => ({ ...one, at: placeOf(one) })),
        today,
      ),
      ...unknownPackages(idle, known),
      ...idle.filter((one) => known.has(one.package)).map(needless),
    ],
  };
}

function needless(statement: PlacedStatement): Diagnostic {
  return {
    code: 'needless-statement',
    severity: 'info',
    message: `${statement.id} is stated of ${statement.package}, which does not have it by this data`,
    span: placeOf(statement),
    hint: 'Was it mended since, or is it another id? Nothing needs the statement then.',
  };
}
