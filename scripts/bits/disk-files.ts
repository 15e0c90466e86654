import { lstatSync, mkdirSync, readdirSync, readlinkSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { CommandFailed } from '../process/index.ts';
import type { Entry, Format, Layer, Means } from './layer.ts';
import { btrfs } from './layers/btrfs.ts';
import { ext4 } from './layers/ext4.ts';
import { fat } from './layers/fat.ts';
import { qcow2 } from './layers/packed.ts';
import { xfs } from './layers/xfs.ts';
import { writeSource } from './means.ts';
import { fileSource, partOf, type Source } from './source.ts';

/** A disk whose root file system nobody can read here; `reason` says why, as the end of a sentence. */
export class UnreadableDisk extends Error {
  readonly reason: string;

  constructor(reason: string) {
    super(`the disk cannot be read: ${reason}`);
    this.reason = reason;
  }
}

type FoundFile =
  | { readonly kind: 'directory' }
  | { readonly kind: 'link'; readonly target: string }
  | { readonly kind: 'file'; readonly content?: Source };

/** What a file system holds: `/etc/passwd` → the file. */
type Volume = ReadonlyMap<string, FoundFile>;

/** What is no file system but may hold one: where its mark stands, and what that means for the reader. */
const sealed: readonly { readonly at: number; readonly mark: string; readonly reason: string }[] = [
  { at: 0, mark: 'LUKS\u00ba\u00be', reason: 'it is encrypted' },
  { at: 512, mark: 'LABELONE', reason: 'its root file system is a volume of LVM' },
];

/**
 * Copies what is below the paths `wanted` (relative to the root) of the system that is installed on a disk image into `directory`:
 * its root file system, with /boot and /boot/efi where those have partitions of their own. Reads ext4, XFS, Btrfs and FAT without
 * a mount, so without root. Owners, modes and times are not kept; what is neither file, directory nor link is left out.
 * @throws UnreadableDisk
 */
export async function copyFromDisk(
  image: string,
  wanted: readonly string[],
  directory: string,
  means: Means,
): Promise<void> {
  const disk = await rawDisk(image, means);
  const parts = await partitionsOf(disk, means);
  if (parts.length === 0) throw new UnreadableDisk('it has no table of partitions');
  const volumes: Volume[] = [];
  for (const part of parts) volumes.push(...(await volumesOf(part, wanted, means)));
  const root = volumes.find((volume) => volume.has('/etc/passwd'));
  if (root === undefined) throw new UnreadableDisk(whyNoRoot(parts));
  const copyAt = (volume: Volume | undefined, at: string) => {
    if (volume) copyFiles(volume, at, wanted, directory);
  };
  copyAt(root, '');
  copyAt(
    volumes.find((volume) => volume !== root && volume.has('/grub2')),
    '/boot',
  );
  copyAt(
    volumes.find((volume) => volume.has('/EFI')),
    '/boot/efi',
  );
}

function whyNoRoot(parts: readonly Source[]): string {
  const found = sealed.find(({ at, mark }) =>
    parts.some((part) => part.read(at, mark.length).toString('latin1') === mark),
  );
  return found?.reason ?? 'no partition holds a root file system of a kind that is read here (ext4, XFS, Btrfs)';
}

async function rawDisk(image: string, means: Means): Promise<string> {
  if (!qcow2.recognises(fileSource(image))) return image;
  const file = means.newPath('disk');
  await means.run(['qemu-img', 'convert', '-O', 'raw', image, file], [image]);
  return file;
}

async function partitionsOf(disk: string, means: Means): Promise<readonly Source[]> {
  const source = fileSource(disk);
  const table = await means
    .run(['partx', '--raw', '--noheadings', '--output', 'START,SECTORS', disk], [disk])
    .catch((error: unknown) => {
      // Of a disk without a table it says no more than that it failed.
      if (error instanceof CommandFailed) return '';
      throw error;
    });
  return [...table.matchAll(/^(\d+) (\d+)$/gm)].map(([, start, sectors]) =>
    partOf(source, Number(start) * 512, Number(sectors) * 512),
  );
}

/** Btrfs has one for each of its trees. */
async function volumesOf(part: Source, wanted: readonly string[], means: Means): Promise<readonly Volume[]> {
  if (btrfs.recognises(part)) return restoredTrees(part, wanted, means);
  const format = [ext4, xfs, fat].find((one) => one.recognises(part));
  if (format === undefined) return [];
  const { entries } = await opened(format, part, means);
  return [new Map(entries.flatMap((entry) => fileOf(entry)))];
}

async function opened(format: Format, part: Source, means: Means): Promise<Layer> {
  try {
    return await format.open(part, means);
  } catch (error) {
    if (error instanceof CommandFailed) throw error;
    throw new UnreadableDisk(error instanceof Error ? error.message : String(error));
  }
}

function fileOf({ name, attributes, content }: Entry): readonly (readonly [string, FoundFile])[] {
  const mode = attributes.get('mode');
  const kind = mode === undefined ? undefined : Number.parseInt(mode.value, 8) & 0o170000;
  // FAT knows no modes.
  const isDirectory = kind === 0o040000 || (kind === undefined && content === undefined);
  if (isDirectory) return [[name, { kind: 'directory' }]];
  if (kind === 0o120000 && content) return [[name, { kind: 'link', target: content.read(0, 4096).toString() }]];
  if (kind !== undefined && kind !== 0o100000) return [];
  return [[name, { kind: 'file', ...(content && { content }) }]];
}

/** Its own program reads what is compressed, too. Subvolumes are trees of their own. */
async function restoredTrees(part: Source, wanted: readonly string[], means: Means): Promise<readonly Volume[]> {
  const file = means.asFile(part);
  const listed = await means.run(['btrfs', 'restore', '--list-roots', file]);
  const trees = [...listed.matchAll(/\((FS_TREE|\d+) ROOT_ITEM /g)].map(([, tree]) =>
    tree === 'FS_TREE' ? '5' : tree,
  );
  const volumes: Volume[] = [];
  for (const tree of new Set(trees)) {
    const at = means.newPath('tree');
    mkdirSync(at);
    const only = ['--path-regex', pathPattern(wanted)];
    await means.run(['btrfs', 'restore', '--symlink', ...only, '--root', String(tree), file, at]);
    volumes.push(new Map(filesBelow(at)));
  }
  return volumes;
}

/** btrfs-restore asks for each directory on the way, too: `^/(|etc(|/.*)|usr(|/lib(|/systemd(|/.*))))$` */
function pathPattern(wanted: readonly string[]): string {
  const branch = (words: readonly string[]): string => {
    const [first, ...rest] = words;
    return first === undefined ? '(|/.*)' : `(|/${escaped(first)}${branch(rest)})`;
  };
  const all = wanted.map((one) => {
    const [first = '', ...rest] = one.split('/');
    return `${escaped(first)}${branch(rest)}`;
  });
  return `^/(|${all.join('|')})$`;
}

const escaped = (word: string): string => word.replaceAll(/[.[\]{}()*+?^$|\\]/g, '\\$&');

function* filesBelow(directory: string, at = ''): Generator<readonly [string, FoundFile]> {
  for (const entry of readdirSync(path.join(directory, at), { withFileTypes: true })) {
    const name = `${at}/${entry.name}`;
    const file = path.join(directory, name);
    if (entry.isDirectory()) {
      yield [name, { kind: 'directory' }];
      yield* filesBelow(directory, name);
    } else if (entry.isSymbolicLink()) yield [name, { kind: 'link', target: readlinkSync(file) }];
    else if (entry.isFile()) yield [name, { kind: 'file', content: fileSource(file) }];
  }
}

/** Files of `volume`, which is mounted at `at`, as far as they are wanted. @throws UnreadableDisk where the content of one is not read */
function copyFiles(volume: Volume, at: string, wanted: readonly string[], directory: string): void {
  for (const [name, found] of volume) {
    const whole = `${at}${name}`;
    if (!wanted.some((one) => whole === `/${one}` || whole.startsWith(`/${one}/`))) continue;
    const words = whole.split('/').slice(1);
    const parent = directoryOf(directory, words.slice(0, -1));
    const last = words.at(-1) ?? '';
    if (parent === undefined || !isPlainName(last)) continue;
    const target = path.join(parent, last);
    const isThere = lstatSync(target, { throwIfNoEntry: false }) !== undefined;
    if (isThere) continue;
    if (found.kind === 'directory') mkdirSync(target, { mode: 0o700 });
    else if (found.kind === 'link') symlinkSync(found.target, target);
    else if (found.content) writeSource(found.content, target);
    else throw new UnreadableDisk(`its file ${whole} lies in a way that is not read here`);
  }
}

const isPlainName = (name: string): boolean => !['', '.', '..'].includes(name) && !name.includes('\0');

/** Made where it is not there; undefined where a name or a link on the way would lead out of `directory`. */
function directoryOf(directory: string, names: readonly string[]): string | undefined {
  let at = directory;
  for (const name of names) {
    if (!isPlainName(name)) return undefined;
    at = path.join(at, name);
    const there = lstatSync(at, { throwIfNoEntry: false });
    if (there === undefined) mkdirSync(at, { mode: 0o700 });
    else if (!there.isDirectory()) return undefined;
  }
  return at;
}
