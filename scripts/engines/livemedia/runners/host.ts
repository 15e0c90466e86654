import type { MachineFacts } from '../machine-facts.ts';
import type { Output } from '../output.ts';
import { releaseLoops } from './release-loops.ts';
import type { CreatorRunner } from './runner.ts';

/** Program on the builder → the Fedora package that has it. */
const programs = {
  'livemedia-creator': 'lorax',
  anaconda: 'lorax-lmc-novirt',
  ksvalidator: 'pykickstart',
  unshare: 'util-linux',
  losetup: 'util-linux',
  'mkfs.ext4': 'e2fsprogs',
};

const isoPrograms = {
  mksquashfs: 'squashfs-tools',
  xorriso: 'xorriso',
  mkefiboot: 'lorax',
  implantisomd5: 'isomd5sum',
  'grub2-mkimage': 'grub2-tools',
};

const programsOf: Readonly<Record<Output, Readonly<Record<string, string>>>> = {
  iso: isoPrograms,
  raw: { kpartx: 'kpartx' },
  qcow2: { kpartx: 'kpartx', 'qemu-img': 'qemu-img' },
  pxe: { mksquashfs: 'squashfs-tools' },
  tar: { xz: 'xz' },
};

/**
 * On Fedora itself, in private mount and process namespaces: what is mounted nobody else sees, and all of it is gone when
 * the program is. /tmp is private too, since livemedia-creator moves every `/tmp/*log` into its own logs.
 */
export const host: CreatorRunner = {
  id: 'host',
  summary: 'on this Fedora machine, as root',
  refuse: (facts, { output, release }) => [
    ...refuseDistribution(facts, release),
    ...(facts.isRoot ? [] : ['livemedia-creator must be run by root']),
    ...missingPrograms(facts, { ...programs, ...programsOf[output] }),
    ...(facts.hasLoopDevices ? [] : ['there is no /dev/loop-control: load the module loop']),
    ...(facts.hasEnglish ? [] : [`Anaconda starts with the locale en_US.UTF-8 alone (dnf install ${englishLocale})`]),
    ...(facts.worksInTmp ? ['the work directory lies in /tmp, which the build replaces; set PHYLLOME_CACHE'] : []),
  ],
  paths: ({ work, kickstartName }) => ({
    kickstart: `${work}/${kickstartName}`,
    result: `${work}/result`,
    temporary: `${work}/tmp`,
    logs: `${work}/logs`,
  }),
  outside: (_, path) => path,
  installerLogs: ({ work }) => `${work}/private-tmp`,
  prepare: () => [],
  inside: ({ work }, argv) => [
    ...(['unshare', '--mount', '--propagation=private'] as const),
    '--pid',
    '--fork',
    '--kill-child',
    '--mount-proc',
    '--',
    'sh',
    '-euc',
    'mount --bind "$0" /tmp; exec "$@"',
    `${work}/private-tmp`,
    ...argv,
  ],
  fetchLogs: () => [],
  fetchResult: () => [],
  clean: ({ work }) => [
    {
      id: 'release',
      title: 'Releasing loop devices and the installer’s lock',
      argv: ['sh', '-uc', releaseScript, work],
      needs: ['root'],
    },
  ],
};

/**
 * Mounts end with the namespace, loop devices do not. The lock is left by an Anaconda that was killed; it holds a number
 * of another process namespace, so only the programs that run can tell whether it is in use.
 */
const releaseScript = `${releaseLoops}\npidof -x anaconda > /dev/null || rm -f /run/anaconda.pid`;

/** Whatever the language of the image is, Anaconda itself speaks this one, and ends at once where it is not there. */
export const englishLocale = 'glibc-langpack-en';

/** Fedora packages that a builder of such an output needs. */
export function packagesFor(output: Output): readonly string[] {
  return [...new Set([...Object.values({ ...programs, ...programsOf[output] }), englishLocale])];
}

function refuseDistribution({ distribution }: MachineFacts, release: string): string[] {
  if (distribution.id !== 'fedora') return [`this machine is ${distribution.name}, not Fedora`];
  // Rawhide calls itself by the number that the next release will have.
  if (release === 'rawhide' || distribution.release === release) return [];
  return [
    `this machine is Fedora ${distribution.release}; the builder must be of the release that it builds, ${release}: rpm, dnf and SELinux policy differ`,
  ];
}

function missingPrograms(facts: MachineFacts, wanted: Readonly<Record<string, string>>): string[] {
  const missing = Object.entries(wanted).filter(([program]) => !facts.programs.includes(program));
  if (missing.length === 0) return [];
  const names = missing.map(([program]) => program).join(', ');
  return [`not installed: ${names} (dnf install ${[...new Set(missing.map(([, name]) => name))].join(' ')})`];
}
