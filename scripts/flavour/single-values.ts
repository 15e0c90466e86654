import type { Span } from '../diagnostic/index.ts';
import type { Findings } from './findings.ts';
import { type Layer, spanIn } from './layer.ts';
import type { Sourced } from './model.ts';
import type { ValuePath } from './yaml-source.ts';

/**
 * The value at `path` of which a flavour has one. Layers that say different things are an error, unless the later one
 * says it below `override:`.
 */
export function singleValue<T>(layers: readonly Layer[], path: ValuePath, findings: Findings): Sourced<T> | undefined {
  const found = placedValue<T>(layers, path, findings);
  return found && { value: found.value, at: found.at };
}

/** The same, with the places of what is inside of it. */
export function placedValue<T>(
  layers: readonly Layer[],
  path: ValuePath,
  findings: Findings,
): (Sourced<T> & { readonly placeOf: (inside: ValuePath) => Span }) | undefined {
  let current: (Sourced<T> & { readonly by: string; readonly placeOf: (inside: ValuePath) => Span }) | undefined;
  for (const layer of layers) {
    const plain = valueAt(layer.data, path) as T | undefined;
    const over = valueAt(layer.data.override, path) as T | undefined;
    const placeOf = (inside: ValuePath) =>
      spanIn(layer, [...(over === undefined ? [] : ['override']), ...path, ...inside]);
    const at = placeOf([]);
    if (over !== undefined) {
      if (plain !== undefined) {
        const related = [{ message: 'and here', span: spanIn(layer, path) }];
        findings.error('said-twice', `${nameOf(path)} is given twice in one place`, at, { related });
      } else if (!current) {
        const hint = 'only what an extended flavour sets is overridden; say it without `override:`';
        findings.error('nothing-to-override', `${nameOf(path)} is not set by what this extends`, at, { hint });
      }
      current = { value: over, at, by: layer.name, placeOf };
    } else if (plain !== undefined) {
      if (current && JSON.stringify(current.value) !== JSON.stringify(plain)) {
        conflict(path, at, current, findings);
      }
      current ??= { value: plain, at, by: layer.name, placeOf };
    }
  }
  return current;
}

function conflict(
  path: ValuePath,
  at: Span,
  current: { readonly at: Span; readonly by: string },
  findings: Findings,
): void {
  const inside = path.slice(0, -1).reduceRight((text, step) => `{${step}: ${text}}`, `{${path.at(-1)}: …}`);
  const way = path.length === 1 ? `override: {${path[0]}: …}` : `override: ${inside}`;
  findings.error('value-conflict', `${nameOf(path)} differs from what ${current.by} says`, at, {
    related: [{ message: 'set here', span: current.at }],
    hint: `to change it, say so: \`${way}\``,
  });
}

function nameOf(path: ValuePath): string {
  return `\`${path.join('.')}\``;
}

function valueAt(data: unknown, path: ValuePath): unknown {
  return path.reduce<unknown>((value, step) => (value as Record<string, unknown> | undefined)?.[step], data);
}
