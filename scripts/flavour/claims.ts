import type { Span } from '../diagnostic/index.ts';
import type { Member } from './component-order.ts';
import type { Findings } from './findings.ts';
import { type Layer, spanIn } from './layer.ts';
import type { ResolvedBase } from './model.ts';

/** The code of the finding that says: this flavour is not for this base. */
export const NOT_FOR_BASE = 'not-for-base';

interface Claim {
  readonly who: string;
  readonly bases: readonly string[] | undefined;
  readonly at: () => Span;
  readonly asked?: Span;
}

/** A flavour is for the bases that its layers and components name; where none names any, it is for all. */
export function checkClaims(
  base: ResolvedBase,
  layers: readonly Layer[],
  members: readonly Member[],
  findings: Findings,
): void {
  const claims: readonly Claim[] = [
    ...layers.map((layer) => ({ who: layer.name, bases: layer.data.bases, at: () => spanIn(layer, ['bases']) })),
    ...members.map(({ name, data, loaded, at }) => ({
      who: `component \`${name}\``,
      bases: data.bases,
      at: () => loaded.source.spanOfValue(['bases']),
      asked: at,
    })),
  ];
  for (const { who, bases, at, asked } of claims) {
    if (bases === undefined || bases.some((claimed) => base.is.includes(claimed))) continue;
    const related = asked ? [{ message: 'it comes in here', span: asked }] : [];
    findings.error(NOT_FOR_BASE, `${who} is not for ${base.name}: it is for ${bases.join(', ')}`, at(), { related });
  }
}
