/** The source files as their JSON Schemas describe them. A value of these types has passed its schema. */

/** Under which an entry counts: own options, `component.option`, or `base` for what the base has. All must hold. */
export type When = Readonly<Record<string, WhenValue>>;
export type WhenValue = OptionValue | { readonly not: OptionValue };
export type OptionValue = string | number | boolean | readonly (string | number)[];

interface Conditional {
  readonly when?: When;
}

export type PackageEntry = LogicalPackage | ExactPackage;

export type LogicalPackage =
  | string
  | (Conditional & { readonly name: string; readonly reason?: string; readonly optional?: boolean });

/** A package by the distribution's own name, in a flavour that knows its base. */
export interface ExactPackage {
  readonly exact: string;
  readonly reason?: string;
}

export interface UnitEntry extends Conditional {
  readonly enable?: string;
  readonly disable?: string;
  readonly mask?: string;
  readonly reason: string;
  /** A unit of each user's own manager, not of the system's. */
  readonly user?: boolean;
  /** Takes the place of what was said about the unit before. */
  readonly override?: boolean;
}

export interface KernelArgumentEntry extends Conditional {
  readonly argument: string;
  readonly reason: string;
  readonly override?: boolean;
}

/** A list to append, or what to append and what to leave out. */
export type Edits<T> = readonly T[] | { readonly add?: readonly T[]; readonly remove?: readonly string[] };

export interface FileEntry extends Conditional {
  readonly path: string;
  readonly source?: string;
  readonly mode?: string;
  readonly owner?: string;
  readonly group?: string;
  readonly selinux?: string;
  /** Takes the place of the file that was to be there before. */
  readonly override?: boolean;
  readonly reason?: string;
}

/** A value of the kernel or of a program that a file or kernel argument of the component sets. */
export interface SettingEntry extends Conditional {
  /** `vm.swappiness`, a path below /sys, or a word of the kernel command line. */
  readonly setting: string;
  /** What it would be. */
  readonly was: string;
  readonly value: string;
  readonly reason: string;
  /** Where the reason can be read, or what was measured. */
  readonly source: string;
}

/** What a component can be asked to do differently. */
export interface OptionDefinition {
  readonly doc: string;
  readonly type: 'enum' | 'boolean' | 'string' | 'integer' | 'list';
  /** Without one, a flavour must give a value. */
  readonly default?: OptionValue;
  /** Of an enum. */
  readonly values?: readonly string[];
  /** Of a string, or of each entry of a list. */
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** `overlay.yaml` of a folder of files. */
export interface OverlayFolderFile {
  readonly files?: readonly FileEntry[];
  readonly directories?: readonly Omit<FileEntry, 'source'>[];
  readonly links?: readonly (Conditional & {
    readonly path: string;
    readonly target: string;
    readonly reason?: string;
  })[];
}

export interface ComponentFile extends OverlayFolderFile {
  readonly component: string;
  readonly summary: string;
  readonly doc?: string;
  /** The bases, or what they extend, that this component is for; all when absent. */
  readonly bases?: readonly string[];
  readonly options?: Readonly<Record<string, OptionDefinition>>;
  readonly requires?: readonly (string | (Conditional & { readonly component: string }))[];
  readonly conflicts?: readonly string[];
  readonly refuses?: readonly { readonly when: When; readonly reason: string }[];
  readonly packages?: readonly LogicalPackage[];
  readonly units?: readonly UnitEntry[];
  readonly kernelArguments?: readonly KernelArgumentEntry[];
  /** Documentation that tests hold against the files. */
  readonly settings?: readonly SettingEntry[];
  readonly kickstart?: readonly (Conditional & { readonly command: string; readonly reason: string })[];
  readonly checks?: readonly string[];
  readonly post?: readonly (Conditional & { readonly source: string; readonly reason: string })[];
}

export interface SystemValues {
  readonly lang?: string;
  readonly keyboard?: string;
  readonly timezone?: string;
  readonly hostname?: string;
}

/** Limits that checks enforce. */
export interface Budgets {
  /** MemTotal − MemAvailable at idle, in MiB. */
  readonly idleMemoryMiB?: number;
  /** Running services of the system manager at idle. */
  readonly runningServices?: number;
  /** Size of the live ISO, in MiB. */
  readonly imageMiB?: number;
}

/** Values of which a flavour has one: a layer that changes one says so below `override:`. */
export interface SingleValues {
  readonly base?: string;
  readonly hardware?: string;
  readonly system?: SystemValues;
  readonly budgets?: Budgets;
  /** By base: for it and those that extend it, in place of `budgets`. */
  readonly budgetsOn?: Readonly<Record<string, Budgets>>;
  readonly options?: Readonly<Record<string, Readonly<Record<string, OptionValue>>>>;
  readonly unattended?: boolean;
}

export interface UserEntry {
  readonly name: string;
  readonly gecos?: string;
  readonly groups?: readonly string[];
  readonly shell?: string;
  readonly uid?: number;
  readonly passwordHash?: string;
}

/** What a flavour says, and what each value of a matrix adds to it. */
export interface FlavourContent extends SingleValues {
  /** The bases, or what they extend, that it is for; all when absent. */
  readonly bases?: readonly string[];
  readonly override?: SingleValues;
  readonly components?: Edits<string>;
  readonly packages?: Edits<PackageEntry>;
  readonly units?: Edits<UnitEntry>;
  readonly kernelArguments?: Edits<KernelArgumentEntry>;
  /** Folders of files, relative to the directory that holds `flavours/`. */
  readonly overlays?: readonly string[];
  readonly checks?: readonly string[];
  /** Risks that the flavour takes knowingly. */
  readonly acknowledge?: readonly 'acs-override'[];
  readonly users?: readonly UserEntry[];
  readonly sshKeys?: readonly { readonly user: string; readonly key: string }[];
}

/** One choice among several: each value makes variants of the flavour, named after it. */
export interface Axis {
  readonly doc?: string;
  /** Variants may leave the choice out. */
  readonly optional?: boolean;
  readonly values: Readonly<Record<string, FlavourContent & { readonly summary?: string }>>;
}

export interface Matrix {
  readonly axes: Readonly<Record<string, Axis>>;
  readonly exclude?: readonly {
    readonly when: Readonly<Record<string, string | readonly string[]>>;
    readonly reason: string;
  }[];
}

export interface FlavourFile extends FlavourContent {
  readonly flavour: string;
  readonly summary: string;
  readonly extends?: string;
  readonly matrix?: Matrix;
}

/** A distribution's name or names for a logical one, or why it has none. */
export type NameMapping = string | readonly string[] | { readonly missing: string };

/** A base as its file says it. One that extends another may leave anything out. */
export interface BaseFile {
  readonly base: string;
  readonly summary: string;
  readonly extends?: string;
  readonly family?: 'deb' | 'rpm';
  /** A base without one is only there to be extended. */
  readonly release?: string;
  readonly kickstartVersion?: string;
  readonly initramfs?: 'dracut';
  /** What `when: {base: …}` of components asks for. */
  readonly features?: readonly string[];
  readonly repositories?: readonly {
    readonly id: string;
    readonly baseurl?: string;
    readonly mirrorlist?: string;
    readonly suite?: string;
    readonly components?: readonly string[];
    readonly keyring?: string;
  }[];
  readonly defaults?: SystemValues & { readonly rootSizeMiB?: number };
  readonly names?: {
    readonly packages?: Readonly<Record<string, NameMapping>>;
    readonly units?: Readonly<Record<string, NameMapping>>;
    readonly paths?: Readonly<Record<string, NameMapping>>;
    readonly groups?: Readonly<Record<string, string>>;
  };
}

/** A device of a computer, and whether guests get it. */
export interface DeviceEntry {
  readonly name: string;
  readonly kind: 'graphics' | 'audio' | 'usb' | 'network' | 'wireless' | 'nvme' | 'sata' | 'other';
  readonly address?: string;
  readonly id?: string;
  readonly slot?: string;
  readonly handOver: 'at-boot' | 'on-demand' | 'never';
  readonly note?: string;
}

/** A computer as its file says it. */
export interface HardwareFile {
  readonly hardware: string;
  readonly summary: string;
  readonly power: 'laptop' | 'desktop' | 'server' | 'virtual';
  readonly computer?: { readonly vendor?: string; readonly product?: string; readonly board?: string };
  readonly cpu: {
    readonly vendor: 'amd' | 'intel' | 'any';
    readonly generation?: string;
    readonly microcode?: boolean;
  };
  readonly firmwareSettings?: readonly {
    readonly name: string;
    readonly menu?: string;
    readonly value: string;
    readonly reason: string;
  }[];
  readonly components?: readonly string[];
  readonly devices?: readonly DeviceEntry[];
  readonly virtualFunctions?: readonly { readonly name: string; readonly address: string; readonly count: number }[];
  readonly mediatedDevices?: readonly {
    readonly name: string;
    readonly parent: string;
    readonly type: string;
    readonly uuid: string;
  }[];
  readonly iommuGroups?: readonly { readonly devices: readonly string[]; readonly note?: string }[];
  readonly quirks?: readonly { readonly what: string; readonly remedy?: string }[];
  readonly keepAwake?: boolean;
  readonly kernelArguments?: readonly KernelArgumentEntry[];
  readonly works?: readonly {
    readonly what: string;
    readonly result: 'works' | 'partly' | 'fails' | 'untried';
    readonly source?: string;
  }[];
  readonly verified: { readonly by: 'probe' | 'documentation' | 'nothing'; readonly note?: string };
  readonly sources?: readonly string[];
}

/** The kinds of source file, by the key that names one. */
export interface SourceKinds {
  flavour: FlavourFile;
  component: ComponentFile;
  base: BaseFile;
  hardware: HardwareFile;
}

export type SourceKind = keyof SourceKinds;

/** What else has a schema: a file that lies in a folder and has no name of its own. */
export interface SchemaKinds extends SourceKinds {
  overlay: OverlayFolderFile;
}

export type SchemaKind = keyof SchemaKinds;
