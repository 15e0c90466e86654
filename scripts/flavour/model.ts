import type { Span } from '../diagnostic/index.ts';
import type {
  Budgets,
  DeviceEntry,
  HardwareFile,
  InstallationDisk,
  OptionValue,
  StartedUnit,
  VulnerabilityEntry,
} from './source-files.ts';

/** A value and the place in a source file that set it. */
export interface Sourced<T> {
  readonly value: T;
  readonly at: Span;
}

/** Who brought an entry: a component's name, or `flavour NAME`. */
export type Bringer = string;

/** A flavour after `extends`, its components and its base are merged. Plain and serialisable; every entry knows its place. */
export interface ResolvedFlavour {
  readonly name: string;
  readonly summary: string;
  readonly at: Span;
  /** The flavour with what it extends, and a variant's choices; the furthest first. */
  readonly layers: readonly { readonly name: string; readonly at: Span }[];
  readonly base: ResolvedBase;
  /** The computer that it is for, where it is for one. */
  readonly hardware?: ResolvedHardware;
  readonly system: {
    readonly lang: Sourced<string>;
    readonly keyboard: Sourced<string>;
    readonly timezone: Sourced<string>;
    readonly hostname: Sourced<string>;
  };
  /** Locales beside `system.lang` that people on the system can choose. */
  readonly languages: readonly Sourced<string>[];
  /** In the order in which they take effect: what a component requires stands before it. */
  readonly components: readonly ResolvedComponent[];
  readonly options: readonly ResolvedOption[];
  readonly packages: readonly ResolvedPackage[];
  readonly units: readonly ResolvedUnit[];
  /** Units of each user's own manager. */
  readonly userUnits: readonly ResolvedUnit[];
  readonly kernelArguments: readonly ResolvedKernelArgument[];
  /** Commands that components bring, for what only an installer can do. */
  readonly kickstart: readonly ResolvedCommand[];
  readonly directories: readonly ResolvedDirectory[];
  readonly files: readonly ResolvedFile[];
  readonly links: readonly ResolvedLink[];
  readonly post: readonly ResolvedScript[];
  readonly users: readonly ResolvedUser[];
  readonly sshKeys: readonly (Brought & { readonly user: string; readonly key: string })[];
  /** Risks that the flavour takes knowingly, and where it says so. */
  readonly acknowledged: readonly Sourced<string>[];
  /** What was found out about vulnerabilities; what a flavour says goes before what its components and its base do. */
  readonly vulnerabilities: readonly ResolvedStatement[];
  /** What weakens the system and may; the flavour's word counts before its components' and its base's. */
  readonly posture: readonly ResolvedPosture[];
  readonly budgets: Budgets;
  readonly budgetPlaces: Readonly<Partial<Record<keyof Budgets, Span>>>;
  /** An installer medium may wipe disks without asking; only where a flavour says so. */
  readonly unattended?: Sourced<boolean>;
  /** What people know it by, behind `Phyllome OS`, where that is not its name. */
  readonly edition?: Sourced<string>;
  /** What `build` makes of it when nobody says; where the flavour does not say either, it is the engine's matter. */
  readonly outputs?: Sourced<readonly string[]>;
  /** Which disk an installer medium takes, where its answers name none. */
  readonly installationDisk?: Sourced<InstallationDisk>;
  /** Check ids in the order to ask: what measures an idle system comes before what wakes it. */
  readonly checks: readonly string[];
  /** Logical names that the base says it does not have, and that were left out. */
  readonly gaps: readonly {
    readonly kind: NameKind;
    readonly logical: string;
    readonly reason: string;
    readonly at: Span;
  }[];
}

export type NameKind = 'packages' | 'units' | 'paths';

export interface ResolvedBase {
  readonly name: string;
  readonly at: Span;
  /** Its name and those of the bases that it extends. */
  readonly is: readonly string[];
  readonly features: readonly string[];
  readonly family: 'deb' | 'rpm';
  readonly release: string;
  /** `2027-06-02`: the last day on which the distribution mends security faults in it. */
  readonly endOfLife?: Sourced<string>;
  readonly kickstartVersion: string;
  readonly initramfs: 'dracut';
  /** The main repository is the first. */
  readonly repositories: readonly Repository[];
  readonly rootSizeMiB?: Sourced<number>;
  /** What its own presets start, and no component has to speak of. */
  readonly starts: readonly StartedUnit[];
}

export interface ResolvedHardware {
  readonly name: string;
  readonly summary: string;
  readonly power: HardwareFile['power'];
  readonly at: Span;
  /** The line of the flavour that asks for it; absent where the command line does. */
  readonly askedAt?: Span;
  /** Those of which the profile says which device they are. */
  readonly devices: readonly {
    readonly name: string;
    readonly kind: DeviceEntry['kind'];
    readonly handOver: DeviceEntry['handOver'];
    /** In the words of `/etc/phyllome/hand-over`. */
    readonly selector: string;
    readonly at: Span;
  }[];
}

export interface Repository {
  readonly id: string;
  readonly at: Span;
  readonly baseurl?: string;
  readonly mirrorlist?: string;
  readonly suite?: string;
  readonly components?: readonly string[];
  readonly keyring?: string;
  /** The list of its files is signed, too. */
  readonly signedIndex?: boolean;
  /** Where it is as it was at a time, with `{{time}}` in it. */
  readonly snapshot?: string;
  /** It holds the distribution's security updates. */
  readonly security?: boolean;
}

export interface ResolvedComponent {
  readonly name: string;
  readonly summary: string;
  /** Where it was asked for: a line of the flavour, or of the component that requires it. */
  readonly at: Span;
  readonly requiredBy?: string;
}

export interface ResolvedOption extends Sourced<OptionValue> {
  readonly component: string;
  readonly name: string;
  readonly doc: string;
  readonly isDefault: boolean;
}

interface Brought {
  readonly by: Bringer;
  readonly at: Span;
}

export interface ResolvedPackage extends Brought {
  readonly name: string;
  readonly logical: string;
  /** The line of the base file that gives the name; absent where the flavour gives it itself. */
  readonly mapped?: Span;
  readonly reason?: string;
}

/** What a systemd preset can say of a unit. */
export type Preset = 'enable' | 'disable' | 'mask';

/** What the preset says of a unit, who wants it so, and why. */
export interface PresetUnit {
  readonly name: string;
  readonly preset: Preset;
  readonly component: string;
  readonly reason: string;
}

export interface ResolvedUnit extends Brought {
  readonly name: string;
  readonly logical: string;
  /** The line of the base file that gives the name; absent where it is given itself, or an overlay brings the unit. */
  readonly mapped?: Span;
  readonly preset: Preset;
  readonly reason: string;
}

export interface ResolvedKernelArgument extends Brought {
  readonly argument: string;
  readonly reason: string;
}

export interface ResolvedCommand extends Brought {
  readonly command: string;
  readonly reason: string;
}

interface Ownership {
  readonly mode: string;
  readonly owner: string;
  readonly group: string;
  /** An SELinux type that the policy would not give the path. */
  readonly selinux?: string;
}

export interface ResolvedDirectory extends Brought, Ownership {
  readonly path: string;
}

export interface ResolvedFile extends Brought, Ownership {
  readonly path: string;
  /** The overlay file, as diagnostics and the map name it. */
  readonly source: string;
  /** Text where the bytes are UTF-8 without NUL, else base64. */
  readonly content: { readonly text: string } | { readonly base64: string };
  /** For each line of the text, the line of the source; absent where they are the same. */
  readonly lines?: readonly number[];
  /** Its content is nobody else's business. */
  readonly secret?: true;
  /** It took the place of another component's file. */
  readonly overrides?: boolean;
}

export interface ResolvedLink extends Brought {
  readonly path: string;
  readonly target: string;
}

export interface ResolvedScript extends Brought {
  readonly source: string;
  readonly text: string;
  /** As for files. */
  readonly lines?: readonly number[];
  readonly reason: string;
}

/** A statement about a vulnerability, in OpenVEX's words. */
export interface VulnerabilityStatement {
  readonly id: string;
  /** The distribution's name of a package, or of its source. */
  readonly package: string;
  readonly status: VulnerabilityEntry['status'];
  readonly justification?: NonNullable<VulnerabilityEntry['justification']>;
  readonly reason: string;
  /** `2027-06-02`: the last day on which it counts. */
  readonly until: string;
}

/** Kinds of what weakens a system. */
export type PostureKind = 'file' | 'group' | 'setting' | 'unit' | 'port';

/** What weakens a system and may be, with the reason. */
export interface PostureReason {
  readonly kind: PostureKind;
  readonly name: string;
  /** As the schema tells for each kind; empty for a port. */
  readonly is: string;
  readonly reason: string;
}

export interface ResolvedPosture extends PostureReason, Brought {}

export interface ResolvedStatement extends VulnerabilityStatement, Brought {}

export interface ResolvedUser extends Brought {
  readonly name: string;
  readonly gecos?: string;
  readonly groups: readonly string[];
  readonly shell?: string;
  readonly uid?: number;
  /** A secret: it reaches the kickstart and nothing else. */
  readonly passwordHash?: string;
}
