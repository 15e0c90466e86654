import type { KickstartModel } from 'kickstart-parser';
import { outputOf, type Plan, type Step, type WorkStage } from '../../plan/index.ts';
import { type Question, valuesStep } from '../values/index.ts';
import { type CreatorRequest, creatorArguments } from './creator-arguments.ts';
import { lookStep } from './look/look-step.ts';
import { outputKinds, summaryOf } from './output.ts';
import type { CreatorRunner, CreatorRunnerRequest } from './runners/runner.ts';
import { withoutKernelArguments } from './runners/without-arguments.ts';

export interface LivemediaRequest {
  readonly flavour: string;
  readonly base: string;
  readonly kickstart: string;
  /** The kickstart holds the hash of a password. */
  readonly isSecret: boolean;
  /** Where it lies too: a kickstart with a hash is not printed, and whoever pastes the plan needs it. */
  readonly kickstartFile: string;
  readonly model: KickstartModel;
  readonly creator: CreatorRequest;
  readonly runner: CreatorRunner;
  readonly at: Omit<CreatorRunnerRequest, 'work' | 'output' | 'release'>;
  /** What the flavour names and the builder's own system can confirm. */
  readonly questions: readonly Question[];
}

/** Name of the directory in which everything happens. */
export const workName = 'livemedia';

export function runnerRequest(request: LivemediaRequest): CreatorRunnerRequest {
  const { output, release } = request.creator;
  return { ...request.at, output, release, work: outputOf(workName) };
}

/** The plan that makes an image with livemedia-creator. Pure: runs nothing, reads nothing. */
export function planLivemedia(request: LivemediaRequest): Plan {
  const at = runnerRequest(request);
  const { runner, creator } = request;
  const paths = runner.paths(at);
  const logs = `${at.work}/logs`;
  return {
    name: `${request.flavour} on ${request.base}, livemedia-creator, ${summaryOf(creator.output)}, runner ${runner.id}: ${runner.summary}`,
    work: { name: workName, lock: `livemedia-${runner.id}` },
    stages: [
      stage('livemedia', 'Preparing', [placeKickstart(request, at), ...runner.prepare(at)]),
      stage('create', 'livemedia-creator', [
        {
          id: 'validate',
          title: 'Asking the builder’s own pykickstart about the kickstart',
          argv: runner.inside(at, ['ksvalidator', `--version=${request.model.version}`, paths.kickstart]),
          needs: ['root'],
        },
        ...askedOfBuilder(request, at),
        {
          id: 'create',
          watched: true,
          title: 'Installing and making the image',
          argv: runner.inside(at, withoutKernelArguments(paths.temporary, creatorArguments(creator, paths))),
          needs: ['network', 'root', 'loop-devices'],
        },
        lookStep(runner, at, creator, paths),
      ]),
      stage('logs', 'Logs', [...runner.fetchLogs(at), archiveLogs(at, logs)], 'after-failure-too'),
      stage('result', 'Result', [
        ...runner.fetchResult(at),
        ...networkBootArguments(creator, at),
        checksums(creator, at),
      ]),
      stage('clean', 'Cleaning up', [...runner.clean(at), removeWork(at)], 'always'),
    ],
  };
}

/** An installation of an hour is no place to learn of a slip in a key map's name. */
function askedOfBuilder({ runner, questions }: LivemediaRequest, at: CreatorRunnerRequest): Step[] {
  if (questions.length === 0) return [];
  const step = valuesStep('Asking the builder for what is named', questions, '');
  return [{ ...step, argv: runner.inside(at, step.argv) }];
}

function stage(id: string, title: string, steps: readonly Step[], runs: WorkStage['runs'] = 'in-order'): WorkStage {
  return { id, title, runs, steps };
}

/** A fresh work directory: livemedia-creator refuses a result directory that is there. */
function placeKickstart(request: LivemediaRequest, at: CreatorRunnerRequest): Step {
  const script = [
    'umask 077; mkdir -p "$0"; cd "$0"; rm -rf result tmp logs private-tmp',
    'mkdir tmp logs private-tmp; chmod 1777 private-tmp; cat > "$1"',
  ].join('; ');
  return {
    id: 'kickstart',
    title: 'Placing the kickstart',
    argv: ['sh', '-euc', script, at.work, at.kickstartName],
    stdin: request.kickstart,
    ...(request.isSecret && { secret: true, stdinFile: request.kickstartFile }),
    needs: [],
  };
}

function archiveLogs(at: CreatorRunnerRequest, logs: string): Step {
  const script =
    'umask 077; cp -r "$1"/*log "$1"/anaconda-tb-* "$0" 2> /dev/null || true; tar --create --gzip --file "$0.tar.gz" --directory "$0" .';
  return {
    id: 'archive-logs',
    title: 'Packing the logs',
    argv: ['sh', '-euc', script, logs, `${at.work}/private-tmp`],
    needs: [],
  };
}

/** livemedia-creator's PXE_CONFIG has no place for kernel arguments: the one for the live image ends with its address. */
function networkBootArguments({ output, kernelArguments }: CreatorRequest, at: CreatorRunnerRequest): Step[] {
  if (output !== 'pxe' || kernelArguments.length === 0) return [];
  const script =
    'cd "$0"; while read -r line; do case $line in append*) line="$line $1";; esac; printf "%s\\n" "$line"; done < PXE_CONFIG > PXE_CONFIG.new; mv PXE_CONFIG.new PXE_CONFIG';
  return [
    {
      id: 'network-boot-arguments',
      title: 'Adding the kernel arguments to PXE_CONFIG',
      argv: ['sh', '-euc', script, `${at.work}/result`, kernelArguments.join(' ')],
      needs: [],
    },
  ];
}

function checksums(creator: CreatorRequest, at: CreatorRunnerRequest): Step {
  const patterns = outputKinds[creator.output].results(creator.name);
  return {
    id: 'checksums',
    title: 'Computing checksums',
    // The patterns are our own words; the shell is to expand them.
    argv: ['sh', '-euc', `cd "$0"; sha256sum ${patterns.join(' ')} > SHA256SUMS`, `${at.work}/result`],
    needs: [],
  };
}

/** The result stays: it has been moved away where the plan is run by us, and is what a person who pasted it wants. */
function removeWork(at: CreatorRunnerRequest): Step {
  return {
    id: 'remove-work',
    title: 'Removing temporary files',
    argv: ['rm', '-rf', '--one-file-system', '--', `${at.work}/tmp`, `${at.work}/private-tmp`],
    needs: [],
  };
}
