import { type Phase, phasesOf } from '../livemedia/index.ts';

/** What an installation in a machine of its own goes through: the machine starts, then all is Anaconda's. */
export const installPhases: readonly Phase[] = [
  { id: 'boot', title: 'Starting the installer’s system', begins: /Linux version \d|Booting|dracut/ },
  ...phasesOf('raw').filter(({ id }) => id !== 'begin'),
];

/** The last thing that Anaconda says of an installation that went well. */
export const installedMarker = /(?:^|\s)Complete!|Installation complete|Storing configuration files and kickstarts/;
