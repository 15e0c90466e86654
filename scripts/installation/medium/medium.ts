import type { KnownComputer } from '../../hardware/index.ts';
import type { DiskSelector } from '../storage/disk-selector.ts';

/** What the medium knows of the system that it installs: what is read of `medium.json`, written when it was made. */
export interface Medium {
  /** `Phyllome OS headless` */
  readonly title: string;
  /** The arguments of the flavour, in their order. */
  readonly kernelArguments: readonly string[];
  /** Seconds that the boot menu of the installed system waits. */
  readonly menuTimeout: number;
  /** What the system takes on a disk, in bytes. */
  readonly rootBytes: number;
  readonly kernelVersion: string;
  readonly components: readonly string[];
  /** Which disk is taken where the answers name none; absent where the flavour does not say. */
  readonly installationDisk?: DiskSelector;
  /** Computers that somebody described. */
  readonly computers: readonly KnownComputer[];
  /** What the initramfs can open. */
  readonly initramfs: Readonly<Record<InitramfsAbility, boolean>>;
}

export type InitramfsAbility = 'crypt' | 'lvm' | 'tpm2' | 'btrfs' | 'xfs';

/** @throws Error where it is not what this program understands: medium and program are of one build, so that is a bug */
export function readMedium(text: string): Medium {
  const value: unknown = JSON.parse(text);
  if (!isMedium(value)) throw new Error('medium.json is not of this program');
  return value;
}

function isMedium(value: unknown): value is Medium {
  if (typeof value !== 'object' || value === null) return false;
  const has = (name: string, kind: string) => typeof Reflect.get(value, name) === kind;
  return (
    Reflect.get(value, 'format') === 1 &&
    ['title', 'kernelVersion'].every((name) => has(name, 'string')) &&
    ['menuTimeout', 'rootBytes'].every((name) => has(name, 'number')) &&
    ['kernelArguments', 'components', 'computers'].every((name) => Array.isArray(Reflect.get(value, name))) &&
    has('initramfs', 'object')
  );
}
