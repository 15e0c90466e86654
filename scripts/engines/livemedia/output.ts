import type { LivemediaTarget } from 'kickstart-parser';

export const OUTPUTS = ['iso', 'raw', 'qcow2', 'pxe', 'tar'] as const;

/** What livemedia-creator is asked to make. */
export type Output = (typeof OUTPUTS)[number];

export interface OutputKind {
  readonly summary: string;
  /** Which of livemedia-creator's demands on the kickstart apply. */
  readonly lintTarget: LivemediaTarget;
  /** The system is installed on a disk of its own, with partitions and a boot loader. */
  readonly isDisk: boolean;
  /** The options that ask for it; `name` is the result's name without ending. */
  readonly options: (name: string) => readonly string[];
  /** Names of the results, as shell patterns below the result directory. */
  readonly results: (name: string) => readonly string[];
  /** What a lab boots it as; undefined for what no firmware starts by itself. */
  readonly bootsAs?: 'live-iso' | 'disk';
  /** How often the size of the installed system may lie on disk at once: file system image, squashfs, image. */
  readonly diskFactor: number;
}

export const outputKinds: Readonly<Record<Output, OutputKind>> = {
  iso: {
    summary: 'live ISO for BIOS and UEFI',
    lintTarget: 'iso',
    isDisk: false,
    // The name is honoured with --iso-only alone.
    options: (name) => ['--make-iso', '--iso-only', `--iso-name=${name}.iso`],
    results: (name) => [`${name}.iso`],
    bootsAs: 'live-iso',
    diskFactor: 2,
  },
  raw: {
    summary: 'raw disk image',
    lintTarget: 'disk',
    isDisk: true,
    options: (name) => ['--make-disk', `--image-name=${name}.raw`],
    results: (name) => [`${name}.raw`],
    bootsAs: 'disk',
    diskFactor: 1,
  },
  qcow2: {
    summary: 'qcow2 disk image',
    lintTarget: 'disk',
    isDisk: true,
    options: (name) => ['--make-disk', '--image-type=qcow2', `--image-name=${name}.qcow2`],
    results: (name) => [`${name}.qcow2`],
    bootsAs: 'disk',
    diskFactor: 2,
  },
  pxe: {
    summary: 'kernel, initramfs and root image for booting over the network',
    lintTarget: 'filesystem',
    isDisk: false,
    options: () => ['--make-pxe-live'],
    results: () => ['vmlinuz-*', 'initramfs-*', 'live-rootfs.squashfs.img', 'PXE_CONFIG'],
    diskFactor: 2,
  },
  tar: {
    summary: 'archive of the root tree',
    lintTarget: 'tar',
    isDisk: false,
    options: (name) => ['--make-tar', `--image-name=${name}.tar.xz`],
    results: (name) => [`${name}.tar.xz`],
    diskFactor: 2,
  },
};
