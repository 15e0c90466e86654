import type { Span } from '../diagnostic/index.ts';
import type { ResolvedFlavour } from '../flavour/index.ts';

/** One link of an explanation: what is so, and the line that makes it so. */
export interface Link {
  readonly text: string;
  readonly at: Span;
}

/** Why a component, or what else brings entries, is in the flavour: from itself to the flavour's own line. */
export function chainOf(flavour: ResolvedFlavour, by: string): readonly Link[] {
  const component = flavour.components.find(({ name }) => name === by);
  if (!component) {
    const layer = flavour.layers.find(({ name }) => name === by);
    return layer ? [{ text: by, at: layer.at }, ...whoAskedFor(flavour, by)] : [];
  }
  const { requiredBy, at } = component;
  if (requiredBy === undefined) {
    const owner = ownerOf(flavour, at);
    return [{ text: `component \`${by}\` is asked for by ${owner}`, at }, ...whoAskedFor(flavour, owner)];
  }
  return [
    { text: `component \`${by}\` is required by component \`${requiredBy}\``, at },
    ...chainOf(flavour, requiredBy),
  ];
}

/** Of a hardware profile: the line of the flavour that names it. */
function whoAskedFor({ hardware, name }: ResolvedFlavour, layer: string): readonly Link[] {
  const at = hardware?.askedAt;
  if (!hardware || layer !== `hardware ${hardware.name}` || !at) return [];
  return [{ text: `hardware profile \`${hardware.name}\` is asked for by flavour ${name}`, at }];
}

/** The nearest layer above a line of a flavour's file: a variant's choices stand in the file of their flavour. */
function ownerOf({ layers, name }: ResolvedFlavour, at: Span): string {
  const above = layers.filter((layer) => layer.at.file === at.file && layer.at.start.line <= at.start.line);
  const first = above[0];
  const choice = above.findLast((layer) => layer.name.includes(','));
  return choice?.name ?? first?.name ?? `flavour ${name}`;
}
