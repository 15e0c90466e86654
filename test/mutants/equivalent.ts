import type { Mutant } from './mutant.ts';

/** A mutant that no test can notice, as the program does the same with it. Known by its text: line numbers change. */
export interface Equivalent {
  readonly file: string;
  /** The line in which it begins, without the space around it; it may be left out where the other texts are enough. */
  readonly context?: string;
  readonly original: string;
  readonly replacement: string;
  /** Why the program does the same. */
  readonly reason: string;
}

/** The entry of the list that describes this mutant. */
export function findEquivalent(mutant: Mutant, list: readonly Equivalent[]): Equivalent | undefined {
  return list.find(
    ({ file, context, original, replacement }) =>
      file === mutant.file &&
      original === mutant.original &&
      replacement === mutant.replacement &&
      (context === undefined || context === mutant.context),
  );
}

/** Entries that describe no mutant any more. `mutants` are all of the files that they name. */
export function outdated(list: readonly Equivalent[], mutants: readonly Mutant[]): Equivalent[] {
  const used = new Set(mutants.map((mutant) => findEquivalent(mutant, list)));
  return list.filter((entry) => !used.has(entry));
}
