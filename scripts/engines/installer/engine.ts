import path from 'node:path';
import type { KickstartModel } from 'kickstart-parser';
import { titleOf } from '../../flavour/index.ts';
import { placeFile } from '../../image/index.ts';
import { executePlan } from '../../plan/index.ts';
import { holdsSecret } from '../../prepare/index.ts';
import { privilegeOf } from '../../process/index.ts';
import { publishInstalled, readForAnaconda, sumsIn } from '../anaconda/index.ts';
import { type Engine, type Job, recordBuild } from '../engine/index.ts';
import { fedoraMedium } from '../fedora-iso/index.ts';
import { explainPackages } from '../tools/index.ts';
import { options } from './options.ts';
import { type InstallerRequest, planInstaller, planSource, type Surroundings } from './plan.ts';
import { readSource, type Source } from './read-source.ts';
import { refuseSelector } from './refuse-selector.ts';

interface Checked {
  readonly job: Job;
  readonly model: KickstartModel;
  readonly request: InstallerRequest;
  /** What is on the medium now. */
  readonly source: Source;
  readonly surroundings: Surroundings;
}

export const engine: Engine<Checked> = {
  check: async (job) => {
    const { prepared, host, flavour, logDirectory } = job;
    const model = readForAnaconda(prepared);
    refuseSelector(prepared.flavour);
    const { base, unattended } = prepared.flavour;
    const { iso, mirror } = await fedoraMedium(job.options(options), base.release, logDirectory, host);
    const surroundings = { mirror, privilege: privilegeOf() };
    const reading = { ...running(job), logDirectory };
    const source = await executePlan(planSource(iso, surroundings), reading, host, ({ directories }) =>
      readSource(directories.get('installer-source') ?? ''),
    );
    const request: InstallerRequest = {
      flavour,
      title: titleOf(prepared.flavour),
      base: base.name,
      kickstart: prepared.rendered.kickstart,
      isSecret: holdsSecret(prepared.flavour),
      unattended: unattended?.value === true,
      iso,
    };
    return { job, model, request, source, surroundings };
  },

  plan: ({ request, source, surroundings }) => planInstaller(request, source, surroundings),

  run: ({ job }) => running(job),

  publish: async ({ job, model, request, source, surroundings }, state) => {
    const { prepared, flavour } = job;
    const { buildDirectory, imageName } = prepared;
    const made = state.directories.get('installer') ?? '';
    const name = `${imageName}-installer.iso`;
    const [{ sha256 }] = sumsIn(path.join(made, 'sha256'));
    const { signal } = job.host;
    const file = path.join(buildDirectory, name);
    await placeFile(path.join(made, 'installer.iso'), file, { sha256, secret: request.isSecret, signal });
    // It installs, and is no image of the flavour that could be tested or run: it has no kind.
    publishInstalled({ flavour, prepared, model, output: 'installer-iso', sums: [{ file: name, sha256 }], logs: [] });
    recordBuild(prepared, {
      plan: planInstaller(request, source, surroundings).name,
      engine: 'installer',
      tools: state.directories.get('tools'),
      medium: { file: path.basename(request.iso.file), sha256: request.iso.sha256 },
      kickstart: path.basename(prepared.kickstartFile),
    });
    const asks = request.unattended ? 'ERASES ALL DISKS of the computer that it boots on' : 'asks which disk to use';
    return [{ file, summary: asks, installs: 'from the network' as const }];
  },
};

function running(job: Job) {
  return {
    rememberedAs: `installer-${path.basename(job.prepared.buildDirectory)}`,
    offline: job.options(options).offline,
    explain: explainPackages,
  };
}
