import type { BuiltSide } from '../built-side.ts';
import type { SourceLine } from '../reasons/asked-packages.ts';
import { graphOf } from '../reasons/graph-of.ts';
import { onlyFor } from '../reasons/package-graph.ts';
import { reasonInWords } from '../reasons/reason-in-words.ts';
import { type Removal, removalsFrom } from './removals.ts';
import { addShares, type CompressedBy, type Share, sharesOf } from './shares.ts';

/** What takes how much in one image. Sizes are bytes. */
export interface ImageSize {
  readonly flavour: string;
  readonly base: string;
  readonly compressedBy: CompressedBy;
  readonly total: Share;
  /** What each published image is made of. */
  readonly images: readonly {
    readonly file: string;
    readonly bytes: number;
    readonly parts: readonly { readonly name: string; readonly bytes: number }[];
  }[];
  /** Largest first. Each package stands at the one from which the shortest way leads to it. */
  readonly bringers: readonly Bringer[];
  readonly removals: readonly Removal[];
}

/** Who brings packages and files: a component, the flavour itself, the base. */
export interface Bringer extends Share {
  readonly name: string;
  /** Of the packages, what would not be there without it; the rest others would bring, too. */
  readonly alone: Pick<Share, 'installedBytes' | 'compressedBytes'>;
  /** Largest first. */
  readonly packages: readonly PackageSize[];
  /** Files that are of no package. */
  readonly ownFiles?: Share;
}

export interface PackageSize extends Share {
  readonly name: string;
  readonly version: string;
  /** The way to the line that asks for it: `needed by libfoo, by bar, overlays/x/component.yaml:4`. */
  readonly why: string;
}

const NOBODY = 'nothing that the build noted';
const MADE = 'made when packages were installed';
const CONFIGURED = 'made by configuration';

/** Shares out an image: whose every file is, and why that is there. */
export function imageSize(side: BuiltSide & { readonly dossier: NonNullable<BuiltSide['dossier']> }): ImageSize {
  const { manifest, dossier } = side;
  const { graph, asked } = graphOf(side);
  const shares = sharesOf(manifest, dossier.contents.packages, dossier.files);
  const bringerOf = (name: string): string => {
    const way = graph.wayTo(name);
    if (way === undefined) return NOBODY;
    const place = asked.get(way.at(-1)?.from ?? name);
    return place === undefined ? `essential to every ${manifest.base}` : bringerAt(place);
  };
  const names = new Map<string, string[]>();
  for (const name of graph.packages.keys()) {
    const bringer = bringerOf(name);
    names.set(bringer, [...(names.get(bringer) ?? []), name]);
  }
  const none: Share = { installedBytes: 0, compressedBytes: 0, files: 0 };
  const shareOf = (name: string) => shares.packages.get(name) ?? none;
  const own = new Map<string, Share>([
    ...[...shares.overlays].map(([component, share]) => [bringerNamed(component), share] as const),
    [CONFIGURED, shares.configured],
    [MADE, shares.made],
  ]);
  const bringers = [...new Set([...names.keys(), ...own.keys()])].map((name): Bringer => {
    const packages = (names.get(name) ?? []).map((one) => ({
      name: one,
      version: graph.packages.get(one)?.version ?? '',
      ...shareOf(one),
      why: reasonInWords(graph, asked, one) ?? NOBODY,
    }));
    const ownFiles = own.get(name);
    const roots = new Set([...graph.roots].filter((one) => bringerOf(one) === name));
    const alone = addShares([...onlyFor(graph, roots)].map(shareOf));
    return {
      name,
      ...addShares([...packages, ...(ownFiles ? [ownFiles] : [])]),
      alone: { installedBytes: alone.installedBytes, compressedBytes: alone.compressedBytes },
      packages: packages.sort(largestFirst),
      ...(ownFiles && { ownFiles }),
    };
  });
  return {
    flavour: manifest.flavour,
    base: manifest.base,
    compressedBy: shares.compressedBy,
    total: shares.total,
    images: imagesOf(manifest),
    bringers: bringers.filter(({ files, packages }) => files + packages.length > 0).sort(largestFirst),
    removals: removalsFrom(side, { graph, asked, shareOf, bringerAt }),
  };
}

const largestFirst = (a: Share, b: Share) => b.installedBytes - a.installedBytes;

/** Whose file a line of the sources stands in. */
function bringerAt({ file }: SourceLine): string {
  const component = /(?:^|\/)overlays\/([^/]+)\//.exec(file)?.[1];
  if (component !== undefined) return `component ${component}`;
  const [, folder, name] = /(?:^|\/)(flavours|bases|hardware)\/([^/]+)\.yaml$/.exec(file) ?? [];
  return folder === undefined ? file : `${folder.replace(/s$/, '')} ${name}`;
}

function imagesOf({ outputs, sizes }: BuiltSide['manifest']): ImageSize['images'] {
  return outputs.flatMap(({ output, files: [first] }) => {
    if (first === undefined) return [];
    const { squashfsBytes } = sizes;
    const { file, sizeBytes: bytes } = first;
    if (output !== 'live-iso' || squashfsBytes === undefined) return [{ file, bytes, parts: [] }];
    const parts = [
      { name: 'root file system', bytes: squashfsBytes },
      { name: 'initramfs', bytes: sizes.initramfsBytes },
      { name: 'kernel', bytes: sizes.kernelBytes },
    ];
    const rest = bytes - parts.reduce((sum, part) => sum + part.bytes, 0);
    return [{ file, bytes, parts: [...parts, { name: 'boot loaders and the rest', bytes: rest }] }];
  });
}

/** A manifest calls components by their bare names, flavours and hardware profiles by what they are. */
const bringerNamed = (by: string) => (by.includes(' ') ? by : `component ${by}`);
