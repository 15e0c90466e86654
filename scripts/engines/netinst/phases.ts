import { type InstallPhase, installPhases } from '../anaconda/index.ts';

/** What an installation in a machine of its own goes through: the machine starts, then all is Anaconda's. */
export const phases: readonly InstallPhase[] = [
  { id: 'boot', title: 'Starting the installer’s system', begins: /Linux version \d|Booting|dracut/ },
  ...installPhases({ isDisk: true }),
];

/** The last thing that Anaconda says of an installation that went well. */
export const installedMarker = /(?:^|\s)Complete!|Installation complete|Storing configuration files and kickstarts/;
