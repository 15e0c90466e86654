import type { LivemediaTarget } from 'kickstart-parser';
import { type OutputId, outputFacts } from '../../outputs/index.ts';

export const OUTPUTS = ['iso', 'raw', 'qcow2', 'pxe', 'tar'] as const;

/** What livemedia-creator is asked to make. */
export type Output = (typeof OUTPUTS)[number];

export interface OutputKind {
  /** The word for `--output`. */
  readonly output: OutputId;
  /** Which of livemedia-creator's demands on the kickstart apply. */
  readonly lintTarget: LivemediaTarget;
  /** The system is installed on a disk of its own, with partitions and a boot loader. */
  readonly isDisk: boolean;
  /** The options that ask for it; `name` is the result's name without ending. */
  readonly options: (name: string) => readonly string[];
  /** Names of the results, as shell patterns below the result directory. */
  readonly results: (name: string) => readonly string[];
  /** How often the size of the installed system may lie on disk at once: file system image, squashfs, image. */
  readonly diskFactor: number;
}

export const outputKinds: Readonly<Record<Output, OutputKind>> = {
  iso: {
    output: 'live-iso',
    lintTarget: 'iso',
    isDisk: false,
    // The name is honoured with --iso-only alone.
    options: (name) => ['--make-iso', '--iso-only', `--iso-name=${name}.iso`],
    results: (name) => [`${name}.iso`],
    diskFactor: 2,
  },
  raw: {
    output: 'disk-raw',
    lintTarget: 'disk',
    isDisk: true,
    options: (name) => ['--make-disk', `--image-name=${name}.raw`],
    results: (name) => [`${name}.raw`],
    diskFactor: 1,
  },
  qcow2: {
    output: 'disk-qcow2',
    lintTarget: 'disk',
    isDisk: true,
    options: (name) => ['--make-disk', '--image-type=qcow2', `--image-name=${name}.qcow2`],
    results: (name) => [`${name}.qcow2`],
    diskFactor: 2,
  },
  pxe: {
    output: 'pxe',
    lintTarget: 'filesystem',
    isDisk: false,
    options: () => ['--make-pxe-live'],
    results: () => ['vmlinuz-*', 'initramfs-*', 'live-rootfs.squashfs.img', 'PXE_CONFIG'],
    diskFactor: 2,
  },
  tar: {
    output: 'tar',
    lintTarget: 'tar',
    isDisk: false,
    options: (name) => ['--make-tar', `--image-name=${name}.tar.xz`],
    results: (name) => [`${name}.tar.xz`],
    diskFactor: 2,
  },
};

/** What a word for `--output` is called here; the first where none is given. */
export function outputNamed(word: string | undefined): Output {
  return OUTPUTS.find((one) => outputKinds[one].output === word) ?? OUTPUTS[0];
}

export function summaryOf(output: Output): string {
  return outputFacts[outputKinds[output].output].summary;
}
