import type { Span } from '../diagnostic/index.ts';
import type { Findings } from './findings.ts';
import { type Layer, spanIn } from './layer.ts';
import type { ValuePath } from './yaml-source.ts';

/** A list to append, or what to append and what to leave out. */
export type Edits<T> = readonly T[] | { readonly add?: readonly T[]; readonly remove?: readonly string[] };

/** One entry of a list, with who says it and where. */
export interface Statement<E> {
  readonly entry: E;
  readonly by: string;
  /** Where a part of the entry stands; the entry itself without a part. */
  readonly place: (part?: string) => Span;
}

/** A list that components begin and flavours edit. */
export interface ListKind<E> {
  readonly key: 'packages' | 'units' | 'kernelArguments';
  readonly what: string;
  /** What `remove:` may call the entry. */
  readonly namesOf: (entry: E) => readonly string[];
}

/** Entries of a plain list or below `add:`, with their paths inside the file. */
export function added<T>(edits: Edits<T> | undefined, key: string): readonly { entry: T; path: ValuePath }[] {
  const entries = edits === undefined || isList(edits) ? (edits ?? []) : (edits.add ?? []);
  const path = edits === undefined || isList(edits) ? [key] : [key, 'add'];
  return entries.map((entry, index) => ({ entry, path: [...path, index] }));
}

/** The names below `remove:`. */
export function removed(edits: Edits<unknown> | undefined, key: string): readonly { name: string; path: ValuePath }[] {
  if (edits === undefined || isList(edits)) return [];
  return (edits.remove ?? []).map((name, index) => ({ name, path: [key, 'remove', index] }));
}

/**
 * What components say, edited by each layer in turn: first it leaves out, then it adds. An entry that says `override`, of a
 * component or a layer, takes the place of what was said before it under its name.
 */
export function editList<E extends string | object>(
  kind: ListKind<E>,
  begun: readonly Statement<E>[],
  layers: readonly Layer[],
  findings: Findings,
): readonly Statement<E>[] {
  let list: readonly Statement<E>[] = [];
  const leaveOut = (name: string, code: string, at: Span): void => {
    const kept = list.filter(({ entry }) => !kind.namesOf(entry).includes(name));
    if (kept.length === list.length) {
      const known = [...new Set(list.flatMap(({ entry }) => kind.namesOf(entry)))];
      findings.unknownName(code, `${kind.what} to leave out named`, name, known, at);
    }
    list = kept;
  };
  /** `later` comes behind what is there; what it overrides goes first, so that its own entries stay. */
  const append = (later: readonly Statement<E>[]): void => {
    for (const { entry, place } of later) {
      const isOverride = typeof entry === 'object' && 'override' in entry && entry.override === true;
      const name = kind.namesOf(entry)[0];
      if (isOverride && name !== undefined) leaveOut(name, 'nothing-to-override', place());
    }
    list = [...list, ...later];
  };
  for (const component of new Set(begun.map(({ by }) => by))) append(begun.filter(({ by }) => by === component));
  for (const layer of layers) {
    const edits = layer.data[kind.key] as Edits<E> | undefined;
    for (const { name, path } of removed(edits, kind.key)) leaveOut(name, 'nothing-to-remove', spanIn(layer, path));
    append(
      added(edits, kind.key).map(({ entry, path }): Statement<E> => {
        return { entry, by: layer.name, place: (part) => spanIn(layer, part === undefined ? path : [...path, part]) };
      }),
    );
  }
  return list;
}

function isList<T>(edits: Edits<T>): edits is readonly T[] {
  return Array.isArray(edits);
}
