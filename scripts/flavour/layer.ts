import type { Span } from '../diagnostic/index.ts';
import type { FlavourContent } from './source-files.ts';
import type { ValuePath, YamlSource } from './yaml-source.ts';

/** One thing that says something about a flavour: a flavour of the `extends` chain, or a value of a matrix. */
export interface Layer {
  /** `flavour headless`, or `headless, cpu=amd`: how messages name it. */
  readonly name: string;
  readonly source: YamlSource;
  readonly data: FlavourContent;
  /** Where in the file `data` stands. */
  readonly path: ValuePath;
  /** Where it is asked for: its own name, or the axis value's. */
  readonly at: Span;
}

/** Where a value of the layer stands. */
export function spanIn(layer: Pick<Layer, 'source' | 'path'>, path: ValuePath): Span {
  return layer.source.spanOfValue([...layer.path, ...path]);
}
