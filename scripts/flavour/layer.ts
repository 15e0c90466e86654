import type { Span } from '../diagnostic/index.ts';
import type { Folder } from './library.ts';
import type { FlavourFile } from './source-files.ts';
import type { ValuePath, YamlSource } from './yaml-source.ts';

/** What a flavour and each value of a matrix can say of the image. */
export type FlavourContent = Omit<FlavourFile, 'flavour' | 'summary' | 'doc' | 'extends' | 'matrix'>;

/** One thing that says something about a flavour: a flavour of the `extends` chain, a value of a matrix, or a hardware profile. */
export interface Layer {
  /** `flavour headless`, `headless, cpu=amd` or `hardware generic-amd`: how messages name it. */
  readonly name: string;
  readonly source: YamlSource;
  readonly data: FlavourContent;
  /** Where in the file `data` stands. */
  readonly path: ValuePath;
  /** The directory that its flavour was found in. */
  readonly root: Folder;
  /** Where it is asked for: its own name, or the axis value's. */
  readonly at: Span;
  /** Where a value comes from in a file that says it in other words. */
  readonly placeOf?: (path: ValuePath) => ValuePath;
}

/** Where a value of the layer stands. */
export function spanIn(layer: Pick<Layer, 'source' | 'path' | 'placeOf'>, path: ValuePath): Span {
  return layer.source.spanOfValue(layer.placeOf?.(path) ?? [...layer.path, ...path]);
}

/** Where the key of a value of the layer stands. */
export function keySpanIn(layer: Pick<Layer, 'source' | 'path' | 'placeOf'>, path: ValuePath): Span {
  return layer.source.spanOfKey(layer.placeOf?.(path) ?? [...layer.path, ...path]);
}
