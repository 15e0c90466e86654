import type { Budgets } from '../image/manifest.ts';

/** The source files as their JSON Schemas describe them. A value of these types has passed its schema. */

export type PackageEntry = string | { readonly name: string; readonly reason?: string; readonly optional?: boolean };

export interface UnitEntry {
  readonly enable?: string;
  readonly disable?: string;
  readonly mask?: string;
  readonly reason: string;
}

/** What flavours and components alike may say. */
export interface Content {
  readonly packages?: readonly PackageEntry[];
  readonly units?: readonly UnitEntry[];
  readonly kernelArguments?: readonly { readonly argument: string; readonly reason: string }[];
  readonly checks?: readonly string[];
}

export interface FileEntry {
  readonly path: string;
  readonly source?: string;
  readonly mode?: string;
  readonly owner?: string;
  readonly group?: string;
}

export interface ComponentFile extends Content {
  readonly component: string;
  readonly summary: string;
  readonly requires?: readonly string[];
  readonly conflicts?: readonly string[];
  readonly files?: readonly FileEntry[];
  readonly directories?: readonly Omit<FileEntry, 'source'>[];
  readonly links?: readonly { readonly path: string; readonly target: string }[];
  readonly post?: readonly { readonly source: string; readonly reason: string }[];
}

export interface SystemValues {
  readonly lang?: string;
  readonly keyboard?: string;
  readonly timezone?: string;
  readonly hostname?: string;
}

export interface UserEntry {
  readonly name: string;
  readonly gecos?: string;
  readonly groups?: readonly string[];
  readonly shell?: string;
  readonly uid?: number;
  readonly passwordHash?: string;
}

export interface FlavourFile extends Content {
  readonly flavour: string;
  readonly summary: string;
  readonly extends?: string;
  readonly base?: string;
  readonly components?: readonly string[];
  readonly system?: SystemValues;
  readonly users?: readonly UserEntry[];
  readonly sshKeys?: readonly { readonly user: string; readonly key: string }[];
  readonly budgets?: Budgets;
}

/** A distribution's name or names for a logical one, or why it has none. */
export type NameMapping = string | readonly string[] | { readonly missing: string };

export interface BaseFile {
  readonly base: string;
  readonly summary: string;
  readonly family: 'deb' | 'rpm';
  readonly release: string;
  readonly kickstartVersion: string;
  readonly initramfs: 'dracut';
  readonly repositories: readonly {
    readonly id: string;
    readonly baseurl?: string;
    readonly mirrorlist?: string;
    readonly suite?: string;
    readonly components?: readonly string[];
    readonly keyring?: string;
  }[];
  readonly defaults: Required<SystemValues> & { readonly rootSizeMiB?: number };
  readonly names: {
    readonly packages: Readonly<Record<string, NameMapping>>;
    readonly units: Readonly<Record<string, NameMapping>>;
    readonly paths: Readonly<Record<string, NameMapping>>;
  };
}

/** The kinds of source file, by the key that names one. */
export interface SourceKinds {
  flavour: FlavourFile;
  component: ComponentFile;
  base: BaseFile;
}

export type SourceKind = keyof SourceKinds;
