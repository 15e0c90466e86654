import { plainText } from '../process/index.ts';
import type { Difference } from './compare.ts';

/** Of one kind in one layer as many are told. */
const MOST_ALIKE = 3;

/**
 * A line for each difference, with the step that wrote it; of those that are alike the first ones, and how many more there are.
 * @param writtenBy the step that wrote what lies there, in words; undefined where nobody knows
 */
export function differencesInWords(
  differences: readonly Difference[],
  writtenBy: (difference: Difference) => string | undefined,
): readonly string[] {
  const groups = new Map<string, Difference[]>();
  for (const one of differences) {
    const group = groups.get(alike(one));
    if (group === undefined) groups.set(alike(one), [one]);
    else group.push(one);
  }
  return [...groups.values()].flatMap((group) => {
    const lines = group.slice(0, MOST_ALIKE).flatMap((one) => {
      const by = writtenBy(one);
      return [
        // Names and texts of an image may hold what a terminal would obey.
        plainText(one.where.join(' → ')),
        plainText(`    ${one.kind}: ${one.what}`),
        ...(by === undefined ? [] : [`    written by: ${by}`]),
      ];
    });
    const more = group.length - MOST_ALIKE;
    return more > 0 ? [...lines, `    … and ${more} more of that kind there`] : lines;
  });
}

/** The layer that it is in, the kind, and which attribute: `modified: …`. */
function alike({ where, kind, what }: Difference): string {
  const isFile = where.length > 1;
  const attribute = /^[a-z ]+(?=: )/i.exec(what)?.[0] ?? '';
  return [...(isFile ? where.slice(0, -1) : where), kind, attribute].join('\0');
}
