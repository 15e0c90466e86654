import { PARTS, type Part, type Profile } from './profile.ts';

export interface Change {
  readonly name: string;
  readonly before?: string;
  readonly after?: string;
}

/** For each part, what is new, gone or different. Parts without a difference are left out. */
export type Comparison = Readonly<Partial<Record<Part, readonly Change[]>>>;

export function compare(before: Profile, after: Profile): Comparison {
  const parts = PARTS.map((part) => [part, changesBetween(before[part], after[part])] as const);
  return Object.fromEntries(parts.filter(([, changes]) => changes.length > 0));
}

/** What is new, gone or different by name. */
export function changesBetween(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): readonly Change[] {
  const names = [...new Set([...before.keys(), ...after.keys()])];
  return names.flatMap((name): readonly Change[] => {
    const [old, now] = [before.get(name), after.get(name)];
    if (old === now) return [];
    return [{ name, ...(old === undefined ? {} : { before: old }), ...(now === undefined ? {} : { after: now }) }];
  });
}

export function isSame(comparison: Comparison): boolean {
  return Object.keys(comparison).length === 0;
}

/** The parts that differ, in their order. */
export function partsIn(comparison: Comparison): readonly (readonly [Part, readonly Change[]])[] {
  return PARTS.flatMap((part) => {
    const changes = comparison[part];
    return changes === undefined ? [] : [[part, changes] as const];
  });
}
