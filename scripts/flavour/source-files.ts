// Made by `npm run types` from the schemas in kickstarts/schema. Edit those, not this.

/** What to append, or what to append and what to leave out. */
export type EditsOfComponents =
  | readonly string[]
  | {
      readonly add?: readonly string[];
      /** What extended flavours and components brought, and this one leaves out. */
      readonly remove?: readonly string[];
    };

/** What a flavour says for a component's option. */
export type OptionValue = string | number | boolean | readonly (string | number)[];

/** What to append, or what to append and what to leave out. */
export type EditsOfPackages =
  | readonly PackageEntry[]
  | {
      readonly add?: readonly PackageEntry[];
      /** What extended flavours and components brought, and this one leaves out. */
      readonly remove?: readonly string[];
    };

/** A package by its logical name, or by the distribution's own. */
export type PackageEntry =
  | string
  | {
      readonly name: string;
      readonly exact?: never;
      readonly reason?: string;
      /** true: left out, without an error, where the base says that it has no such package. */
      readonly optional?: boolean;
    }
  | {
      readonly name?: never;
      /** The base's own name, for a package that has no logical one. */
      readonly exact: string;
      readonly reason?: string;
      /** true: left out, without an error, where the base says that it has no such package. */
      readonly optional?: boolean;
    };

/** What to append, or what to append and what to leave out. */
export type EditsOfUnits =
  | readonly UnitEntry[]
  | {
      readonly add?: readonly UnitEntry[];
      /** What extended flavours and components brought, and this one leaves out. */
      readonly remove?: readonly string[];
    };

/** What the systemd preset says about a unit, and why. */
export type UnitEntry =
  | {
      readonly enable: UnitName;
      readonly disable?: never;
      readonly mask?: never;
      readonly reason: string;
      /** true: a unit of each user's own manager (`systemctl --user`), not of the system's. */
      readonly user?: boolean;
      readonly when?: When;
      /** true: takes the place of what was said about the unit before. */
      readonly override?: boolean;
    }
  | {
      readonly enable?: never;
      readonly disable: UnitName;
      readonly mask?: never;
      readonly reason: string;
      /** true: a unit of each user's own manager (`systemctl --user`), not of the system's. */
      readonly user?: boolean;
      readonly when?: When;
      /** true: takes the place of what was said about the unit before. */
      readonly override?: boolean;
    }
  | {
      readonly enable?: never;
      readonly disable?: never;
      readonly mask: UnitName;
      readonly reason: string;
      /** true: a unit of each user's own manager (`systemctl --user`), not of the system's. */
      readonly user?: boolean;
      readonly when?: When;
      /** true: takes the place of what was said about the unit before. */
      readonly override?: boolean;
    };

/** A logical name is translated by the base file. */
export type UnitName =
  | string
  | {
      readonly exact: string;
    };

/** What an option or another fact must be. */
export type WhenValue =
  | string
  | number
  | boolean
  | readonly (string | number)[]
  | {
      readonly not: OptionValue;
    };

/** What to append, or what to append and what to leave out. */
export type EditsOfKernelArguments =
  | readonly KernelArgumentEntry[]
  | {
      readonly add?: readonly KernelArgumentEntry[];
      /** What extended flavours and components brought, and this one leaves out. */
      readonly remove?: readonly string[];
    };

export type PostureEntry =
  | {
      /** Setuid, setgid, with capabilities, or open to everybody. `is:` has mode and owner (`4755 root:root`), or the capabilities as getcap tells them. */
      readonly file: string;
      readonly group?: never;
      readonly setting?: never;
      readonly unit?: never;
      readonly port?: never;
      readonly is?: string;
      readonly reason: string;
      readonly when?: When;
      /** Where it is so; on all bases when absent. */
      readonly bases?: readonly string[];
    }
  | {
      readonly file?: never;
      /** `is:` has its members, with a comma and a space between. */
      readonly group: string;
      readonly setting?: never;
      readonly unit?: never;
      readonly port?: never;
      readonly is?: string;
      readonly reason: string;
      readonly when?: When;
      /** Where it is so; on all bases when absent. */
      readonly bases?: readonly string[];
    }
  | {
      readonly file?: never;
      readonly group?: never;
      /** One that a package sets. `is:` has its value. Those that a component sets stand in its `settings:`. */
      readonly setting: string;
      readonly unit?: never;
      readonly port?: never;
      readonly is?: string;
      readonly reason: string;
      readonly when?: When;
      /** Where it is so; on all bases when absent. */
      readonly bases?: readonly string[];
    }
  | {
      readonly file?: never;
      readonly group?: never;
      readonly setting?: never;
      /** `is:` has the exposure that it may have at most, by `systemd-analyze security`. */
      readonly unit: string;
      readonly port?: never;
      readonly is?: string;
      readonly reason: string;
      readonly when?: When;
      /** Where it is so; on all bases when absent. */
      readonly bases?: readonly string[];
    }
  | {
      readonly file?: never;
      readonly group?: never;
      readonly setting?: never;
      readonly unit?: never;
      /** `is:` is not needed. */
      readonly port: string;
      readonly is?: string;
      readonly reason: string;
      readonly when?: When;
      /** Where it is so; on all bases when absent. */
      readonly bases?: readonly string[];
    };

/** A component that comes along, perhaps only where a condition holds. */
export type Requirement =
  | string
  | {
      readonly component: string;
      readonly when: When;
    };

/** A package by its logical name, or by the distribution's own. */
export type LogicalPackage =
  | string
  | {
      readonly name: string;
      readonly exact?: never;
      readonly reason?: string;
      /** true: left out, without an error, where the base says that it has no such package. */
      readonly optional?: boolean;
      readonly when?: When;
    }
  | {
      readonly name?: never;
      /** The base's own name, for a package that has no logical one. */
      readonly exact: string;
      readonly reason?: string;
      /** true: left out, without an error, where the base says that it has no such package. */
      readonly optional?: boolean;
      readonly when?: When;
    };

/** The distribution's name or names for a logical package, or why it has none. */
export type PackageMapping =
  | string
  | readonly string[]
  | {
      readonly missing: string;
    };

/** The distribution's name or names for a logical unit, or why it has none. */
export type UnitMapping =
  | string
  | readonly string[]
  | {
      readonly missing: string;
    };

/** The distribution's path for a logical one, or why it has none. */
export type PathMapping =
  | string
  | {
      readonly missing: string;
    };

/** What a file holds, by its kind. */
export interface SchemaKinds {
  readonly flavour: FlavourFile;
  readonly component: ComponentFile;
  readonly base: BaseFile;
  readonly hardware: HardwareFile;
  readonly overlay: OverlayFile;
}

/** What a user builds: components on a base, with the values of one system. */
export interface FlavourFile {
  readonly flavour: string;
  readonly summary: string;
  readonly doc?: string;
  readonly extends?: string;
  /** What it is for; all bases when absent. */
  readonly bases?: readonly string[];
  readonly base?: string;
  /** The computer that the image is for: its firmware, its kernel arguments, and what it hands to guests. */
  readonly hardware?: string;
  readonly components?: EditsOfComponents;
  readonly options?: Options;
  readonly system?: SystemValues;
  readonly users?: readonly UserEntry[];
  readonly sshKeys?: readonly SshKeyEntry[];
  readonly packages?: EditsOfPackages;
  readonly units?: EditsOfUnits;
  readonly kernelArguments?: EditsOfKernelArguments;
  /** Folders of files laid over the root tree after all components, relative to the directory that holds `flavours/`. Owner, mode and SELinux type of what differs stand in the folder's `overlay.yaml`. */
  readonly overlays?: readonly string[];
  /** Questions asked of the booted image; `scripts/checks/` answers them. */
  readonly checks?: readonly (
    | 'desktop-session'
    | 'disabled-units-not-running'
    | 'doctor'
    | 'enabled-units'
    | 'first-user-wizard'
    | 'guest-templates'
    | 'handed-over'
    | 'idle-memory'
    | 'iommu-groups'
    | 'kernel-arguments'
    | 'keys-keep-guests'
    | 'kiosk-session'
    | 'kvm-nested'
    | 'libvirt-answers'
    | 'listening-sockets'
    | 'login-prompt'
    | 'machine-identity'
    | 'no-default-password'
    | 'no-failed-units'
    | 'no-open-login'
    | 'preset-kept'
    | 'protection'
    | 'reached-multi-user'
    | 'running-services'
    | 'swtpm-tpm2'
    | 'system-name'
    | 'vfio-loaded'
  )[];
  /** What the flavour does although it weakens the host, and was read about: `acs-override`, `automatic-login` (on a disk). */
  readonly acknowledge?: readonly ('acs-override' | 'automatic-login')[];
  /** What somebody found out about a known vulnerability in a package of the image, until when that counts, and why. `phyllome cves` shows it apart; builds write it beside the bills of materials (OpenVEX, CycloneDX). */
  readonly vulnerabilities?: readonly VulnerabilityEntry[];
  /** What gives somebody another's powers, or is less protected than it could be, and may be: files, groups, kernel settings, services, ports. `phyllome posture` compares it with a built image; what is in no list is a finding. */
  readonly posture?: readonly PostureEntry[];
  readonly budgets?: Budgets;
  readonly budgetsOn?: BudgetsOn;
  /** An installer medium of this flavour wipes the disks of the computer that it boots on, without asking. */
  readonly unattended?: boolean;
  /** What people know the system by, behind `Phyllome OS`: in boot menus, and in the firmware's list of what it can start. The flavour's name when absent. */
  readonly edition?: string;
  /** What `build` makes unless `--output` says something else; the first that a computer starts is what `test` and `run` take. */
  readonly outputs?: readonly ('live-iso' | 'installer-iso' | 'disk-raw' | 'disk-qcow2' | 'pxe' | 'oci' | 'tar')[];
  readonly installationDisk?: InstallationDisk;
  readonly override?: SingleValues;
  readonly matrix?: Matrix;
}

export interface Options {
  readonly [k: string]: {
    readonly [k: string]: OptionValue;
  };
}

/** Values of the installed system. What is left out comes from the base's defaults. */
export interface SystemValues {
  readonly lang?: string;
  /** Further languages that people on the system can choose. */
  readonly languages?: readonly string[];
  readonly keyboard?: string;
  readonly timezone?: string;
  readonly hostname?: string;
}

/** An account of the installed system. */
export interface UserEntry {
  readonly name: string;
  readonly gecos?: string;
  /** `administrators` is the group that may use sudo, whatever the base calls it. */
  readonly groups?: readonly string[];
  readonly shell?: string;
  readonly uid?: number;
  /** Without one the account has no password and is entered by its SSH key. */
  readonly passwordHash?: string;
}

/** A public key that lets its owner in as a user. */
export interface SshKeyEntry {
  readonly user: string;
  readonly key?: string;
  /** Each of its lines is a key. From the home directory (`~/`), absolute, or relative to the directory that holds `flavours/`. */
  readonly keyFile?: string;
}

/** The entry counts where all hold: `option: value`, `component.option: value`, `base: feature`, or `system.lang: value` and its like. A list means any of its values, `not:` none of them. */
export interface When {
  readonly [k: string]: WhenValue;
}

/** A word of the kernel command line, and why it is there. */
export interface KernelArgumentEntry {
  readonly argument: string;
  readonly reason: string;
  readonly when?: When;
  /** true: takes the place of what was said about the argument before. */
  readonly override?: boolean;
}

export interface VulnerabilityEntry {
  /** As the distribution's security data calls it; where nobody gave it a number, by the distribution's own name. */
  readonly id: string;
  readonly package: string;
  /** As OpenVEX has them. The first and the third take it off the list of what is open. */
  readonly status: 'not_affected' | 'affected' | 'fixed' | 'under_investigation';
  /** Why it is not affected; with `not_affected`, and with nothing else. */
  readonly justification?:
    | 'component_not_present'
    | 'vulnerable_code_not_present'
    | 'vulnerable_code_not_in_execute_path'
    | 'vulnerable_code_cannot_be_controlled_by_adversary'
    | 'inline_mitigations_already_exist';
  readonly reason: string;
  /** The last day on which it counts: somebody has to look again. */
  readonly until: string;
  /** Where it is so; on all bases when absent. */
  readonly bases?: readonly string[];
}

/** Limits that checks enforce. */
export interface Budgets {
  /** MemTotal − MemAvailable at idle. */
  readonly idleMemoryMiB?: number;
  /** Running services of the system manager at idle. */
  readonly runningServices?: number;
  /** Size of the live ISO. */
  readonly imageMiB?: number;
}

/** On a base of this name, and those that extend it, in place of `budgets:`. */
export interface BudgetsOn {
  readonly [k: string]: Budgets;
}

/** Which disk of a computer an installer medium of this flavour takes where an answer file names none with `ignoredisk --only-use`. Where more or fewer disks fit than are expected, nothing is installed. */
export interface InstallationDisk {
  /** One of its names below `/dev`, such as `nvme0n1`, `disk/by-id/ata-*` or `disk/by-path/pci-0000:02:00.0-nvme-1`; `*`, `?` and `[…]` as in a shell. */
  readonly names?: readonly string[];
  /** What it is attached to, as `lsblk` calls it. */
  readonly buses?: readonly ('nvme' | 'sata' | 'ata' | 'sas' | 'scsi' | 'usb' | 'virtio' | 'mmc')[];
  /** It has at least that much. A disk that is sold as 500 GB has 465 GiB. */
  readonly minimumGiB?: number;
  /** It has at most that much. */
  readonly maximumGiB?: number;
  /** true: it turns; false: it has no moving parts. */
  readonly rotational?: boolean;
  /** true: nothing is on it, even where answers say `clearpart --all`; false: something is. */
  readonly empty?: boolean;
  /** How many disks must fit: 1 when absent. */
  readonly matches?: number;
}

/** Values of which a flavour has one: a layer that changes one says so here. Two layers that set one value differently without saying so are an error. */
export interface SingleValues {
  readonly base?: string;
  /** The computer that the image is for: its firmware, its kernel arguments, and what it hands to guests. */
  readonly hardware?: string;
  readonly options?: Options;
  readonly system?: SystemValues;
  readonly budgets?: Budgets;
  readonly budgetsOn?: BudgetsOn;
  /** An installer medium of this flavour wipes the disks of the computer that it boots on, without asking. */
  readonly unattended?: boolean;
  /** What people know the system by, behind `Phyllome OS`: in boot menus, and in the firmware's list of what it can start. The flavour's name when absent. */
  readonly edition?: string;
  /** What `build` makes unless `--output` says something else; the first that a computer starts is what `test` and `run` take. */
  readonly outputs?: readonly ('live-iso' | 'installer-iso' | 'disk-raw' | 'disk-qcow2' | 'pxe' | 'oci' | 'tar')[];
  readonly installationDisk?: InstallationDisk;
}

/** Each combination is a flavour of its own, named FLAVOUR-VALUE-VALUE… in the order of the axes. */
export interface Matrix {
  readonly axes: {
    readonly [k: string]: Axis;
  };
  readonly exclude?: readonly Exclusion[];
}

/** One choice among several: each value makes variants of the flavour, named after it. */
export interface Axis {
  readonly doc?: string;
  /** true: variants may leave the choice out, and are named without it. */
  readonly optional?: boolean;
  readonly values: {
    readonly [k: string]: AxisValue;
  };
}

/** What one value of a matrix adds to the flavour. */
export interface AxisValue {
  readonly summary?: string;
  /** What it is for; all bases when absent. */
  readonly bases?: readonly string[];
  readonly base?: string;
  /** The computer that the image is for: its firmware, its kernel arguments, and what it hands to guests. */
  readonly hardware?: string;
  readonly components?: EditsOfComponents;
  readonly options?: Options;
  readonly system?: SystemValues;
  readonly users?: readonly UserEntry[];
  readonly sshKeys?: readonly SshKeyEntry[];
  readonly packages?: EditsOfPackages;
  readonly units?: EditsOfUnits;
  readonly kernelArguments?: EditsOfKernelArguments;
  /** Folders of files laid over the root tree after all components, relative to the directory that holds `flavours/`. Owner, mode and SELinux type of what differs stand in the folder's `overlay.yaml`. */
  readonly overlays?: readonly string[];
  /** Questions asked of the booted image; `scripts/checks/` answers them. */
  readonly checks?: readonly (
    | 'desktop-session'
    | 'disabled-units-not-running'
    | 'doctor'
    | 'enabled-units'
    | 'first-user-wizard'
    | 'guest-templates'
    | 'handed-over'
    | 'idle-memory'
    | 'iommu-groups'
    | 'kernel-arguments'
    | 'keys-keep-guests'
    | 'kiosk-session'
    | 'kvm-nested'
    | 'libvirt-answers'
    | 'listening-sockets'
    | 'login-prompt'
    | 'machine-identity'
    | 'no-default-password'
    | 'no-failed-units'
    | 'no-open-login'
    | 'preset-kept'
    | 'protection'
    | 'reached-multi-user'
    | 'running-services'
    | 'swtpm-tpm2'
    | 'system-name'
    | 'vfio-loaded'
  )[];
  /** What the flavour does although it weakens the host, and was read about: `acs-override`, `automatic-login` (on a disk). */
  readonly acknowledge?: readonly ('acs-override' | 'automatic-login')[];
  /** What somebody found out about a known vulnerability in a package of the image, until when that counts, and why. `phyllome cves` shows it apart; builds write it beside the bills of materials (OpenVEX, CycloneDX). */
  readonly vulnerabilities?: readonly VulnerabilityEntry[];
  /** What gives somebody another's powers, or is less protected than it could be, and may be: files, groups, kernel settings, services, ports. `phyllome posture` compares it with a built image; what is in no list is a finding. */
  readonly posture?: readonly PostureEntry[];
  readonly budgets?: Budgets;
  /** An installer medium of this flavour wipes the disks of the computer that it boots on, without asking. */
  readonly unattended?: boolean;
  /** What people know the system by, behind `Phyllome OS`: in boot menus, and in the firmware's list of what it can start. The flavour's name when absent. */
  readonly edition?: string;
  /** What `build` makes unless `--output` says something else; the first that a computer starts is what `test` and `run` take. */
  readonly outputs?: readonly ('live-iso' | 'installer-iso' | 'disk-raw' | 'disk-qcow2' | 'pxe' | 'oci' | 'tar')[];
  readonly installationDisk?: InstallationDisk;
  readonly override?: SingleValues;
}

/** A combination of values that is no flavour, and why. */
export interface Exclusion {
  readonly when: {
    readonly [k: string]: string | readonly string[];
  };
  readonly reason: string;
}

/** One capability of the system: packages, units, kernel arguments, files and checks. Files below `rootfs/` are laid over the root tree. */
export interface ComponentFile {
  readonly component: string;
  readonly summary: string;
  readonly doc?: string;
  /** What it is for; all bases when absent. */
  readonly bases?: readonly string[];
  /** A flavour sets them below `options:`; `when:` and templates (`.hbs`) read them. */
  readonly options?: {
    readonly [k: string]: OptionDefinition;
  };
  /** Components that come along, before this one. */
  readonly requires?: readonly Requirement[];
  readonly conflicts?: readonly string[];
  readonly refuses?: readonly Refusal[];
  /** Each entry is a logical name, which the base file translates, or `exact:` the distribution's own, perhaps with a reason. */
  readonly packages?: readonly LogicalPackage[];
  /** What the systemd preset says about a unit, and why. Names are logical; the base file translates them. */
  readonly units?: readonly UnitEntry[];
  readonly kernelArguments?: readonly KernelArgumentEntry[];
  /** What somebody found out about a known vulnerability in a package of the image, until when that counts, and why. `phyllome cves` shows it apart; builds write it beside the bills of materials (OpenVEX, CycloneDX). */
  readonly vulnerabilities?: readonly VulnerabilityEntry[];
  /** What gives somebody another's powers, or is less protected than it could be, and may be: files, groups, kernel settings, services, ports. `phyllome posture` compares it with a built image; what is in no list is a finding. */
  readonly posture?: readonly PostureEntry[];
  /** For the component's page; tests hold it against the files. */
  readonly settings?: readonly SettingEntry[];
  /** What only the installer can do, such as disks. `{{option}}` stands for an option's value. */
  readonly kickstart?: readonly CommandEntry[];
  /** Questions asked of the booted image; `scripts/checks/` answers them. */
  readonly checks?: readonly (
    | 'desktop-session'
    | 'disabled-units-not-running'
    | 'doctor'
    | 'enabled-units'
    | 'first-user-wizard'
    | 'guest-templates'
    | 'handed-over'
    | 'idle-memory'
    | 'iommu-groups'
    | 'kernel-arguments'
    | 'keys-keep-guests'
    | 'kiosk-session'
    | 'kvm-nested'
    | 'libvirt-answers'
    | 'listening-sockets'
    | 'login-prompt'
    | 'machine-identity'
    | 'no-default-password'
    | 'no-failed-units'
    | 'no-open-login'
    | 'preset-kept'
    | 'protection'
    | 'reached-multi-user'
    | 'running-services'
    | 'swtpm-tpm2'
    | 'system-name'
    | 'vfio-loaded'
  )[];
  /** Files of `rootfs/` need no entry: they belong to root with mode 0644, or 0755 where the source is executable. */
  readonly files?: readonly FileEntry[];
  readonly directories?: readonly DirectoryEntry[];
  readonly links?: readonly LinkEntry[];
  /** Run in the target after all files are in place; for what no file can say. */
  readonly post?: readonly ScriptEntry[];
}

/** What a component can be asked to do differently. Without a default, a flavour must give a value. */
export interface OptionDefinition {
  readonly doc: string;
  readonly type: 'enum' | 'boolean' | 'string' | 'integer' | 'list';
  readonly default?: OptionValue;
  /** Of an enum. */
  readonly values?: readonly string[];
  /** Of a string, or of each entry of a list. */
  readonly pattern?: string;
  /** Shown to whoever gives one that it does not. */
  readonly example?: string;
  /** What a string, or each entry of a list, is where no pattern can tell: an IPv4 or IPv6 address, where releases are published, a public key of minisign. An empty string is allowed. */
  readonly format?: 'address' | 'address-with-prefix' | 'release-address' | 'minisign-key';
  readonly minimum?: number;
  readonly maximum?: number;
}

/** A condition under which the component cannot be in a flavour. */
export interface Refusal {
  readonly when: When;
  readonly reason: string;
}

/** A value of the kernel or of a program that a file or kernel argument of the component sets. */
export interface SettingEntry {
  readonly setting: string;
  /** What it would be. */
  readonly was: string;
  /** What the component makes of it. */
  readonly value: string;
  readonly reason: string;
  /** Where the reason can be read, or what was measured. */
  readonly source: string;
  readonly when?: When;
}

/** A kickstart command, and why it is there. */
export interface CommandEntry {
  readonly command: string;
  readonly reason: string;
  readonly when?: When;
}

/** A file that differs from the default owner, mode or place. */
export interface FileEntry {
  readonly path: string;
  /** Only for a file outside `rootfs/`. */
  readonly source?: string;
  readonly mode?: string;
  readonly owner?: string;
  readonly group?: string;
  /** Whether its content is nobody else's business: then kickstart, image, logs and printed plans are their owner's alone. When absent: where `mode:` lets nobody else read it. */
  readonly secret?: boolean;
  readonly reason?: string;
  readonly when?: When;
  /** Only where the policy's own answer for the path is not right. */
  readonly selinux?: string;
  /** true: takes the place of the file that was to be there before. */
  readonly override?: boolean;
}

/** A directory to make. */
export interface DirectoryEntry {
  readonly path: string;
  readonly mode?: string;
  readonly owner?: string;
  readonly group?: string;
  readonly reason?: string;
  readonly when?: When;
  /** Only where the policy's own answer for the path is not right. */
  readonly selinux?: string;
}

/** A symbolic link to make. */
export interface LinkEntry {
  readonly path: string;
  readonly target: string;
  readonly reason?: string;
  readonly when?: When;
}

/** A script that runs in the target once all files are in place. */
export interface ScriptEntry {
  readonly source: string;
  readonly reason: string;
  readonly when?: When;
}

/** A distribution and release below the flavours: where packages come from, and what its names for things are. */
export interface BaseFile {
  readonly base: string;
  readonly summary: string;
  readonly doc?: string;
  readonly extends?: string;
  readonly family?: 'deb' | 'rpm';
  /** A base without one is only there to be extended. */
  readonly release?: string;
  /** The last day on which the distribution mends security faults in this release. Stands beside `release`; a base that extends this one with another release does not have it. */
  readonly endOfLife?: string;
  readonly kickstartVersion?: string;
  readonly initramfs?: 'dracut';
  /** What components may ask for with `when: {base: NAME}`: what differs between distributions beside names. */
  readonly features?: readonly string[];
  readonly repositories?: readonly RepositoryEntry[];
  /** What somebody found out about a known vulnerability in a package of the image, until when that counts, and why. `phyllome cves` shows it apart; builds write it beside the bills of materials (OpenVEX, CycloneDX). */
  readonly vulnerabilities?: readonly VulnerabilityEntry[];
  /** What gives somebody another's powers, or is less protected than it could be, and may be: files, groups, kernel settings, services, ports. `phyllome posture` compares it with a built image; what is in no list is a finding. */
  readonly posture?: readonly PostureEntry[];
  /** What starts by the distribution's own presets wherever its package is, and no component speaks of. Every other unit of an image that starts unasked is an error. */
  readonly starts?: readonly StartedUnit[];
  readonly defaults?: {
    readonly lang?: string;
    readonly keyboard?: string;
    readonly timezone?: string;
    readonly hostname?: string;
    /** Size of `/` where an engine makes a disk image of it. */
    readonly rootSizeMiB?: number;
  };
  readonly names?: {
    readonly packages?: {
      readonly [k: string]: PackageMapping;
    };
    readonly units?: {
      readonly [k: string]: UnitMapping;
    };
    readonly paths?: {
      readonly [k: string]: PathMapping;
    };
    readonly groups?: {
      readonly [k: string]: string;
    };
  };
}

/** A package repository. */
export interface RepositoryEntry {
  readonly id: string;
  readonly baseurl?: string;
  readonly mirrorlist?: string;
  readonly suite?: string;
  readonly components?: readonly string[];
  /** Whose packages are taken: in the tree of tools that packages are installed with (`/usr/share/keyrings/…`, `/usr/share/distribution-gpg-keys/…`), or for RPM packages anywhere on the computer that builds. `$releasever` in it is the release. */
  readonly keyring?: string;
  /** Of RPM packages: the list of the repository's files, repomd.xml, is signed by the same key, too, and nothing is taken where it is not. */
  readonly signedIndex?: boolean;
  /** Where the repository is as it was at a time, written `20261129T005314Z`: `build --locked` asks there for what the mirror no longer has. */
  readonly snapshot?: string;
  /** The distribution publishes its security updates here: `lock --check` looks for newer versions in it. */
  readonly security?: boolean;
}

/** A unit that the distribution starts. */
export interface StartedUnit {
  readonly unit: string;
  /** It is one of each user's own manager. */
  readonly user?: boolean;
  readonly reason: string;
}

/** One computer: what its firmware must be told, what it needs, and what it hands to guests. A flavour names it below `hardware:`. */
export interface HardwareFile {
  readonly hardware: string;
  readonly summary: string;
  readonly doc?: string;
  /** What it runs on, and what it may use. */
  readonly power: 'laptop' | 'desktop' | 'server' | 'virtual';
  /** As `/sys/class/dmi/id` has them (`sys_vendor`, `product_name` or `product_version`, `board_name`): `phyllome hardware check` knows the computer by them. */
  readonly computer?: {
    readonly vendor?: string;
    readonly product?: string;
    readonly board?: string;
  };
  readonly cpu: {
    /** Brings the processor's microcode. */
    readonly vendor: 'amd' | 'intel' | 'any';
    readonly generation?: string;
    /** false: the image carries none, as on virtual machines. */
    readonly microcode?: boolean;
  };
  /** What has to be set in the firmware set-up, in its vendor's words. */
  readonly firmwareSettings?: readonly FirmwareSetting[];
  /** Firmware and other things that the hardware needs. */
  readonly components?: readonly string[];
  readonly devices?: readonly DeviceEntry[];
  readonly virtualFunctions?: readonly DividedCard[];
  readonly mediatedDevices?: readonly MediatedDevice[];
  /** What must be given to one guest together; ports and bridges are left out. */
  readonly iommuGroups?: readonly IommuGroup[];
  readonly quirks?: readonly Quirk[];
  /** true: devices without a guest are not put to sleep, as one of them does not come back. */
  readonly keepAwake?: boolean;
  readonly kernelArguments?: readonly KernelArgumentEntry[];
  readonly works?: readonly Experience[];
  readonly verified: {
    /** `probe`: a dump of the computer itself. `documentation`: only what its makers and users wrote. */
    readonly by: 'probe' | 'documentation' | 'nothing';
    readonly note?: string;
  };
  readonly sources?: readonly string[];
}

/** What has to be set in the firmware set-up, in its vendor's words. */
export interface FirmwareSetting {
  readonly name: string;
  readonly menu?: string;
  readonly value: string;
  readonly reason: string;
}

/** A device of a computer, and whether guests get it. */
export interface DeviceEntry {
  readonly name: string;
  readonly kind: 'graphics' | 'audio' | 'usb' | 'network' | 'wireless' | 'nvme' | 'sata' | 'other';
  /** Where it is. With `id:`, only that card is handed over there. */
  readonly address?: string;
  /** Vendor and device. Without `address:` or `slot:` it means every such card. */
  readonly id?: string;
  /** All functions there, if the first is of the device's kind. */
  readonly slot?: string;
  /** `at-boot`: no driver of the host ever has it. `on-demand`: libvirt takes it when the guest starts. `never`: the host needs it. */
  readonly handOver: 'at-boot' | 'on-demand' | 'never';
  readonly note?: string;
}

/** A card that divides itself into virtual functions (SR-IOV). */
export interface DividedCard {
  readonly name: string;
  readonly address: string;
  readonly count: number;
}

/** A part of a device that its driver makes for a guest. */
export interface MediatedDevice {
  readonly name: string;
  readonly parent: string;
  readonly type: string;
  readonly uuid: string;
}

/** Devices that one guest gets together or not at all. */
export interface IommuGroup {
  readonly devices: readonly string[];
  readonly note?: string;
}

/** An oddity of the computer, and what helps. */
export interface Quirk {
  readonly what: string;
  readonly remedy?: string;
}

/** What was tried on the computer, and how it went. */
export interface Experience {
  readonly what: string;
  readonly result: 'works' | 'partly' | 'fails' | 'untried';
  readonly source?: string;
}

/** What differs from the rule that each file of the folder belongs to root with mode 0644, or 0755 where it is executable. */
export interface OverlayFile {
  /** Files of `rootfs/` need no entry: they belong to root with mode 0644, or 0755 where the source is executable. */
  readonly files?: readonly FileEntry[];
  readonly directories?: readonly DirectoryEntry[];
  readonly links?: readonly LinkEntry[];
}
