import { chmodSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { KickstartModel } from 'kickstart-parser';
import { type AcceleratorChoice, findAccelerator, labCpu } from '../../lab/index.ts';
import { LearnedTimes } from '../../plan/index.ts';
import { holdsSecret, type Prepared } from '../../prepare/index.ts';
import { privilegeOf } from '../../process/index.ts';
import { explainStep, publishInstalled, readForAnaconda, sumsIn, takeResults } from '../anaconda/index.ts';
import { type Engine, type Job, recordBuild } from '../engine/index.ts';
import { fedoraMedium } from '../fedora-iso/index.ts';
import { explainPackages } from '../tools/index.ts';
import { lookAtDisk } from './look-at-disk.ts';
import { options } from './options.ts';
import { type NetinstRequest, planNetinst, workName } from './plan.ts';
import { watchInstallation } from './watch-installation.ts';

/** Anaconda with its image in memory, and dnf beside it. */
const memoryMiB = 4096;
/** Silence that is borne at the reference speed: dnf resolving, an initramfs being packed. */
const stallMinutes = 30;

interface Checked {
  readonly job: Job;
  readonly request: NetinstRequest;
  readonly model: KickstartModel;
  readonly accelerator: AcceleratorChoice;
  readonly toolsRoot: string;
}

export const engine: Engine<Checked> = {
  check: async (job) => {
    const { prepared, host, flavour, logDirectory } = job;
    const asked = job.options(options);
    const { model, kickstart, diskMiB } = installable(prepared);
    const { base } = prepared.flavour;
    const { iso, toolsRoot, mirror } = await fedoraMedium(asked, base.release, logDirectory, host);
    const { runner, signal, places } = host;
    const accelerator = await findAccelerator({
      requested: asked.accel ?? 'auto',
      runner,
      toolsRoot,
      cacheDir: places.cache,
      signal,
    });
    const request: NetinstRequest = {
      flavour,
      base: base.name,
      kickstart,
      isSecret: holdsSecret(prepared.flavour),
      iso,
      name: prepared.imageName,
      diskMiB,
      memoryMiB,
      processors: 2,
      accelerator: accelerator.chosen,
      cpu: labCpu[accelerator.chosen],
      firmware: asked.firmware ?? 'uefi',
      method: asked.boot ?? 'kernel',
      mirror,
      privilege: privilegeOf(),
    };
    return { job, request, model, accelerator, toolsRoot };
  },

  plan: ({ request }) => planNetinst(request),

  run: ({ job, request, accelerator }) => {
    const { prepared, host } = job;
    const watch = watchInstallation(request, {
      kickstartFile: prepared.kickstartFile,
      times: new LearnedTimes(host.places.cache),
      firstEstimate: firstEstimate(accelerator),
      stallMs: stallMinutes * 60_000 * accelerator.timeScale,
    });
    return {
      rememberedAs: `netinst-${path.basename(prepared.buildDirectory)}`,
      offline: job.options(options).offline,
      explain: (step, failure) => explainPackages(step, failure) ?? explainStep('netinst')(step, failure),
      watch: () => watch,
    };
  },

  publish: async ({ job, request, model, toolsRoot }, state) => {
    const { prepared, flavour, logDirectory, host } = job;
    const { buildDirectory } = prepared;
    const files = await takeResults(state.directories.get(workName) ?? '', buildDirectory, host.signal);
    if (request.isSecret) for (const file of files) chmodSync(file, 0o600);
    const list = path.join(buildDirectory, `${request.name}.qcow2.sha256`);
    const disk = path.join(buildDirectory, `${request.name}.qcow2`);
    const images = publishInstalled({
      flavour,
      prepared,
      model,
      output: 'disk-qcow2',
      kind: 'disk',
      sums: sumsIn(list),
      logs: [readFileSync(path.join(logDirectory, `${workName}.log`), 'utf8')],
      found: await lookAtDisk(disk, prepared.rendered, toolsRoot, { ...host, cacheDirectory: host.places.cache }),
    });
    recordBuild(prepared, {
      plan: planNetinst(request).name,
      engine: 'netinst',
      tools: path.dirname(toolsRoot),
      kickstart: path.basename(prepared.kickstartFile),
    });
    // The list of all checksums has it now.
    rmSync(list);
    return images;
  },
};

/** The kickstart with a display mode for a machine without a screen, and the size of the disk that its partitions want. */
function installable(prepared: Prepared): { model: KickstartModel; kickstart: string; diskMiB: number } {
  const model = readForAnaconda(prepared);
  const { commands } = model;
  const size = commands.part.reduce((sum, { size: own }) => sum + (own ?? 0), 0);
  // At the end, so that every line keeps its number.
  const mode = commands.displayMode === undefined ? '\ncmdline\n' : '';
  // What the firmware needs comes on top: an EFI system partition, and a /boot where encryption wants one.
  return { model, kickstart: `${prepared.rendered.kickstart}${mode}`, diskMiB: size + 2048 };
}

/** Before anything is known of this machine: what others took for some four hundred packages. */
function firstEstimate({ chosen, timeScale }: AcceleratorChoice): string {
  if (chosen === 'kvm') return 'which takes some 10 to 25 min, the mirror included';
  const hours = Math.max(1, Math.round(3 * timeScale));
  return `which takes about ${hours} to ${hours * 2} hours without hardware virtualisation`;
}
