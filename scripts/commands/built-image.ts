import type { ReadingContext } from '../context/index.ts';
import { displayCommand, ReportedError } from '../diagnostic/index.ts';
import { type BuiltSide, isBuilt, readBuiltSide } from '../dossier/index.ts';
import type { Asked } from '../flavour/index.ts';
import { buildDirectoryOf, resolveOne } from '../prepare/index.ts';

/** A build with what is known of the system in it. */
export type NotedBuild = BuiltSide & { readonly dossier: NonNullable<BuiltSide['dossier']> };

/**
 * What a build left, named by a flavour, its directory, its manifest or an image in it.
 * @throws ReportedError when it was not built
 */
export function builtImage(image: string, asked: Asked, context: Pick<ReadingContext, 'places'>): BuiltSide {
  const given = isBuilt(image) || image.includes('/') ? image : buildDirectoryOf(image, asked, context.places);
  if (isBuilt(given)) return readBuiltSide(given);
  // A name that is none, or a flavour with a mistake in it, is told as such.
  if (given !== image) resolveOne(image, asked, context);
  throw new ReportedError({
    code: 'not-built',
    severity: 'error',
    message: `${image} has not been built: ${given} holds no manifest.json`,
    hint: given === image ? 'phyllome build FLAVOUR' : buildCommand(image, asked),
  });
}

/**
 * The same with what is known of the system in it.
 * @throws ReportedError when it was not built, or its build did not note what is in it
 */
export function notedBuild(image: string, asked: Asked, context: Pick<ReadingContext, 'places'>): NotedBuild {
  const side = builtImage(image, asked, context);
  if (isNoted(side)) return side;
  throw new ReportedError({
    code: 'no-dossier',
    severity: 'error',
    message: `${side.given}: its build did not note what is in the image`,
    hint: 'The direct engine does: build it anew with that.',
  });
}

/** The command that builds a flavour as it was asked for. */
export function buildCommand(flavour: string, { base, hardware }: Asked): string {
  const options = Object.entries({ base, hardware }).flatMap(([name, value]) => (value ? [`--${name}`, value] : []));
  return `phyllome build ${displayCommand([flavour, ...options])}`;
}

export function isNoted(side: BuiltSide): side is NotedBuild {
  return side.dossier !== undefined;
}
