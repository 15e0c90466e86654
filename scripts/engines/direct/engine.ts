import path from 'node:path';
import { type KickstartModel, model, parse } from 'kickstart-parser';
import { EnvironmentError, ReportedError } from '../../diagnostic/index.ts';
import { checkNamespaces, checkPrograms } from '../../host/index.ts';
import {
  accountsWithPassword,
  cachedImageFile,
  imageKind,
  kernelArguments,
  makeManifest,
  openLoginFindings,
  presetDifferences,
  publish,
  readTreeFacts,
  unclaimedUnits,
} from '../../image/index.ts';
import type { Plan } from '../../plan/index.ts';
import { holdsSecret, kickstartVersion } from '../../prepare/index.ts';
import { privilegeOf } from '../../process/index.ts';
import { type Engine, type Job, recordBuild } from '../engine/index.ts';
import { directBase } from './direct-base.ts';
import { explainFailure } from './explain.ts';
import { options } from './options.ts';
import { packageTotals } from './package-totals.ts';
import { planDirect } from './plan.ts';
import { type Question, questionsOf } from './values/questions.ts';

interface Checked {
  readonly job: Job;
  readonly kickstart: KickstartModel;
  readonly plan: Plan;
  readonly questions: readonly Question[];
}

export const engine: Engine<Checked> = {
  check: async (job) => {
    const { rendered, kickstartFile, flavour } = job.prepared;
    const document = parse(rendered.kickstart, { file: kickstartFile });
    const kickstart = model(document, kickstartVersion(flavour.base));
    const base = directBase(flavour.base);
    const secretFiles = flavour.files.flatMap((file) => (file.secret === true ? [file.path] : []));
    const questions = questionsOf(flavour, kickstart);
    const plan = planDirect({
      flavour: job.flavour,
      model: kickstart,
      base,
      privilege: privilegeOf(),
      questions,
      secretFiles,
    });
    return { job, kickstart, plan, questions };
  },

  plan: ({ plan }) => plan,

  run: ({ job, questions }) => ({
    rememberedAs: path.basename(job.prepared.buildDirectory),
    ...job.options(options),
    explain: (step, failure) => explainFailure(step, failure, questions, job.prepared.flavour.packages),
    packageTotals,
  }),

  publish: async ({ job, kickstart, plan }, state) => {
    const { prepared, flavour } = job;
    const directoryOf = (stage: string) => state.directories.get(stage) ?? '';
    const image = directoryOf('image');
    const kind = imageKind(kickstart);
    const manifest = makeManifest({
      flavour,
      base: prepared.flavour.base.name,
      kind,
      kernelArguments: kernelArguments(kickstart),
      map: prepared.rendered.map,
      accountsWithPassword: accountsWithPassword(kickstart),
      directories: { configure: directoryOf('configure'), initramfs: directoryOf('initramfs'), image },
      inputHash: state.keys.get('image') ?? '',
      fileName: `${prepared.imageName}.${kind === 'disk' ? 'qcow2' : 'iso'}`,
    });
    const facts = readTreeFacts(path.join(directoryOf('configure'), 'facts'));
    const differences = [
      ...presetDifferences(manifest),
      ...unclaimedUnits(manifest, facts),
      ...openLoginFindings(facts.openLogins, { kind, acknowledged: manifest.acknowledged }),
    ];
    if (differences.length > 0) throw new ReportedError(differences);
    const { imageFile } = await publish(prepared.buildDirectory, path.join(image, cachedImageFile(kind)), manifest, {
      secret: holdsSecret(prepared.flavour),
      signal: job.host.signal,
    });
    recordBuild(prepared, { plan: plan.name, tools: state.directories.get('tools'), stages: state.outcomes });
    const size = `${(manifest.image.sizeBytes / 2 ** 20).toFixed(0)} MiB`;
    return [{ file: imageFile, summary: `${size}, ${manifest.packages.length} packages` }];
  },

  judge: async ({ runner }) => {
    const privilege = privilegeOf();
    const what = 'direct engine (images of debian-13)';
    try {
      checkPrograms({ root: privilege === 'root', makesToolsTree: true });
      await checkNamespaces(runner, privilege);
      return [{ what }];
    } catch (error) {
      if (!(error instanceof EnvironmentError)) throw error;
      const advice = error.diagnostics.flatMap(({ hint }) => hint ?? []).join('; ');
      return [{ what, obstacle: error.message, ...(advice !== '' && { advice }) }];
    }
  },
};
