import type { Output } from '../../livemedia/output.ts';

/** A part of livemedia-creator's work that a person can follow. It begins with the first line that matches, and ends when a later one begins. */
export interface Phase {
  readonly id: string;
  readonly title: string;
  readonly begins: RegExp;
  /** Lines within it that tell how far it is; the groups are done, total and what is being done. */
  readonly counts?: RegExp;
  /** It writes this file in livemedia-creator's own work directory: its size tells how far it is. */
  readonly grows?: string;
  readonly outputs?: readonly Output[];
}

/** In the order in which they come. The markers are those of lorax 46 and Anaconda 43 to 45. */
const phases: readonly Phase[] = [
  { id: 'begin', title: 'Checks', begins: /livemedia-creator v|disk_img = |Using disk size of/ },
  { id: 'anaconda', title: 'Starting Anaconda', begins: /Running anaconda\.|Starting installer, one moment/ },
  { id: 'resolve', title: 'Resolving packages', begins: /Installing the software|Gathering installation summary/ },
  {
    id: 'download',
    title: 'Downloading packages',
    begins: /Downloading packages|Downloading \d+ RPMs/,
    counts: /Downloading (?<total>\d+) RPMs, (?<what>.+ done)/,
  },
  {
    id: 'packages',
    title: 'Installing packages',
    begins: /Preparing transaction from installation source|Installing \S+ \(\d+\/\d+\)/,
    counts: /Installing (?<what>\S+) \((?<done>\d+)\/(?<total>\d+)\)/,
  },
  {
    id: 'scriptlets',
    title: 'Running packages’ scriptlets',
    begins: /Configuring \S+\.(?:x86_64|noarch|i686|aarch64)\b|Performing post-installation setup tasks/,
    counts: /Configuring (?<what>\S+\.(?:x86_64|noarch|i686|aarch64))/,
  },
  {
    id: 'boot-loader',
    title: 'Installing the boot loader',
    begins: /Installing boot loader/,
    outputs: ['raw', 'qcow2'],
  },
  { id: 'configure', title: 'Configuring the system', begins: /Configuring installed system|Creating users/ },
  { id: 'initramfs', title: 'Building the initramfs', begins: /Generating initramfs/ },
  {
    id: 'post',
    title: 'Running %post scripts',
    begins: /Storing configuration files and kickstarts|Running post-installation scripts/,
  },
  { id: 'finish-install', title: 'Finishing the installation', begins: /(?:^|\s)Complete!/ },
  {
    id: 'squashfs',
    title: 'Packing the root tree',
    begins: /Creating a \S+ (?:only )?runtime|working dir is/,
    grows: 'images/install.img',
    outputs: ['iso'],
  },
  {
    id: 'rootfs',
    title: 'Packing the root tree',
    begins: /Packing live rootfs image/,
    grows: 'live-rootfs.squashfs.img',
    outputs: ['pxe'],
  },
  {
    id: 'dracut',
    title: 'Building the live initramfs',
    begins: /Rebuilding initrds|rebuilding boot\/|Rebuilding initramfs for live/,
    outputs: ['iso', 'pxe'],
  },
  { id: 'iso', title: 'Writing the ISO', begins: /Building boot\.iso|running x86\.tmpl/, outputs: ['iso'] },
  { id: 'convert', title: 'Converting to qcow2', begins: /Converting \S+ to qcow2/, outputs: ['qcow2'] },
];

export function phasesOf(output: Output): readonly Phase[] {
  return phases.filter((phase) => phase.outputs?.includes(output) ?? true);
}

/** The line that says that all went well. */
export const successMarker = /Results are in /;
