import { existsSync, lstatSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Diagnostic } from '../diagnostic/index.ts';
import { readRegular } from '../files/index.ts';
import type { SourceDirectory } from '../places/index.ts';
import { whyNotRead } from './editor-copies.ts';
import { OverlayCache } from './overlay-cache.ts';
import { checkSchema } from './schema.ts';
import type { SourceKind, SourceKinds } from './source-kinds.ts';
import { MOST_MEBIBYTES, type YamlSource, yamlFrom } from './yaml-source.ts';

/** A folder, absolute and as diagnostics name it. */
export interface Folder {
  readonly path: string;
  readonly name: string;
}

/** A source file that was found, with its data where it fits its schema. */
export interface Loaded<K extends SourceKind> {
  readonly source: YamlSource;
  readonly data?: SourceKinds[K];
  readonly diagnostics: readonly Diagnostic[];
  /** The folder it lies in. */
  readonly folder: Folder;
  /** The directory it was found in: the checkout, or one of the user's own. */
  readonly root: Folder;
  /** Shared by all that one library loads. */
  readonly overlays: OverlayCache;
}

/** Finds and reads flavours, bases, components and hardware profiles. Each file is read once. */
export class Library {
  readonly directories: readonly SourceDirectory[];
  readonly #loaded = new Map<string, Loaded<SourceKind>>();
  readonly #overlays = new OverlayCache();
  #features: readonly string[] | undefined;

  constructor(directories: readonly SourceDirectory[]) {
    this.directories = directories;
  }

  /** The names that exist, sorted. */
  names(kind: SourceKind): readonly string[] {
    return [...new Set(this.directories.flatMap((directory) => namesIn(directory, kind)))].sort();
  }

  /** Files that lie where some are read and are not read themselves, and why. */
  notRead(): readonly {
    readonly file: string;
    readonly why: string;
    readonly kind: SourceKind;
    readonly name: string;
  }[] {
    return this.directories.flatMap((directory) =>
      KINDS.flatMap((kind) =>
        foldersWith(directory, kind).flatMap((folder) =>
          entries(path.join(directory.root, folder)).flatMap((found) => {
            const why = whyNotRead(found);
            if (why === undefined) return [];
            const name = kind === 'component' ? path.basename(folder) : found.replace(/\.[^/]*$/, '');
            return [{ file: path.posix.join(directory.label, folder, found), why, kind, name }];
          }),
        ),
      ),
    );
  }

  /** What any base says that it has. */
  features(): readonly string[] {
    this.#features ??= [
      ...new Set(this.names('base').flatMap((name) => this.load('base', name)?.data?.features ?? [])),
    ];
    return this.#features;
  }

  load<K extends SourceKind>(kind: K, name: string): Loaded<K> | undefined {
    for (const directory of this.directories) {
      const relative = relativePath(directory, kind, name);
      const absolute = path.join(directory.root, relative);
      const known = this.#loaded.get(absolute);
      if (known) return known as Loaded<K>;
      // A link that leads nowhere is there, too, and is told as such.
      if (!isThere(absolute)) continue;
      const file = path.posix.join(directory.label, relative);
      const root = { path: directory.root, name: directory.label };
      const loaded = { ...read(kind, name, absolute, file), root, overlays: this.#overlays };
      this.#loaded.set(absolute, loaded as Loaded<SourceKind>);
      return loaded as Loaded<K>;
    }
    return undefined;
  }
}

function isThere(absolute: string): boolean {
  try {
    return lstatSync(absolute, { throwIfNoEntry: false }) !== undefined;
  } catch (error) {
    // No file can have such a name.
    if ((error as NodeJS.ErrnoException).code === 'ENAMETOOLONG') return false;
    throw error;
  }
}

type Read<K extends SourceKind> = Omit<Loaded<K>, 'root' | 'overlays'>;

/** What this process has read, by path and name: the same text says the same to each library. */
const readBefore = new Map<string, Read<SourceKind>>();

function read<K extends SourceKind>(kind: K, name: string, absolute: string, file: string): Read<K> {
  const result = readRegular(absolute, MOST_MEBIBYTES);
  const key = `${kind}\n${absolute}\n${file}`;
  const known = readBefore.get(key);
  if ('bytes' in result && known?.source.source.text === result.bytes.toString('utf8')) return known as Read<K>;
  const fresh = readText(kind, name, absolute, yamlFrom(file, result));
  if ('bytes' in result) readBefore.set(key, fresh as Read<SourceKind>);
  return fresh;
}

function readText<K extends SourceKind>(kind: K, name: string, absolute: string, source: YamlSource): Read<K> {
  const { data, diagnostics } = checkSchema(kind, source);
  const folder = { path: path.dirname(absolute), name: path.posix.dirname(source.source.file) };
  const ownName = data && (data as unknown as Record<string, unknown>)[kind];
  if (data && ownName !== name) {
    const message = `this file describes \`${ownName}\`, but its path says \`${name}\``;
    const span = source.spanOfValue([kind]);
    return { source, folder, diagnostics: [{ code: 'name-mismatch', severity: 'error', message, span }] };
  }
  return { source, folder, diagnostics, ...(data ? { data } : {}) };
}

function relativePath(directory: SourceDirectory, kind: SourceKind, name: string): string {
  if (kind === 'component') return path.posix.join(directory.overlays, name, 'component.yaml');
  return path.posix.join(folderOf(directory, kind), `${name}.yaml`);
}

function namesIn(directory: SourceDirectory, kind: SourceKind): readonly string[] {
  if (kind === 'component') {
    const overlays = path.join(directory.root, directory.overlays);
    return entries(overlays).filter((name) => existsSync(path.join(overlays, name, 'component.yaml')));
  }
  return entries(path.join(directory.root, folderOf(directory, kind)))
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => name.slice(0, -'.yaml'.length));
}

const KINDS = ['flavour', 'base', 'hardware', 'component'] as const satisfies readonly SourceKind[];

/** Where files of a kind lie: in one folder, or each component in its own. */
function foldersWith(directory: SourceDirectory, kind: SourceKind): readonly string[] {
  if (kind !== 'component') return [folderOf(directory, kind)];
  const overlays = path.join(directory.root, directory.overlays);
  return entries(overlays)
    .filter((name) => statSync(path.join(overlays, name), { throwIfNoEntry: false })?.isDirectory())
    .map((name) => path.posix.join(directory.overlays, name));
}

function folderOf(directory: SourceDirectory, kind: Exclude<SourceKind, 'component'>): string {
  return { flavour: directory.flavours, base: directory.bases, hardware: directory.hardware }[kind];
}

function entries(folder: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}
