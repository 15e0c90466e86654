import { chmodSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { KickstartModel } from 'kickstart-parser';
import {
  checksumIn,
  explainStep,
  publishInstalled,
  readForAnaconda,
  recordBuild,
  takeResults,
} from '../engines/anaconda/index.ts';
import { fedoraMedium, type MediumOptions } from '../engines/fedora-iso/index.ts';
import { type NetinstRequest, planNetinst, watchInstallation, workName } from '../engines/netinst/index.ts';
import { explainPackages } from '../engines/tools/index.ts';
import type { Asked } from '../flavour/index.ts';
import { type AcceleratorChoice, findAccelerator, labCpu, type RequestedAccelerator } from '../lab/index.ts';
import { executePlan, LearnedTimes, printPlan } from '../plan/index.ts';
import { holdsSecret, type Prepared, prepareFlavour, withSources } from '../prepare/index.ts';
import { privilegeOf } from '../process/index.ts';
import type { Context } from './context.ts';

export interface NetinstOptions extends MediumOptions {
  readonly firmware?: 'bios' | 'uefi';
  readonly boot?: 'kernel' | 'medium';
  readonly accel?: RequestedAccelerator;
  readonly dryRun?: boolean;
}

/** Anaconda with its image in memory, and dnf beside it. */
const memoryMiB = 4096;
/** Silence that is borne at the reference speed: dnf resolving, an initramfs being packed. */
const stallMinutes = 30;

/**
 * Installs a Fedora flavour on a disk image by the real Anaconda, in QEMU.
 * @throws ReportedError with cause, place and fix
 */
export async function buildNetinst(name: string, options: Asked & NetinstOptions, context: Context): Promise<void> {
  const { firmware = 'uefi', boot: method = 'kernel', accel: requested = 'auto' } = options;
  const prepared = prepareFlavour(name, options, context, 'disk');
  context.warn(prepared.warnings);
  const { model, kickstart, diskMiB } = withSources(prepared, () => installable(prepared));

  const { flavour, buildDirectory, imageName, kickstartFile } = prepared;
  const logDirectory = path.join(buildDirectory, 'logs');
  mkdirSync(logDirectory, { recursive: true });
  const { iso, toolsRoot, mirror } = await fedoraMedium(options, flavour.base.release, logDirectory, context);
  const accelerator = await findAccelerator({
    ...{ requested, runner: context.runner, toolsRoot, cacheDir: context.places.cache, signal: context.signal },
  });
  const request: NetinstRequest = {
    flavour: name,
    base: flavour.base.name,
    kickstart,
    isSecret: holdsSecret(flavour),
    iso,
    name: imageName,
    diskMiB,
    memoryMiB,
    processors: 2,
    accelerator: accelerator.chosen,
    cpu: labCpu[accelerator.chosen],
    firmware,
    method,
    mirror,
    privilege: privilegeOf(),
  };
  const plan = planNetinst(request);
  if (options.dryRun === true) return context.print(printPlan(plan, context.places.cache));
  const watch = watchInstallation(request, {
    ...{ kickstartFile, times: new LearnedTimes(context.places.cache), firstEstimate: firstEstimate(accelerator) },
    stallMs: stallMinutes * 60_000 * accelerator.timeScale,
  });
  await withSources(prepared, () =>
    executePlan(
      plan,
      {
        rememberedAs: `netinst-${path.basename(buildDirectory)}`,
        ...{ logDirectory, offline: options.offline, watch: () => watch },
        explain: (step, failure) => explainPackages(step, failure) ?? explainStep('netinst')(step, failure),
      },
      context,
      (state) => {
        const files = takeResults(state.directories.get(workName) ?? '', buildDirectory);
        if (request.isSecret) for (const file of files) chmodSync(file, 0o600);
        const fileName = `${request.name}.qcow2`;
        const told = publishInstalled({
          ...{ flavour: name, prepared, model, fileName, kind: 'disk' },
          sha256: checksumIn(path.join(buildDirectory, `${fileName}.sha256`), fileName),
          logs: [readFileSync(path.join(logDirectory, 'netinst.log'), 'utf8')],
        });
        recordBuild(prepared, { plan: plan.name, engine: 'netinst', tools: path.dirname(toolsRoot) });
        context.print(told);
      },
    ),
  );
}

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
