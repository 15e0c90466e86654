import type { Span } from '../diagnostic/index.ts';
import type { Findings } from './findings.ts';
import type { Layer } from './layer.ts';
import type { Library } from './library.ts';
import { type FoundFlavour, findFlavour, flavourNames } from './matrix.ts';
import { strayHint } from './stray-files.ts';

/** The flavour with all that it extends, the furthest ancestor first. Empty where the chain is broken. */
export function flavourLayers(library: Library, name: string, findings: Findings): readonly Layer[] {
  const chain: FoundFlavour[] = [];
  let wanted: { readonly name: string; readonly at?: Span } | undefined = { name };
  while (wanted) {
    const { name: next, at }: { readonly name: string; readonly at?: Span } = wanted;
    const first = chain.findIndex((found) => found.name === next);
    if (first !== -1) {
      const circle = [...chain.slice(first).map((found) => found.name), next].join(' → ');
      findings.error('extends-cycle', `flavours extend each other in a circle: ${circle}`, at);
      return [];
    }
    const before = findings.count;
    const found: FoundFlavour | undefined = findFlavour(library, next, findings, at);
    if (!found) {
      if (findings.count === before) {
        findings.unknownName('unknown-flavour', 'flavour', next, flavourNames(library), at, asFile(next, library));
      }
      return [];
    }
    chain.push(found);
    const { data, source } = found;
    wanted = data.extends ? { name: data.extends, at: source.spanOfValue(['extends']) } : undefined;
  }
  return chain.reverse().flatMap((found) => found.layers);
}

/** A hint for what is called like a file, or lies in one that is not read. */
function asFile(given: string, library: Library): string | undefined {
  if (/\.(?:ks|cfg)$/.test(given))
    return `a flavour has a name; a kickstart file is checked by \`phyllome lint ${given}\``;
  return strayHint(library, 'flavour', given, flavourNames(library));
}
