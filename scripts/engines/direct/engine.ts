import path from 'node:path';
import { type KickstartModel, model, parse } from 'kickstart-parser';
import { EnvironmentError, ReportedError } from '../../diagnostic/index.ts';
import { openLoginInstalled, titleOf } from '../../flavour/index.ts';
import { checkNamespaces, checkPrograms } from '../../host/index.ts';
import {
  accountsWithPassword,
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
import { toolsMirror } from '../tools/index.ts';
import { type Question, questionsOf } from '../values/index.ts';
import { baseToBuild, directBase, refuseUntried } from './direct-base.ts';
import { dossierOf } from './dossier.ts';
import { explainFailure } from './explain.ts';
import { familyOf } from './family/family-of.ts';
import { installerMediumOf } from './installer/medium-of.ts';
import { beyondLock, explainLocked, lockInWords } from './locked-findings.ts';
import { options } from './options.ts';
import { outputMakers } from './output-makers.ts';
import { type DirectOutput, isDirectOutput } from './outputs.ts';
import { packageRequest } from './package-request.ts';
import { packageTotals } from './package-totals.ts';
import { planDirect, usualOutput } from './plan.ts';
import { type FoundLock, readLockFor } from './read-lock-for.ts';
import { refuseOutputs } from './refuse-outputs.ts';
import { ofSecureBoot } from './secure-boot.ts';
import { writtenBy } from './written-by.ts';

interface Checked {
  readonly job: Job;
  readonly kickstart: KickstartModel;
  readonly plan: Plan;
  readonly outputs: readonly DirectOutput[];
  readonly questions: readonly Question[];
  readonly lock?: FoundLock;
}

function lockOf(job: Job, kickstart: KickstartModel, installs: boolean): FoundLock {
  const base = directBase(job.prepared.flavour.base);
  return readLockFor(job, base, packageRequest(kickstart, base), installs);
}

export const engine: Engine<Checked> = {
  check: async (job) => {
    const { rendered, kickstartFile, flavour } = job.prepared;
    refuseUntried(flavour.base);
    const document = parse(rendered.kickstart, { file: kickstartFile });
    const kickstart = model(document, kickstartVersion(flavour.base));
    const base = baseToBuild(flavour.base, toolsMirror(job.host));
    const secretFiles = flavour.files.flatMap((file) => (file.secret === true ? [file.path] : []));
    const questions = questionsOf(flavour, kickstart);
    const asked = job.outputs.flatMap(({ id, ...more }) => (isDirectOutput(id) ? [{ id, ...more }] : []));
    const installs = asked.some(({ id }) => id === 'installer-iso');
    const refused = [
      ...refuseOutputs(kickstart, asked),
      ...familyOf(base).refuseOutputs(asked),
      ...(installs ? openLoginInstalled(flavour) : []),
    ];
    if (refused.length > 0) throw new ReportedError(refused);
    const isLocked = job.options(options).locked === true;
    const lock = isLocked ? lockOf(job, kickstart, installs) : undefined;
    const outputs = asked.length > 0 ? asked.map(({ id }) => id) : [usualOutput(kickstart)];
    const plan = planDirect({
      flavour: job.flavour,
      title: titleOf(job.prepared.flavour),
      model: kickstart,
      base,
      privilege: privilegeOf(),
      outputs,
      questions,
      secretFiles,
      ...(installs && { medium: await installerMediumOf(job, kickstart) }),
      ...(lock && { lock }),
    });
    if (!job.isDryRun) job.host.say(lockInWords(lock));
    return { job, kickstart, plan, outputs, questions, ...(lock && { lock }) };
  },

  plan: ({ plan }) => plan,

  run: ({ job, questions, lock }) => ({
    rememberedAs: path.basename(job.prepared.buildDirectory),
    ...job.options(options),
    explain: (step, failure) =>
      (lock && explainLocked(failure, lock)) ?? explainFailure(step, failure, questions, job.prepared.flavour.packages),
    packageTotals,
  }),

  publish: async ({ job, kickstart, plan, outputs, lock }, state) => {
    const { prepared, flavour } = job;
    const directoryOf = (stage: string) => state.directories.get(stage) ?? '';
    const initramfs = directoryOf('initramfs');
    const staged = outputs.map((output) => ({
      output,
      ...ofSecureBoot(output, { own: directoryOf(output), disk: directoryOf('disk'), initramfs }),
      inputHash: state.inputHashes.get(output) ?? '',
      directory: directoryOf(output),
      files: outputMakers[output]
        .files(prepared.imageName)
        .map(({ stage, name, published }) => ({ cached: path.join(directoryOf(stage), name), file: published })),
    }));
    const squashfs = state.directories.get('squashfs');
    const directories = { configure: directoryOf('configure'), initramfs };
    const manifest = makeManifest({
      lock: lock?.told ?? 'not locked',
      flavour,
      base: prepared.flavour.base.name,
      kernelArguments: kernelArguments(kickstart),
      map: prepared.rendered.map,
      accountsWithPassword: accountsWithPassword(kickstart),
      directories: { ...directories, ...(squashfs !== undefined && { squashfs }) },
      outputs: staged,
    });
    const facts = readTreeFacts(path.join(directories.configure, 'facts'));
    const differences = [
      ...(lock ? beyondLock(lock, manifest, directoryOf('tools')) : []),
      ...presetDifferences(manifest),
      ...unclaimedUnits(prepared.rendered.map, facts),
      ...openLoginFindings(facts.openLogins, {
        // What it installs stays on a disk.
        kind: outputs.includes('installer-iso') ? 'disk' : imageKind(kickstart),
        acknowledged: manifest.acknowledged,
      }),
    ];
    if (differences.length > 0) throw new ReportedError(differences);
    const files = staged.flatMap((one) => one.files);
    await publish(prepared.buildDirectory, files, manifest, {
      beside: dossierOf(job, manifest, directoryOf),
      secret: holdsSecret(prepared.flavour),
      signal: job.host.signal,
    });
    recordBuild(prepared, {
      plan: plan.name,
      tools: state.directories.get('tools'),
      stages: state.outcomes,
      lock: manifest.lock,
    });
    return manifest.outputs.flatMap((output) => {
      const [image] = output.files;
      if (image === undefined) return [];
      const bytes = output.files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
      const size = `${(bytes / 2 ** 20).toFixed(0)} MiB`;
      const summary = `${size}, ${manifest.packages.length} packages`;
      const installs = output.output === 'installer-iso' && { installs: 'offline' as const };
      return [{ file: path.join(prepared.buildDirectory, image.file), summary, ...installs }];
    });
  },

  writtenBy,

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
