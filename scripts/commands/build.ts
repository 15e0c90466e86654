import path from 'node:path';
import { model, parse } from 'kickstart-parser';
import { choice, flag, inWords, option, type Values } from '../command-line/index.ts';
import { ReportedError } from '../diagnostic/index.ts';
import { directBase, explainFailure, packageTotals, planDirect } from '../engines/direct/index.ts';
import { OUTPUTS, RUNNERS } from '../engines/livemedia/index.ts';
import { writeWhole } from '../files/index.ts';
import {
  accountsWithPassword,
  cachedImageFile,
  imageKind,
  kernelArguments,
  makeManifest,
  presetDifferences,
  publish,
  volumeId,
} from '../image/index.ts';
import { type ExecutionState, executePlan, printPlan } from '../plan/index.ts';
import { kickstartVersion, prepareFlavour, resolveOne, withSources } from '../prepare/index.ts';
import { privilegeOf } from '../process/index.ts';
import { accelerator, medium, ofFlavour } from './common-flags.ts';
import type { Context } from './context.ts';

const engines = ['direct', 'livemedia', 'netinst'] as const;
const runners = ['auto', ...RUNNERS] as const;
const firmwares = ['bios', 'uefi'] as const;

export const name = 'build';
export const help = {
  summary: 'make the image',
  more: '`--dry-run` prints every command instead, `--offline` uses the cache only',
};
export const flags = {
  ...ofFlavour,
  ...medium,
  engine: option(choice('engine', engines), `${inWords(engines)}; for a Fedora base livemedia when absent`),
  output: option(choice('output', OUTPUTS), `with livemedia: ${inWords(OUTPUTS)}`, { usually: 'iso' }),
  runner: option(choice('runner', runners), `with livemedia: ${inWords(runners)}`, { usually: 'auto' }),
  firmware: option(choice('firmware', firmwares), `with netinst: ${inWords(firmwares)}`, { usually: 'uefi' }),
  boot: option(
    choice('boot', ['kernel', 'medium']),
    'with netinst: kernel (its messages can be followed) or medium (as it is)',
    { usually: 'kernel' },
  ),
  accel: option(accelerator, 'with netinst: auto, kvm or tcg', { usually: 'auto' }),
  offline: flag('use cached packages only'),
  refresh: flag('fetch package indexes although they are less than a day old'),
  dryRun: flag('print the plan instead of running it'),
};
export const startsPrograms = true;

type BuildOptions = Values<typeof flags>;

/**
 * Makes the flavour's image and writes it with manifest and checksums into its build directory.
 * @throws ReportedError saying which line of which file, or what of this machine, is in the way
 */
export async function run(options: BuildOptions, context: Context): Promise<void> {
  const { flavour: name } = options;
  const engine = engineFor(name, options, context);
  if (engine === 'livemedia') return (await import('./build-livemedia.ts')).buildLivemedia(name, options, context);
  if (engine === 'netinst') return (await import('./build-netinst.ts')).buildNetinst(name, options, context);
  const prepared = prepareFlavour(name, options, context);
  context.warn(prepared.warnings);
  const kickstart = model(
    parse(prepared.rendered.kickstart, { file: prepared.kickstartFile }),
    kickstartVersion(prepared.flavour.base),
  );
  const privilege = privilegeOf();
  const plan = withSources(prepared, () =>
    planDirect({
      flavour: name,
      model: kickstart,
      base: directBase(prepared.flavour.base),
      privilege,
    }),
  );
  if (options.dryRun === true) return context.print(printPlan(plan, context.places.cache));

  const state = await withSources(prepared, () =>
    executePlan(
      plan,
      {
        rememberedAs: path.basename(prepared.buildDirectory),
        logDirectory: path.join(prepared.buildDirectory, 'logs'),
        ...{ offline: options.offline, refresh: options.refresh, explain: explainFailure, packageTotals },
      },
      context,
      (made) => made,
    ),
  );
  context.warn(state.warnings);

  const directories = directoriesOf(state);
  const kind = imageKind(kickstart);
  const manifest = makeManifest({
    flavour: name,
    base: prepared.flavour.base.name,
    kind,
    volumeId: volumeId(name),
    kernelArguments: kernelArguments(kickstart),
    map: prepared.rendered.map,
    accountsWithPassword: accountsWithPassword(kickstart),
    directories,
    inputHash: state.keys.get('image') ?? '',
    fileName: `${prepared.imageName}.${kind === 'disk' ? 'qcow2' : 'iso'}`,
  });
  const differences = presetDifferences(manifest);
  if (differences.length > 0) throw new ReportedError(differences);
  const { imageFile } = publish(prepared.buildDirectory, path.join(directories.image, cachedImageFile(kind)), manifest);
  writeWhole(
    path.join(prepared.buildDirectory, 'build.json'),
    `${JSON.stringify({ schema: 1, plan: plan.name, tools: state.directories.get('tools'), stages: state.outcomes }, null, 2)}\n`,
  );
  context.print(
    `${imageFile}  ${(manifest.image.sizeBytes / 2 ** 20).toFixed(0)} MiB, ${manifest.packages.length} packages`,
  );
}

/** Fedora is installed by Anaconda unless somebody says otherwise. */
function engineFor(name: string, options: BuildOptions, context: Context): (typeof engines)[number] {
  if (options.engine !== undefined) return options.engine;
  return resolveOne(name, options, context).flavour.base.family === 'rpm' ? 'livemedia' : 'direct';
}

function directoriesOf(state: ExecutionState) {
  const of = (stage: string) => state.directories.get(stage) ?? '';
  return { configure: of('configure'), initramfs: of('initramfs'), image: of('image') };
}
