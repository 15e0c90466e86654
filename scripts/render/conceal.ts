import type { ResolvedFlavour } from '../flavour/index.ts';
import { withoutSecrets } from '../report/diagnostics/index.ts';
import type { RenderedSet } from './rendered-set.ts';

/**
 * The kickstart as it may be shown: password hashes and the like are blotted out, and so is what secret files hold. It has as many
 * lines as before, so that places in it stay right.
 */
export function concealed(
  { kickstart, map }: Pick<RenderedSet, 'kickstart' | 'map'>,
  { files }: Pick<ResolvedFlavour, 'files'>,
): string {
  const secret = new Set(files.flatMap((file) => (file.secret === true ? [file.source] : [])));
  const sourceOf = (index: number) => map.sources[map.lines[index]?.[0] ?? -1] ?? '';
  const isOfSecret = (index: number) => secret.has(sourceOf(index));
  return kickstart
    .split('\n')
    .map((line, index) => {
      // The first line of a file is the command that writes it, the last the end of its here-document.
      const isContent = isOfSecret(index) && isOfSecret(index - 1) && isOfSecret(index + 1);
      return isContent ? '•'.repeat(line.length) : withoutSecrets(line);
    })
    .join('\n');
}
