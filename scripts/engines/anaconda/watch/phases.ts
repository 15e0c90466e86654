import type { Phase } from '../../../plan/index.ts';

/** A part of the work that a person can follow. It begins with the first line that matches, and ends when a later one begins. */
export interface InstallPhase extends Phase {
  readonly begins: RegExp;
  /** Lines within it that tell how far it is; the groups are done, total and what is being done. */
  readonly counts?: RegExp;
  /** It writes this file in livemedia-creator's own work directory: its size tells how far it is. */
  readonly grows?: string;
}

/** In the order in which they come. The markers are those of Anaconda 43 to 45. */
const phases: readonly (InstallPhase & { readonly onDisk?: true })[] = [
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
    onDisk: true,
  },
  { id: 'configure', title: 'Configuring the system', begins: /Configuring installed system|Creating users/ },
  { id: 'initramfs', title: 'Building the initramfs', begins: /Generating initramfs/ },
  {
    id: 'post',
    title: 'Running %post scripts',
    begins: /Storing configuration files and kickstarts|Running post-installation scripts/,
  },
  { id: 'finish-install', title: 'Finishing the installation', begins: /(?:^|\s)Complete!/ },
];

/** What Anaconda goes through when it installs; only a disk has a boot loader of its own. */
export function installPhases({ isDisk }: { readonly isDisk: boolean }): readonly InstallPhase[] {
  return phases.filter(({ onDisk }) => isDisk || onDisk !== true);
}
