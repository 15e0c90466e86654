import type { Span } from '../diagnostic/index.ts';
import type { Findings } from './findings.ts';
import type { Library, Loaded } from './library.ts';
import type { FlavourFile } from './source-files.ts';
import type { YamlSource } from './yaml-source.ts';

/** One flavour of an `extends` chain, known to be well-formed. */
export interface Layer {
  readonly name: string;
  readonly source: YamlSource;
  readonly data: FlavourFile;
}

/** The flavour with all that it extends, the furthest ancestor first. Empty where the chain is broken. */
export function flavourLayers(library: Library, name: string, findings: Findings): readonly Layer[] {
  const layers: Layer[] = [];
  let wanted: { readonly name: string; readonly at?: Span } | undefined = { name };
  while (wanted) {
    const { name: next, at }: { readonly name: string; readonly at?: Span } = wanted;
    const first = layers.findIndex((layer) => layer.name === next);
    if (first !== -1) {
      const circle = [...layers.slice(first).map((layer) => layer.name), next].join(' → ');
      findings.error('extends-cycle', `flavours extend each other in a circle: ${circle}`, at);
      return [];
    }
    const loaded: Loaded<'flavour'> | undefined = library.load('flavour', next);
    if (!loaded) {
      findings.unknownName('unknown-flavour', 'flavour', next, library.names('flavour'), at);
      return [];
    }
    findings.add(loaded.diagnostics);
    if (!loaded.data) return [];
    layers.push({ name: next, source: loaded.source, data: loaded.data });
    wanted = loaded.data.extends
      ? { name: loaded.data.extends, at: loaded.source.spanOfValue(['extends']) }
      : undefined;
  }
  return layers.reverse();
}
