import { chmodSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { check, model, parse } from 'kickstart-parser';
import { ReportedError } from '../diagnostic/index.ts';
import { LearnedTimes, workDirectoryFor } from '../engines/livemedia/index.ts';
import { type NetinstRequest, planNetinst, runNetinst } from '../engines/netinst/index.ts';
import type { Asked } from '../flavour/index.ts';
import { type AcceleratorChoice, findAccelerator, labCpu } from '../lab/index.ts';
import { printPlan } from '../plan/index.ts';
import { privilegeOf } from '../process/index.ts';
import { cleanLeftovers } from './clean-leftovers.ts';
import type { Context } from './context.ts';
import { fedoraMedium, type MediumOptions } from './fedora-medium.ts';
import { kickstartVersion } from './kickstart-version.ts';
import { accelerators, choice } from './option-values.ts';
import { holdsSecret, type Prepared, prepareFlavour } from './prepare.ts';
import { runInCache } from './run-in-cache.ts';
import { takeResults } from './take-results.ts';
import { withSources } from './with-sources.ts';

export interface NetinstOptions extends MediumOptions {
  readonly firmware?: string;
  readonly boot?: string;
  readonly accel?: string;
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
  const firmware = choice('--firmware', options.firmware ?? 'uefi', ['bios', 'uefi']);
  const method = choice('--boot', options.boot ?? 'kernel', ['kernel', 'medium']);
  const requested = choice('--accel', options.accel ?? 'auto', accelerators);
  const prepared = prepareFlavour(name, options, context, 'disk');
  context.warn(prepared.warnings);
  const { kickstart, diskMiB } = withSources(prepared, () => installable(prepared));

  const { flavour, buildDirectory, kickstartFile } = prepared;
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
    name: `phyllome-${name}-${flavour.base.name}`,
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
  await cleanLeftovers(context);
  const before = { ...plan, stages: plan.stages.slice(0, -1) };
  const state = await runInCache(before, `netinst-${path.basename(buildDirectory)}`, logDirectory, options, context);
  const workDirectory = workDirectoryFor(context.places.cache);
  try {
    await withSources(prepared, () =>
      runNetinst(plan, request, {
        ...{ runner: context.runner, signal: context.signal, workDirectory, logDirectory, kickstartFile },
        directories: state.directories,
        times: new LearnedTimes(context.places.cache),
        stallMs: stallMinutes * 60_000 * accelerator.timeScale,
        firstEstimate: firstEstimate(accelerator),
      }),
    );
    for (const file of takeResults(workDirectory, buildDirectory)) {
      if (request.isSecret) chmodSync(file, 0o600);
      context.print(file);
    }
  } finally {
    rmSync(workDirectory, { recursive: true, force: true });
  }
}

/** The kickstart with a display mode for a machine without a screen, and the size of the disk that its partitions want. */
function installable({ flavour, rendered, kickstartFile }: Prepared): { kickstart: string; diskMiB: number } {
  const version = kickstartVersion(flavour.base);
  const document = parse(rendered.kickstart, { file: kickstartFile });
  const findings = check(document, { version, profile: 'anaconda' });
  if (findings.some(({ severity }) => severity === 'error')) throw new ReportedError(findings);
  const { commands } = model(document, version);
  if (flavour.base.family !== 'rpm') {
    throw new ReportedError({
      code: 'engine-cannot-base',
      severity: 'error',
      message: `Anaconda installs Fedora, and ${flavour.base.name} is not`,
      span: flavour.base.at,
      hint: 'Use --base fedora-44, or --engine direct.',
    });
  }
  const size = commands.part.reduce((sum, { size: own }) => sum + (own ?? 0), 0);
  // At the end, so that every line keeps its number.
  const mode = commands.displayMode === undefined ? '\ncmdline\n' : '';
  const kickstart = `${rendered.kickstart}${mode}`;
  // What the firmware needs comes on top: an EFI system partition, and a /boot where encryption wants one.
  return { kickstart, diskMiB: size + 2048 };
}

/** Before anything is known of this machine: what others took for some four hundred packages. */
function firstEstimate({ chosen, timeScale }: AcceleratorChoice): string {
  if (chosen === 'kvm') return 'which takes some 10 to 25 min, the mirror included';
  const hours = Math.max(1, Math.round(3 * timeScale));
  return `which takes about ${hours} to ${hours * 2} hours without hardware virtualisation`;
}
