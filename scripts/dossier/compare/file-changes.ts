import type { Change } from '../../explain/index.ts';
import type { FileRecord } from '../contents.ts';
import { isOpen, isSetuid, ownership } from './built-profile.ts';

/** What differs between the files of two images. */
export interface FileChanges {
  readonly modules: readonly Change[];
  readonly rules: readonly Change[];
  readonly ownership: readonly Change[];
  readonly files: readonly Change[];
  /** Package → how many of its files come, go or differ with its version. */
  readonly withPackages: ReadonlyMap<string, number>;
  /** How many files differ that are made of what packages there are. */
  readonly derived: number;
}

/** Where rules lie by which somebody gets root's powers. */
const RULES = /^\/(?:etc|usr\/share|usr\/local\/share)\/polkit-1\/|^\/etc\/sudoers(?:\.d\/|$)|^\/etc\/doas\.conf$/;

const MODULE = /^\/usr\/lib\/modules\/([^/]+)\/(?:.*\/)?([^/]+)\.ko(?:\.\w+)?$/;

/** What package tools and packages' scripts make of all packages together. */
const DERIVED =
  /^\/var\/lib\/(?:dpkg|apt)\/|^\/var\/cache\/|^\/etc\/ld\.so\.cache$|^\/usr\/lib\/modules\/[^/]+\/modules\.\w/;

/** The same, unless configuration wrote it. */
const DERIVED_UNTOUCHED =
  /\/__pycache__\/|^\/etc\/(?:alternatives|ssl\/certs)\/|^\/var\/lib\/(?:pam|sgml-base|ucf|xml-core|systemd\/catalog|systemd\/deb-systemd-[^/]+)\/|\.cache$|\/gschemas\.compiled$|\/hwdb\.bin$/;

/** Links that enable and mask units, which are told by their state. */
const UNIT_LINK = /^\/etc\/systemd\/(system|user)\/(?:[^/]+\/)?([^/]+)$/;

/** Accounts are told by name. */
const ACCOUNTS = /^\/etc\/(?:passwd|group|gshadow|subuid|subgid)-?$/;

/** What is told already: files that follow from it need no line of their own. */
export interface Told {
  /** Packages that come, go or have another version. */
  readonly packages: ReadonlySet<string>;
  /** Units of another state, those of users with ` (user)` behind. */
  readonly units: ReadonlySet<string>;
}

/** Times are no difference. */
export function fileChanges(before: readonly FileRecord[], after: readonly FileRecord[], told: Told): FileChanges {
  const [old, now] = [byPath(before), byPath(after)];
  const found = { modules: [] as Change[], rules: [] as Change[], ownership: [] as Change[], files: [] as Change[] };
  const withPackages = new Map<string, number>();
  const isFilled = directoriesIn([...before, ...after]);
  let derived = 0;
  for (const path of [...new Set([...old.keys(), ...now.keys()])].sort()) {
    const [was, is] = [old.get(path), now.get(path)];
    if (was && is && ownership(was) !== ownership(is) && !hasOwnPart(was) && !hasOwnPart(is)) {
      found.ownership.push({ name: path, before: ownership(was), after: ownership(is) });
    }
    const change = contentChange(path, was, is);
    if (change === undefined) continue;
    const file = is ?? was;
    if (RULES.test(path) && file?.type !== 'directory') {
      found.rules.push(change);
      continue;
    }
    if (MODULE.test(path) || isFilled(path)) continue;
    const owner = file?.package;
    if (owner !== undefined && told.packages.has(owner) && file?.configured !== true) {
      if (file?.type !== 'directory') withPackages.set(owner, (withPackages.get(owner) ?? 0) + 1);
    } else if (told.packages.size > 0 && isDerived(path, file)) derived++;
    else if (!isTold(path, file, told)) found.files.push(change);
  }
  return { ...found, modules: moduleChanges(before, after), withPackages, derived };
}

/** Whether something lies in it: then that is told, and the directory goes without saying. */
function directoriesIn(files: readonly FileRecord[]): (path: string) => boolean {
  const parents = new Set(files.map(({ path }) => path.slice(0, path.lastIndexOf('/'))));
  return (path) => parents.has(path);
}

function isDerived(path: string, file: FileRecord | undefined): boolean {
  return DERIVED.test(path) || (file?.configured !== true && DERIVED_UNTOUCHED.test(path));
}

function isTold(path: string, file: FileRecord | undefined, { units }: Told): boolean {
  if (ACCOUNTS.test(path)) return true;
  const [, scope, unit] = (file?.type === 'link' && UNIT_LINK.exec(path)) || [];
  return unit !== undefined && units.has(scope === 'user' ? `${unit} (user)` : unit);
}

const byPath = (files: readonly FileRecord[]) => new Map(files.map((file) => [file.path, file]));

/** It is told among the files whose modes matter most. */
const hasOwnPart = (file: FileRecord) => isSetuid(file) || isOpen(file);

function contentChange(name: string, was: FileRecord | undefined, is: FileRecord | undefined): Change | undefined {
  if (was === undefined) return is && { name, after: whatItIs(is) };
  if (is === undefined) return { name, before: whatItIs(was) };
  const [old, now] = [whatItIs(was), whatItIs(is)];
  return old === now ? undefined : { name, before: old, after: now };
}

/** Its content, as far as one knows it. */
function whatItIs({ type, sha256, target, size }: FileRecord): string {
  if (type === 'link') return `link to ${target ?? ''}`;
  return type === 'file' ? `${size} bytes, sha256:${sha256 ?? ''}` : type;
}

/** By name; their content counts between builds of one kernel only. */
function moduleChanges(before: readonly FileRecord[], after: readonly FileRecord[]): readonly Change[] {
  const [old, now] = [modulesIn(before), modulesIn(after)];
  const names = [...new Set([...old.keys(), ...now.keys()])].sort();
  return names.flatMap((name): readonly Change[] => {
    const [was, is] = [old.get(name), now.get(name)];
    if (was === undefined || is === undefined) {
      return [{ name, ...(was && { before: '' }), ...(is && { after: '' }) }];
    }
    const isSame = was.kernel !== is.kernel || was.sha256 === is.sha256;
    return isSame ? [] : [{ name, before: `sha256:${was.sha256}`, after: `sha256:${is.sha256}` }];
  });
}

function modulesIn(files: readonly FileRecord[]): ReadonlyMap<string, { kernel: string; sha256: string }> {
  return new Map(
    files.flatMap(({ path, sha256 = '' }) => {
      const [, kernel, name] = MODULE.exec(path) ?? [];
      return kernel === undefined || name === undefined ? [] : [[name.replaceAll('-', '_'), { kernel, sha256 }]];
    }),
  );
}
