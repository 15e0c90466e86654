import { chmodSync } from 'node:fs';
import path from 'node:path';
import { readFound } from '../../image/index.ts';
import { bootsAs } from '../../outputs/index.ts';
import { LearnedTimes } from '../../plan/index.ts';
import {
  explainStep,
  publishInstalled,
  refuseForeignBase,
  sumsIn,
  takeResults,
  textsOfLogs,
} from '../anaconda/index.ts';
import { type Engine, type Job, type PublishedImage, recordBuild } from '../engine/index.ts';
import { explainValues } from '../values/index.ts';
import { judge } from './judge.ts';
import { factsName } from './look/look-step.ts';
import { outputKinds } from './output.ts';
import { type LivemediaRequest, planLivemedia, workName } from './plan.ts';
import { requestFor } from './request.ts';
import { watchCreator } from './watch-creator.ts';

/** Without any sign of life for this long a build hangs: squashfs on a slow disk is the longest silence, and its file grows. */
const stallMinutes = 30;
/** Logs are looked at so often. */
const pollMs = 1000;

interface Checked {
  readonly job: Job;
  readonly request: LivemediaRequest;
}

export const engine: Engine<Checked> = {
  check: async (job) => {
    refuseForeignBase(job.prepared.flavour.base, 'livemedia-creator');
    const { request, warnings } = requestFor(job);
    job.host.warn(warnings);
    return { job, request };
  },

  plan: ({ request }) => planLivemedia(request),

  run: ({ job, request }) => {
    const { logDirectory, prepared, host } = job;
    const times = new LearnedTimes(host.places.cache);
    const { kickstartFile } = prepared;
    const stallMs = stallMinutes * 60_000;
    const watch = watchCreator(request, { logDirectory, kickstartFile, times, stallMs, pollMs });
    return {
      rememberedAs: `livemedia-${path.basename(prepared.buildDirectory)}`,
      explain: (step, failure) =>
        explainValues(step, failure, request.questions) ?? explainStep('livemedia')(step, failure),
      watch: () => watch,
    };
  },

  publish: async ({ job, request }, state) => {
    const workDirectory = state.directories.get(workName) ?? '';
    const files = await takeResults(path.join(workDirectory, 'result'), job.prepared.buildDirectory, job.host.signal);
    const images = publishFiles(files, job, request, workDirectory);
    const { runner, creator } = request;
    recordBuild(job.prepared, {
      plan: planLivemedia(request).name,
      engine: 'livemedia',
      output: creator.output,
      runner: runner.id,
      kickstart: path.basename(job.prepared.kickstartFile),
    });
    return images;
  },

  judge,
};

function publishFiles(
  files: readonly string[],
  { prepared }: Job,
  { flavour, model, creator: { output, volumeId }, isSecret }: LivemediaRequest,
  workDirectory: string,
): readonly PublishedImage[] {
  if (isSecret) for (const file of files) chmodSync(file, 0o600);
  const word = outputKinds[output].output;
  // Its files for the network have no script of ours: a server's administrator writes it.
  const kind = output === 'pxe' ? undefined : bootsAs(word);
  const logs = path.join(workDirectory, 'logs');
  return publishInstalled({
    flavour,
    prepared,
    model,
    output: word,
    ...(kind && { kind }),
    ...(kind === 'live-iso' && { volumeId }),
    sums: sumsIn(path.join(prepared.buildDirectory, 'SHA256SUMS')),
    logs: textsOfLogs([logs, path.join(logs, 'anaconda')]),
    found: readFound(path.join(logs, factsName)),
  });
}
