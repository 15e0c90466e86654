import { refused } from './volume.ts';

/** Volume ids of media that have Anaconda's boot image: Everything (netinst) and Server. Live media install themselves only. */
const installers = /^Fedora-(?:E|S)-(?:dvd|netinst)-x86_64-(\w+)$/;
const others = /^Fedora-(?<edition>[A-Za-z]+)-/;

/**
 * The release of a Fedora installation medium, by its volume id.
 * @throws ReportedError when it is another system's, a live medium, or of another release than `wanted`
 */
export function checkMedium(file: string, volumeId: string, wanted: string): void {
  const release = installers.exec(volumeId)?.[1]?.toLowerCase();
  if (release === wanted) return;
  const hint = `Use Fedora-Everything-netinst-x86_64-${wanted}-….iso from https://fedoraproject.org/misc.`;
  if (release !== undefined) {
    throw refused('iso-wrong-release', `${file} is of Fedora ${release}, and ${wanted} is wanted`, hint);
  }
  const isOther = others.test(volumeId);
  const what = isOther ? 'a Fedora medium that installs only itself' : 'no Fedora installation medium';
  throw refused('iso-wrong-medium', `${file} is ${what} (its volume id is ${volumeId || 'empty'})`, hint);
}
