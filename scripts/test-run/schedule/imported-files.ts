import { readFileSync } from 'node:fs';
import path from 'node:path';

/** A package from elsewhere, by its name and version: its files are not ours to read. */
export interface ImportedPackage {
  readonly name: string;
  readonly version: string;
}

export interface ImportedFiles {
  /** Absolute path → content, of every file that the entries reach, themselves included. */
  readonly files: ReadonlyMap<string, string>;
  readonly packages: ReadonlyMap<string, ImportedPackage>;
}

/** What a file asks of another one: some names, or all of it. */
interface Request {
  readonly specifier: string;
  readonly names?: readonly string[];
}

/**
 * Every file that `entries` import, directly or not: TypeScript, JSON, and what lies beside a source and is read by
 * `new URL('name', import.meta.url)`. Types are no part of a program and are not followed. A door (a file that only hands
 * on what others export) is seen through: of a room counts what is asked of it, not all that it has.
 * @throws an error of the file system for an import that leads nowhere
 */
export function importedFiles(entries: readonly string[], checkout: string): ImportedFiles {
  const files = new Map<string, string>();
  const packages = new Map<string, ImportedPackage>();
  const doors = new Map<string, ReadonlyMap<string, string> | undefined>();
  const visit = (file: string, names?: readonly string[]): void => {
    if (files.has(file)) return;
    const handedOn = doors.has(file) ? doors.get(file) : doorOf(file);
    doors.set(file, handedOn);
    if (names !== undefined && handedOn !== undefined) {
      for (const name of names) visit(handedOn.get(name) ?? file, handedOn.has(name) ? [name] : undefined);
      return;
    }
    const text = readFileSync(file, 'utf8');
    files.set(file, text);
    if (!file.endsWith('.ts')) return;
    for (const request of requestsOf(text)) follow(request, file);
  };
  const follow = ({ specifier, names }: Request, from: string): void => {
    if (specifier.startsWith('node:')) return;
    if (specifier.startsWith('.')) {
      visit(path.join(path.dirname(from), specifier), names);
      return;
    }
    const name = specifier
      .split('/')
      .slice(0, specifier.startsWith('@') ? 2 : 1)
      .join('/');
    const { version, source } = packageOf(name, checkout);
    if (source === undefined) packages.set(name, { name, version });
    else visit(source, names);
  };
  for (const entry of entries) visit(entry);
  return { files, packages };
}

/** `import … from`, `export … from`, `import '…'`, `import('…')`, `new URL('…', import.meta.url)`, as the formatter writes them. */
const statements =
  /^(?:import|export) (?:(type )?([^;'"]+?) from )?'([^']+)'|\bimport\('([^']+)'\)|new URL\('([^']+)', import\.meta\.url\)/gm;

/** Lines of comments, which may show such a statement. */
const comments = /^\s*(?:\/\/|\/?\*).*$/gm;

function requestsOf(text: string): Request[] {
  return [...text.replace(comments, '').matchAll(statements)].flatMap(
    ([, isType, clause, fixed, lazy, beside]): Request[] => {
      if (isType !== undefined) return [];
      if (beside !== undefined) return [{ specifier: beside.startsWith('.') ? beside : `./${beside}` }];
      const specifier = fixed ?? lazy ?? '';
      const list = clause === undefined ? undefined : /^\{([^}]*)\}$/.exec(clause)?.[1];
      if (list === undefined) return [{ specifier }];
      const names = namesIn(list).map(([original]) => original);
      return names.length === 0 ? [] : [{ specifier, names }];
    },
  );
}

/** `a, type B, c as d` → the values, each as it is called there and here. */
function namesIn(list: string): [original: string, known: string][] {
  return list.split(',').flatMap((entry): [string, string][] => {
    const [original = '', known = original] = entry.trim().split(' as ');
    return original === '' || original.startsWith('type ') ? [] : [[original, known]];
  });
}

/** Which file has what a door hands on, by the name that it has outside. Undefined when the file does anything else. */
function doorOf(file: string): ReadonlyMap<string, string> | undefined {
  if (path.basename(file) !== 'index.ts') return undefined;
  const text = readFileSync(file, 'utf8');
  const handedOn = /^export (type )?\{([^}]*)\} from '(\.[^']+)';\n/gm;
  const rest = text.replace(handedOn, '').replace(/^export type \* from '[^']+';\n/gm, '');
  if (rest.replace(comments, '').trim() !== '') return undefined;
  return new Map(
    [...text.matchAll(handedOn)].flatMap(([, isType, list = '', specifier = '']) =>
      isType === undefined
        ? // A name that the door changes is looked for as it is called inside; the door itself then counts, too.
          namesIn(list).flatMap(([original, known]): [string, string][] =>
            original === known ? [[known, path.join(path.dirname(file), specifier)]] : [],
          )
        : [],
    ),
  );
}

/** The version of an installed package; of one that lies in the checkout, where its source begins. */
function packageOf(name: string, checkout: string): { readonly version: string; readonly source?: string } {
  const directory = path.join(checkout, 'node_modules', name);
  const text = readFileSync(path.join(directory, 'package.json'), 'utf8');
  const { version = '', exports } = JSON.parse(text) as {
    readonly version?: string;
    readonly exports?: { readonly '.'?: { readonly source?: string } };
  };
  const source = exports?.['.']?.source;
  return { version, ...(source !== undefined && { source: path.join(directory, source) }) };
}
