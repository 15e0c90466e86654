/** What a built system is made of, as far as the manifest does not say: `contents.json` beside it. The files are in `files.gz`. */
export interface Contents {
  readonly schema: 1;
  /** That of the manifest that it belongs to: what is left of an earlier build has another. */
  readonly inputHash: string;
  readonly packages: readonly ContentsPackage[];
  readonly users: readonly Account[];
  readonly groups: readonly Group[];
  /** Every unit file of the system, and of users' own managers. */
  readonly units: readonly UnitState[];
  /** What is set when all files are read, in the order in which systemd-sysctl does. */
  readonly sysctls: readonly Sysctl[];
  /** How exposed services are, by `systemd-analyze security`; absent in contents of earlier versions. */
  readonly exposures?: readonly Exposure[];
  /** Time of the newest package, in seconds: a time that follows from what is inside. */
  readonly newestPackage: number;
  /** Packages of the tools tree, which made the image; boot loaders are taken from them. */
  readonly tools: readonly ToolPackage[];
  /** Of Node.js, which ran the build. */
  readonly node: string;
  /** Of this program. */
  readonly phyllome: string;
}

export interface ContentsPackage {
  /** What kind of package it is; absent for Debian's. */
  readonly kind?: 'rpm';
  readonly name: string;
  readonly version: string;
  readonly architecture: string;
  readonly source: string;
  readonly sourceVersion: string;
  readonly installedKiB: number;
  readonly maintainer: string;
  readonly homepage?: string;
  /** Names that its machine-readable copyright file has for licences of files; empty where it is not machine-readable. */
  readonly licences: readonly string[];
  /** SHA-256 of its .deb. */
  readonly sha256?: string;
  /** Size of its .deb; in contents of earlier versions there is none. */
  readonly debBytes?: number;
  /**
   * Further sources whose code is in it, such as the kernel in its signed package (`Built-Using`); absent where the build did not
   * ask, as in contents of earlier versions.
   */
  readonly builtUsing?: readonly BuiltFrom[];
  /** Each with its alternatives. */
  readonly depends: readonly (readonly string[])[];
  readonly recommends: readonly (readonly string[])[];
  readonly provides: readonly string[];
  readonly essential?: true;
}

export interface Account {
  readonly name: string;
  readonly id: number;
  readonly group: number;
  readonly home: string;
  readonly shell: string;
  readonly password: 'locked' | 'no password' | 'password';
}

export interface Group {
  readonly name: string;
  readonly id: number;
  readonly members: readonly string[];
}

export interface UnitState {
  readonly name: string;
  readonly scope: 'system' | 'user';
  /** In systemctl's words: enabled, disabled, static, masked … */
  readonly state: string;
  /** What the presets say; `-` where they say nothing. */
  readonly preset: string;
}

export interface Exposure {
  readonly unit: string;
  /** From 0 to 10: the larger, the less is kept from it. */
  readonly exposure: number;
}

export interface Sysctl {
  readonly name: string;
  readonly value: string;
  readonly file: string;
}

export interface ToolPackage {
  readonly name: string;
  readonly version: string;
  readonly architecture: string;
  /** The sources that it was built from, its own first; absent in contents of earlier versions. */
  readonly sources?: readonly BuiltFrom[];
}

/** A source package that code is of. */
export interface BuiltFrom {
  readonly source: string;
  readonly version: string;
}

/** A file, directory or link of the system. */
export interface FileRecord {
  readonly path: string;
  readonly type: 'file' | 'directory' | 'link' | 'other';
  /** Four octal digits. */
  readonly mode: string;
  /** `root:root`; a number where it has no name. */
  readonly owner: string;
  readonly size: number;
  /** Of a regular file. */
  readonly sha256?: string;
  /** Of a link. */
  readonly target?: string;
  /** In getcap's words. */
  readonly capabilities?: string;
  /** The package that it is of; absent where nobody's. */
  readonly package?: string;
  /** Configuration wrote it. */
  readonly configured?: true;
}
