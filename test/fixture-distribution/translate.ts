import { debianNames } from './debian-names.ts';
import type { DebianPackage } from './debian-package.ts';
import { isLeftOut, leftOut } from './left-out.ts';
import { rpmNameOf, rpmNames } from './names.ts';
import type { OwnFiles } from './own-files.ts';
import { type OwnPackage, ownPackages } from './own-packages.ts';
import { fedoraPath, splitNames, splitOff } from './places.ts';

/** RPMs that are there only where a Debian package is: what the fixture adds to them is nothing by itself. */
const debians = new Set([...rpmNames, ...splitNames, ...Object.values(debianNames).flat().map(rpmNameOf)]);

/** One RPM of the fixture distribution, before anything of it is built. */
export interface FixturePackage {
  readonly name: string;
  /** Of RPM, without a hyphen. */
  readonly version: string;
  readonly summary: string;
  readonly isNoarch: boolean;
  /** The Debian packages that its files are from, with their versions. */
  readonly from: readonly string[];
  readonly requires: readonly string[];
  readonly recommends: readonly string[];
  readonly provides: readonly string[];
  readonly files: readonly PackageFile[];
  /** Links among the files that are made here: `[path, target]`. */
  readonly links: readonly (readonly [string, string])[];
  /** Whether rpmbuild looks for requirements and provisions in its files. */
  readonly looksInside: boolean;
}

export interface PackageFile {
  readonly path: string;
  /** `tree`: the directory and all that is in it. */
  readonly kind: 'file' | 'link' | 'directory' | 'tree';
  readonly isConfiguration: boolean;
  /** Absent where it is root's. */
  readonly group?: string;
}

/** A file that must be elsewhere than where Debian's package put it. */
export interface Move {
  readonly from: string;
  readonly to: string;
}

export interface Translation {
  readonly packages: readonly FixturePackage[];
  readonly moves: readonly Move[];
}

/**
 * Makes RPMs by Fedora's names of Debian packages.
 * @throws when a rule names an RPM for which there is neither a Debian package nor a line of its own
 */
export function translate(debian: readonly DebianPackage[], own: OwnFiles): Translation {
  const taken = debian.filter(({ name }) => !leftOut.has(name));
  const drafts = new Map<string, Draft>();
  const draft = (name: string) => {
    const found = drafts.get(name) ?? new Draft(name);
    drafts.set(name, found);
    return found;
  };
  const base = new Set(debian.find(({ name }) => name === 'base-files')?.entries.map(({ path }) => path));
  const moves: Move[] = [];
  for (const one of taken) {
    draft(rpmNameOf(one.name)).take(one);
    for (const entry of one.entries) {
      if (isLeftOut(entry.path) || entry.path === '/') continue;
      const path = fedoraPath(entry.path);
      if (entry.kind === 'directory' && (path !== entry.path || (base.has(path) && one.name !== 'base-files')))
        continue;
      if (path !== entry.path) moves.push({ from: entry.path, to: path });
      const target = draft(splitOff(one.name, entry.path) ?? rpmNameOf(one.name));
      target.addPart(one);
      target.addFile(path, entry.kind, one.configuration.has(entry.path), entry.group);
    }
  }
  // Of a part of the distribution that is not made, its own files are not either.
  const isMissing = (name: string) => !drafts.has(name) && debians.has(name);
  for (const one of ownPackages) if (!isMissing(one.name)) draft(one.name).own = one;
  for (const [name, texts] of own) {
    if (isMissing(name)) continue;
    for (const path of texts.keys()) draft(name).addFile(path, 'file', path.startsWith('/etc/'));
  }
  const owners = new Map(taken.map(({ name }) => [name, rpmNameOf(name)]));
  for (const { name, provides } of taken)
    for (const other of provides) if (!owners.has(other)) owners.set(other, rpmNameOf(name));
  return {
    packages: [...drafts.values()].map((one) => one.finish(owners)).sort(byName),
    moves: moves.filter((move) => !isUsrSbin(move)),
  };
}

const byName = (one: FixturePackage, other: FixturePackage) => (one.name < other.name ? -1 : 1);

/** The directory is moved as a whole. */
const isUsrSbin = ({ from, to }: Move) => from === to.replace('/usr/bin/', '/usr/sbin/');

class Draft {
  own: OwnPackage | undefined;
  readonly #name: string;
  readonly #parts = new Set<DebianPackage>();
  /** Those whose relations count: of a part that was split off they do not. */
  readonly #whole: DebianPackage[] = [];
  readonly #files = new Map<string, PackageFile>();

  constructor(name: string) {
    this.#name = name;
  }

  take(one: DebianPackage): void {
    this.#whole.push(one);
    this.#parts.add(one);
  }

  addPart(one: DebianPackage): void {
    this.#parts.add(one);
  }

  addFile(path: string, kind: PackageFile['kind'], isConfiguration: boolean, group?: string): void {
    this.#files.set(path, { path, kind, isConfiguration, ...(group !== undefined && { group }) });
  }

  finish(owners: ReadonlyMap<string, string>): FixturePackage {
    const { own } = this;
    const parts = [...this.#parts];
    if (parts.length === 0 && own === undefined) throw new Error(`nothing is known of the package ${this.#name}`);
    for (const path of own?.made ?? [])
      this.addFile(path, isDirectory(path) ? 'tree' : 'file', path.startsWith('/etc/'));
    const links = [...(own?.links ?? []), ...this.#grubLinks()];
    for (const [path] of links) this.addFile(path, 'link', false);
    const named = (relations: readonly (readonly string[])[]) =>
      relations.flatMap(
        (alternatives) => alternatives.map((name) => owners.get(name)).find((name) => name !== undefined) ?? [],
      );
    const requires = new Set([...this.#whole.flatMap(({ depends }) => named(depends)), ...(own?.requires ?? [])]);
    const recommends = new Set(this.#whole.flatMap((one) => named(one.recommends)));
    requires.delete(this.#name);
    recommends.delete(this.#name);
    return {
      name: this.#name,
      version: own?.version ?? rpmVersion(parts[0]?.version ?? '1'),
      summary: parts[0]?.summary ?? 'written for the fixture distribution',
      isNoarch: parts.every(({ architecture }) => architecture === 'all'),
      from: parts.map(({ name, version }) => `${name} ${version}`),
      requires: [...requires].sort(),
      recommends: [...recommends].filter((name) => !requires.has(name)).sort(),
      provides: own?.provides ?? [],
      files: [...this.#files.values()].sort((one, other) => (one.path < other.path ? -1 : 1)),
      links,
      looksInside: own?.plain !== true && this.#hasPrograms(parts),
    };
  }

  /** What has neither programs nor users to make has nothing to find, and looking takes most of the time. */
  #hasPrograms(parts: readonly DebianPackage[]): boolean {
    const files = [...this.#files.keys()];
    return (
      parts.some(({ architecture }) => architecture !== 'all') ||
      files.some((path) => path.startsWith('/usr/lib/sysusers.d/'))
    );
  }

  /** Fedora's GRUB has another name before each program; these find one another by Debian's. */
  #grubLinks(): (readonly [string, string])[] {
    return [...this.#files.keys()].flatMap((path) => {
      const program = /^\/usr\/bin\/grub-(.*)$/.exec(path)?.[1];
      return program === undefined ? [] : [[`/usr/bin/grub2-${program}`, `grub-${program}`] as const];
    });
  }
}

/** Of what `arrange.sh` makes, the directories with all that is in them. */
const isDirectory = (path: string) => /^\/etc\/pki$|^\/usr\/lib\/locale\/|\/selinux\/targeted$/.test(path);

/** Debian's version as RPM takes it: no epoch, and no hyphen before Debian's own part. */
export function rpmVersion(debian: string): string {
  return debian.replace(/^\d+:/, '').replace(/-/g, '.');
}
