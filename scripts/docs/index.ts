import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { allChecks } from '../checks/index.ts';
import { Library } from '../flavour/index.ts';
import type { SourceDirectory } from '../places/index.ts';
import type { DocumentedBase } from './base-columns.ts';
import { componentTables, type DocumentedFile } from './component-tables.ts';
import { firstComment } from './first-comment.ts';
import { withGeneratedPart } from './generated-part.ts';

export { answersPage } from './answers-page.ts';
export { labPage } from './lab-page.ts';
export { readme } from './readme.ts';

/** The bases whose names the tables show. */
const SHOWN_BASES = [
  ['debian-13', 'Debian 13'],
  ['fedora-44', 'Fedora 44'],
] as const;

/**
 * The page of each component of a directory, as it should be: its hand-written part as it is, the rest made of
 * component.yaml. By the page's path below the directory. Components that cannot be read have none.
 */
export function componentPages(directory: SourceDirectory): ReadonlyMap<string, string> {
  const library = new Library([directory]);
  const bases = SHOWN_BASES.flatMap(([name, title]): DocumentedBase[] => {
    const names = library.load('base', name)?.data?.names;
    return names ? [{ title, names }] : [];
  });
  const pages = new Map<string, string>();
  for (const name of library.names('component')) {
    const loaded = library.load('component', name);
    if (!loaded?.data) continue;
    const component = loaded.data;
    const tables = componentTables({
      component,
      bases,
      checks: allChecks,
      files: overlaidFiles(path.join(loaded.folder.path, 'rootfs')),
    });
    const file = path.posix.join(directory.overlays, name, 'README.md');
    const words = [sentence(component.summary), component.doc?.trim() ?? ''];
    const generated = [...words, tables].filter((part) => part !== '').join('\n\n');
    pages.set(file, withGeneratedPart(readIfThere(path.join(directory.root, file)), `# ${name}`, generated));
  }
  return pages;
}

/** Files below `rootfs/`, by the path that they have in an image. */
function overlaidFiles(rootfs: string): DocumentedFile[] {
  let names: string[];
  try {
    names = readdirSync(rootfs, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  return names.sort().map((file) => ({
    path: `/${path.relative(rootfs, file)}`.replace(/\.hbs$/, ''),
    firstComment: firstComment(readFileSync(file, 'utf8')),
  }));
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function sentence(text: string): string {
  const start = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(start) ? start : `${start}.`;
}
