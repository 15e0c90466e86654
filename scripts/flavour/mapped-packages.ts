import type { Span } from '../diagnostic/index.ts';
import type { SourceDirectory } from '../places/index.ts';
import { loadBaseChain } from './base-chain.ts';
import { Findings } from './findings.ts';
import { Library } from './library.ts';
import type { PackageMapping } from './source-files.ts';

/** Every package name that a base gives to a logical name, with its line; also those that no flavour uses yet. */
export function mappedPackages(
  base: string,
  directories: readonly SourceDirectory[],
): readonly { readonly name: string; readonly at: Span }[] {
  const chain = loadBaseChain(new Library(directories), base, new Findings());
  return (chain?.keys(['names', 'packages']) ?? []).flatMap((logical) => {
    const found = chain?.value<PackageMapping>(['names', 'packages', logical]);
    if (!found || (typeof found.value === 'object' && 'missing' in found.value)) return [];
    return [found.value].flat().map((name) => ({ name: name.replaceAll('{{language}}', 'en'), at: found.at }));
  });
}
