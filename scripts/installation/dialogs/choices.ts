import type { Dump } from '../../hardware/index.ts';
import type { RootTree } from '../answers/root-tree.ts';
import type { Computer, Disk } from '../computer/computer.ts';
import type { Offer } from '../devices/offers.ts';
import type { Machine } from '../machine.ts';
import type { Medium } from '../medium/medium.ts';

/** All that the dialogs ask. An answer file is made of it. */
export interface Choices {
  readonly locale: string;
  readonly keyboard: Keyboard;
  readonly disk: Disk;
  readonly layout: DiskLayout;
  /** Absent where the disk is not encrypted. */
  readonly encryption?: { readonly passphrase: string; readonly byTpm: boolean } | undefined;
  readonly hostName: string;
  readonly network: NetworkChoice;
  readonly timeZone: string;
  /** What guests have from the start on. */
  readonly devices?: readonly Offer[] | undefined;
  readonly administrator: Administrator;
}

export interface Keyboard {
  /** Of the console: `de-latin1`. */
  readonly keymap: string;
  /** Of X and of Debian's console-setup: `de`. */
  readonly layout: string;
}

export interface DiskLayout {
  readonly type: 'plain' | 'lvm';
  readonly fileSystem: 'ext4' | 'xfs' | 'btrfs';
}

export type NetworkChoice =
  | { readonly kind: 'dhcp' }
  | {
      readonly kind: 'static';
      readonly device: string;
      readonly address: string;
      readonly netmask: string;
      readonly gateway: string;
      readonly nameServers: readonly string[];
    };

export interface Administrator {
  readonly name: string;
  /** Groups of the system that make an administrator. */
  readonly groups: readonly string[];
  /** As /etc/shadow has it; absent for who comes by key alone. */
  readonly passwordHash?: string | undefined;
  readonly sshKeys: readonly string[];
}

/** What was chosen until now. */
export type Draft = Partial<Choices> & { readonly dialogLanguage?: string };

/** What questions are asked about. */
export interface Around {
  readonly machine: Machine;
  readonly computer: Computer;
  readonly medium: Medium;
  readonly tree: RootTree;
  /** Where the system lies that is installed. */
  readonly root: string;
  /** What the hardware probe tells; undefined where it told nothing. */
  readonly dump: () => Dump | undefined;
}
