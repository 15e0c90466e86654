import type { SourceDirectory } from '../places/index.ts';
import { concreteBases } from './base.ts';
import { NOT_FOR_BASE } from './claims.ts';
import { Library } from './library.ts';
import { flavourNames } from './matrix.ts';
import { type Resolution, resolveIn } from './resolve.ts';

export interface OneOfAll extends Resolution {
  readonly name: string;
  readonly base: string;
}

/** Every flavour and variant on every base that it is for, one after the other; each source file is read once. */
export function* resolveAll(directories: readonly SourceDirectory[]): Generator<OneOfAll> {
  const library = new Library(directories);
  const bases = concreteBases(library);
  for (const name of flavourNames(library)) {
    for (const base of bases) {
      const resolution = resolveIn(library, name, { base });
      if (!resolution.diagnostics.some(({ code }) => code === NOT_FOR_BASE)) yield { name, base, ...resolution };
    }
  }
}
