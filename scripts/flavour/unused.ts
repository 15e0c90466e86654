import { readdirSync } from 'node:fs';
import type { Diagnostic } from '../diagnostic/index.ts';
import type { SourceDirectory } from '../places/index.ts';
import type { Member } from './component-order.ts';
import type { Findings } from './findings.ts';
import { Library } from './library.ts';

/** Components that no flavour reaches: nobody builds or tests them, and they rot. */
export function unreachedComponents(
  directories: readonly SourceDirectory[],
  reached: ReadonlySet<string>,
): readonly Diagnostic[] {
  const library = new Library(directories);
  return library
    .names('component')
    .filter((name) => !reached.has(name))
    .flatMap((name) => {
      const span = library.load('component', name)?.source.spanOfValue(['component']);
      const message = `no flavour reaches the component \`${name}\``;
      return [{ code: 'unreached-component', severity: 'warning', message, ...(span && { span }) }];
    });
}

/** Files beside `rootfs/` that no entry names never reach an image. */
export function findOrphans({ data, loaded: { folder, source } }: Member, findings: Findings): void {
  const named = [...(data.files ?? []), ...(data.post ?? [])].flatMap((entry) => entry.source?.split('/')[0] ?? []);
  const known = new Set([...named, 'component.yaml', 'rootfs', 'README.md']);
  for (const entry of readdirSync(folder.path).filter((name) => !known.has(name))) {
    const message = `nothing in this file names \`${folder.name}/${entry}\``;
    const hint = 'name it below `files:` or `post:`, or remove it';
    findings.error('orphan-file', message, source.spanOfValue(['component']), { hint });
  }
}
