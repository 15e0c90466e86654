import type { Step } from '../../../plan/index.ts';
import { englishLocale } from './host.ts';
import type { CreatorRunner, CreatorRunnerRequest } from './runner.ts';

/** Packages that the chroot needs besides mock's own. */
const packages = ['lorax', 'lorax-lmc-novirt', 'pykickstart', 'qemu-img', englishLocale];

/** Where the build happens inside the chroot. */
const inside = '/phyllome';

/**
 * mock copies out as the user who called it, with the group mock; what is made inside belongs to root. Others on this
 * machine see nothing: a kickstart may hold the hash of a password.
 */
const makeDirectories = 'mkdir -p "$0/tmp" "$0/logs"; chgrp mock "$0"; chmod 0710 "$0"';
const openResult = 'chgrp -R mock "$0/result"; chmod -R g+rX "$0/result"';
/** Of an Anaconda that was stopped the logs are still where it writes them. */
const gatherLogs = [
  'mkdir -p "$0/logs/anaconda"; cp -n /tmp/*log /tmp/anaconda-tb-* "$0/logs/anaconda" 2> /dev/null',
  'chgrp -R mock "$0/logs"; chmod -R g+rX "$0/logs"',
].join('; ');

/**
 * In mock's chroot of the wanted release. Isolation `simple`, since systemd-nspawn gives no loop devices; mock makes the
 * loop nodes, the modules come from the host.
 */
export const mock: CreatorRunner = {
  id: 'mock',
  summary: 'in a mock chroot of the wanted release',
  refuse: (facts, { release }) => [
    ...(facts.programs.includes('mock') ? [] : ['not installed: mock (dnf install mock)']),
    ...(facts.isRoot || facts.groups.includes('mock') ? [] : ['the user is not in the group mock']),
    ...(facts.hasLoopDevices ? [] : ['there is no /dev/loop-control: load the module loop']),
    ...(facts.programs.includes('mock') && !facts.mockConfigurations.includes(configurationFor(release))
      ? [`mock has no configuration /etc/mock/${configurationFor(release)}.cfg (dnf install mock-core-configs)`]
      : []),
  ],
  paths: ({ kickstartName }) => ({
    kickstart: `${inside}/${kickstartName}`,
    result: `${inside}/result`,
    temporary: `${inside}/tmp`,
    logs: `${inside}/logs`,
  }),
  outside: (request, path) => `${chrootDirectory(request)}${path}`,
  installerLogs: (request) => `${chrootDirectory(request)}/tmp`,
  prepare: (request) => [
    step(request, 'mock-init', 'Making the chroot', ['--init'], ['network']),
    step(request, 'mock-install', 'Installing livemedia-creator in it', ['--install', ...packages], ['network']),
    step(request, 'mock-directories', 'Making directories in it', [
      '--isolation=simple',
      '--chroot',
      '--',
      'sh',
      '-uc',
      makeDirectories,
      inside,
    ]),
    step(request, 'mock-copy-in', 'Copying the kickstart into it', [
      '--copyin',
      `${request.work}/${request.kickstartName}`,
      `${inside}/${request.kickstartName}`,
    ]),
  ],
  inside: (request, argv) => command(request, ['--isolation=simple', '--enable-network', '--chroot', '--', ...argv]),
  fetchLogs: (request) => [
    step(request, 'mock-gather-logs', 'Collecting the logs in it', [
      '--isolation=simple',
      '--chroot',
      '--',
      'sh',
      '-uc',
      gatherLogs,
      inside,
    ]),
    // mock refuses to copy a directory to where one is.
    {
      id: 'mock-logs-place',
      title: 'Making room for them',
      argv: ['rm', '-rf', '--', `${request.work}/logs`],
      needs: [],
    },
    step(request, 'mock-copy-logs', 'Copying the logs out', ['--copyout', `${inside}/logs`, `${request.work}/logs`]),
  ],
  fetchResult: (request) => [
    step(request, 'mock-open-result', 'Letting its user read the result', [
      '--isolation=simple',
      '--chroot',
      '--',
      'sh',
      '-uc',
      openResult,
      inside,
    ]),
    step(request, 'mock-copy-result', 'Copying the result out', [
      '--copyout',
      `${inside}/result`,
      `${request.work}/result`,
    ]),
  ],
  clean: (request) => [
    step(request, 'mock-orphans', 'Ending what still runs in the chroot', ['--orphanskill']),
    step(request, 'mock-clean', 'Removing the chroot', ['--clean']),
  ],
};

export function configurationFor(release: string): string {
  return `fedora-${release}-x86_64`;
}

/** mock's default `basedir`. */
function chrootDirectory({ release, runName }: CreatorRunnerRequest): string {
  return `/var/lib/mock/${configurationFor(release)}-${runName}/root`;
}

function command({ release, runName }: CreatorRunnerRequest, words: readonly string[]): [string, ...string[]] {
  return ['mock', `--root=${configurationFor(release)}`, `--uniqueext=${runName}`, ...words];
}

function step(
  request: CreatorRunnerRequest,
  id: string,
  title: string,
  words: readonly string[],
  needs: Step['needs'] = [],
): Step {
  return { id, title, argv: command(request, words), needs };
}
