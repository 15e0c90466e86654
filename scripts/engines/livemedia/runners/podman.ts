import { releaseLoops } from './release-loops.ts';
import type { CreatorRunner, CreatorRunnerRequest } from './runner.ts';

/** Where the work directory is inside the container. */
const inside = '/work';

/**
 * In a container made by the recipe in `ci/container`. Rootful and privileged with the host's /dev: the loop devices that
 * the build needs are the host's.
 */
export const podman: CreatorRunner = {
  id: 'podman',
  summary: 'in a privileged container of the wanted release',
  refuse: (facts) => [
    ...(facts.programs.includes('podman') ? [] : ['not installed: podman']),
    ...(facts.isRoot ? [] : ['loop devices need a rootful container: run as root']),
    ...(facts.hasLoopDevices ? [] : ['there is no /dev/loop-control: load the module loop']),
  ],
  paths: ({ kickstartName }) => ({
    kickstart: `${inside}/${kickstartName}`,
    result: `${inside}/result`,
    temporary: `${inside}/tmp`,
    logs: `${inside}/logs`,
  }),
  outside: ({ work }, path) => path.replace(inside, work),
  installerLogs: ({ work }) => `${work}/private-tmp`,
  prepare: (request) => [
    {
      id: 'container-image',
      title: `Making the container image of Fedora ${request.release}`,
      argv: [
        ...(['podman', 'build', `--build-arg=RELEASE=${request.release}`] as const),
        `--tag=${imageOf(request)}`,
        request.containerRecipe,
      ],
      needs: ['network', 'root'],
    },
  ],
  inside: (request, argv) => [
    // An init as first process: without one, a first process that has no handler ignores being asked to end.
    ...(['podman', 'run', '--rm', '--init', `--name=${request.runName}`] as const),
    '--privileged',
    '--security-opt=label=disable',
    '--volume=/dev:/dev',
    `--volume=${request.work}:${inside}`,
    `--volume=${request.work}/private-tmp:/tmp`,
    imageOf(request),
    ...argv,
  ],
  fetchLogs: () => [],
  fetchResult: () => [],
  clean: (request) => [
    {
      id: 'container-remove',
      title: 'Removing the container',
      argv: ['podman', 'rm', '--force', '--ignore', request.runName],
      needs: ['root'],
    },
    {
      id: 'container-loops',
      title: 'Releasing loop devices',
      argv: ['sh', '-uc', releaseLoops, request.work],
      needs: ['root'],
    },
  ],
};

function imageOf({ release }: CreatorRunnerRequest): string {
  return `localhost/phyllome-livemedia:${release}`;
}
