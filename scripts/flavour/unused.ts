import type { Diagnostic } from '../diagnostic/index.ts';
import type { SourceDirectory } from '../places/index.ts';
import type { Member } from './component-order.ts';
import { isEditorCopy } from './editor-copies.ts';
import type { Findings } from './findings.ts';
import { Library } from './library.ts';
import { added } from './merge-lists.ts';

/** Components that no flavour reaches and no hardware profile names: nobody builds or tests them, and they rot. */
export function unreachedComponents(
  directories: readonly SourceDirectory[],
  reached: ReadonlySet<string>,
): readonly Diagnostic[] {
  const library = new Library(directories);
  const profiles = library.names('hardware').map((name) => library.load('hardware', name)?.data);
  const named = new Set(profiles.flatMap((profile) => profile?.components ?? []));
  return library
    .names('component')
    .filter((name) => !reached.has(name) && !named.has(name))
    .flatMap((name) => {
      const span = library.load('component', name)?.source.spanOfValue(['component']);
      const message = `no flavour reaches the component \`${name}\``;
      return [{ code: 'unreached-component', severity: 'warning', message, ...(span && { span }) }];
    });
}

/** The names of components that no flavour or hardware profile asks for, directly or by what others require. */
export function neverAsked(directories: readonly SourceDirectory[]): ReadonlySet<string> {
  const library = new Library(directories);
  const left = new Set(library.names('component'));
  const reach = (name: string): void => {
    if (!left.delete(name)) return;
    for (const required of library.load('component', name)?.data?.requires ?? []) {
      reach(typeof required === 'string' ? required : required.component);
    }
  };
  for (const flavour of library.names('flavour')) {
    const data = library.load('flavour', flavour)?.data;
    const values = Object.values(data?.matrix?.axes ?? {}).flatMap((axis) => Object.values(axis.values));
    for (const { components } of [data ?? {}, ...values]) {
      for (const { entry } of added(components, 'components')) reach(entry);
    }
  }
  for (const profile of library.names('hardware')) {
    for (const name of library.load('hardware', profile)?.data?.components ?? []) reach(name);
  }
  return left;
}

/** Files beside `rootfs/` that no entry names never reach an image. */
export function findOrphans({ data, loaded: { folder, source, overlays } }: Member, findings: Findings): void {
  const named = [...(data.files ?? []), ...(data.post ?? [])].flatMap((entry) => entry.source?.split('/')[0] ?? []);
  const known = new Set([...named, 'component.yaml', 'rootfs', 'README.md']);
  for (const entry of overlays.names(folder.path).filter((name) => !known.has(name))) {
    if (isEditorCopy(entry)) {
      findings.warning('editor-copy', `\`${folder.name}/${entry}\` is an editor’s copy: it is not read`, undefined);
      continue;
    }
    const message = `nothing in this file names \`${folder.name}/${entry}\``;
    const hint = 'name it below `files:` or `post:`, or remove it';
    findings.error('orphan-file', message, source.spanOfValue(['component']), { hint });
  }
}
