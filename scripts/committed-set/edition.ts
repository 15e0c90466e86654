import type { ResolvedFlavour } from '../flavour/index.ts';
import type { FreshRecord } from './record.ts';

/** A flavour file with its variants, on every base that they are for. */
export interface Edition {
  readonly name: string;
  /** The flavour that it extends. */
  readonly like?: string;
  /** Variants that its matrix makes; it is none of them. */
  readonly variants: readonly string[];
  readonly bases: readonly string[];
}

/** An edition with its kickstarts. */
export interface FreshEdition extends Edition {
  readonly summary: string;
  readonly records: readonly FreshRecord[];
}

/** `headless.debian-13.ks` */
export function liveFile(flavour: string, base: string): string {
  return `${flavour}.${base}.ks`;
}

/**
 * What a kickstart of an edition is described by the difference from, the first that there is: a variant from the edition
 * itself, and that from what it extends, on the same base.
 */
export function comparedWith({ name, like }: Edition, flavour: string, base: string): readonly string[] {
  return [...(flavour === name ? [] : [name]), ...(like === undefined ? [] : [like])].map((one) => liveFile(one, base));
}

/** The editions of a set; one that another extends comes before it. */
export function editionsOf(records: readonly FreshRecord[]): readonly FreshEdition[] {
  const byName = new Map<string, FreshRecord[]>();
  for (const record of records.filter(({ rendered }) => rendered.purpose === 'live')) {
    const { name } = ancestryOf(record.rendered.flavour);
    byName.set(name, [...(byName.get(name) ?? []), record]);
  }
  return [...byName]
    .map(([name, own]) => edition(name, own))
    .sort((a, b) => depthOf(a) - depthOf(b) || (a.name < b.name ? -1 : 1));
}

function edition(name: string, records: readonly FreshRecord[]): FreshEdition {
  const flavours = records.map(({ rendered }) => rendered.flavour);
  const like = flavours.map((flavour) => ancestryOf(flavour).like).find((parent) => parent !== undefined);
  return {
    name,
    ...(like === undefined ? {} : { like }),
    variants: [...new Set(flavours.map((flavour) => flavour.name))].filter((flavour) => flavour !== name),
    bases: [...new Set(flavours.map(({ base }) => base.name))],
    summary: flavours.find((flavour) => flavour.name === name)?.summary ?? '',
    records,
  };
}

function depthOf({ name, records }: FreshEdition): number {
  const own = records.find(({ rendered }) => rendered.flavour.name === name) ?? records[0];
  return own?.rendered.flavour.layers.length ?? 0;
}

/** The flavour file that a flavour or variant is made from, and what that extends, by the names of the layers. */
function ancestryOf({ layers }: Pick<ResolvedFlavour, 'layers'>): { readonly name: string; readonly like?: string } {
  const files: { readonly name: string; whole: string }[] = [];
  for (const layer of layers) {
    const [, flavour, choice] = /^flavour ([^,]+)(?:, [^=]+=(.*))?$/.exec(layer.name) ?? [];
    const last = files.at(-1);
    if (flavour === undefined) continue;
    if (choice === undefined || last === undefined) files.push({ name: flavour, whole: flavour });
    else last.whole += `-${choice}`;
  }
  const like = files.at(-2)?.whole;
  return { name: files.at(-1)?.name ?? '', ...(like === undefined ? {} : { like }) };
}
