import type { Span } from '../diagnostic/index.ts';
import type { ResolvedFlavour } from '../flavour/index.ts';
import type { Part } from './profile.ts';

interface Named {
  readonly name: string;
  readonly at: Span;
}

/** The line that brings something into a flavour; undefined for what the templates alone say. */
export function saidAt(flavour: ResolvedFlavour, part: Part, name: string): Span | undefined {
  const lists: Readonly<Partial<Record<Part, readonly Named[]>>> = {
    packages: flavour.packages,
    units: flavour.units,
    'kernel arguments': flavour.kernelArguments.map(({ argument, at }) => ({ name: argument, at })),
    files: flavour.files.map(named),
    directories: flavour.directories.map(named),
    links: flavour.links.map(named),
  };
  return lists[part]?.find((entry) => entry.name === name)?.at;
}

const named = ({ path: name, at }: { readonly path: string; readonly at: Span }): Named => ({ name, at });
