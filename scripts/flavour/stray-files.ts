import type { Span } from '../diagnostic/index.ts';
import type { Findings } from './findings.ts';
import type { Library } from './library.ts';
import type { SourceKind } from './source-kinds.ts';

/** What files of each kind are called, and where they lie below a directory of `--dir`. */
const KINDS: Readonly<Record<SourceKind, { readonly what: string; readonly fileOf: (name: string) => string }>> = {
  flavour: { what: 'a flavour', fileOf: (name) => `flavours/${name}.yaml` },
  base: { what: 'a base', fileOf: (name) => `bases/${name}.yaml` },
  hardware: { what: 'a hardware profile', fileOf: (name) => `hardware/${name}.yaml` },
  component: { what: 'a component', fileOf: (name) => `overlays/${name}/component.yaml` },
};

/**
 * A hint for a name that nothing has, where a file of that name lies beside those that are read and is not read itself, or where
 * the name is that of a file. `names`: those that there are.
 */
export function strayHint(
  library: Library,
  kind: SourceKind,
  given: string,
  names: readonly string[],
): string | undefined {
  const stray = library.notRead().find((file) => file.kind === kind && file.name === given);
  if (stray) return `\`${stray.file}\` is not read: ${stray.why}`;
  const [, stem = ''] = /([^/]*?)(?:\.ya?ml(?:~|\.\w+)?)?$/.exec(given) ?? [];
  if (stem === given || stem === '') return undefined;
  const { what, fileOf } = KINDS[kind];
  const byName = `${what} is called by its name: \`${stem}\``;
  return names.includes(stem) ? byName : `${byName}, found in ${fileOf(stem)} of the directory of --dir`;
}

/** Says that there is no hardware profile of that name. */
export function noSuchProfile(library: Library, name: string, at: Span | undefined, findings: Findings): void {
  const known = library.names('hardware');
  const better = strayHint(library, 'hardware', name, known);
  findings.unknownName('unknown-hardware', 'hardware profile', name, known, at, better);
}
