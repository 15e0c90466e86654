import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { model, parse } from 'kickstart-parser';
import { ReportedError, UsageError } from '../diagnostic/index.ts';
import { imageKind, kernelArguments, planDirect, volumeId } from '../engines/direct/index.ts';
import type { Asked } from '../flavour/index.ts';
import { checkDiskSpace, checkNamespaces, checkPrograms } from '../host/index.ts';
import { cachedImageFile, makeManifest, presetDifferences, publish, writeWhole } from '../image/index.ts';
import {
  CacheUse,
  type ExecutionState,
  missingStages,
  type Plan,
  printPlan,
  runPlan,
  StageCache,
} from '../plan/index.ts';
import { privilegeOf } from '../process/index.ts';
import { executionOf } from './build-execution.ts';
import type { NetinstOptions } from './build-netinst.ts';
import type { Context } from './context.ts';
import { directBase } from './direct-base.ts';
import { kickstartVersion } from './kickstart-version.ts';
import { type Prepared, prepareFlavour, renderOne } from './prepare.ts';
import { withSources } from './with-sources.ts';

export interface BuildOptions extends Asked, NetinstOptions {
  /** `direct`, `livemedia` or `netinst`; the base's own when absent. */
  readonly engine?: string;
  /** With livemedia: what to make, and where it runs. */
  readonly output?: string;
  readonly runner?: string;
  readonly offline?: boolean;
  /** Fetch package indexes although they are not old. */
  readonly refresh?: boolean;
  readonly dryRun?: boolean;
}

/**
 * Makes the flavour's image and writes it with manifest and checksums into its build directory.
 * @throws ReportedError saying which line of which file, or what of this machine, is in the way
 */
export async function build(name: string, options: BuildOptions, context: Context): Promise<void> {
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

  const cache = new StageCache(context.places.cache);
  await checkHost(plan, cache, options, context);
  const state = await run(plan, cache, prepared, options, context);
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
    accountsWithPassword: kickstart.commands.user.filter((user) => user.password).map((user) => user.name ?? ''),
    directories,
    inputHash: state.keys.get('image') ?? '',
    fileName: `phyllome-${[name, prepared.flavour.base.name, options.hardware].filter((part) => part !== undefined).join('-')}.${kind === 'disk' ? 'qcow2' : 'iso'}`,
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

const engines = ['direct', 'livemedia', 'netinst'] as const;

/** Fedora is installed by Anaconda unless somebody says otherwise. */
function engineFor(name: string, options: BuildOptions, context: Context): (typeof engines)[number] {
  const { engine } = options;
  const known = engines.find((one) => one === engine);
  if (known !== undefined) return known;
  if (engine === undefined) {
    return renderOne(name, options, context).flavour.base.family === 'rpm' ? 'livemedia' : 'direct';
  }
  throw new UsageError({
    code: 'unknown-value',
    severity: 'error',
    message: `--engine ${engine}: must be ${engines.join(', ')}`,
  });
}

async function checkHost(plan: Plan, cache: StageCache, options: BuildOptions, context: Context): Promise<void> {
  const missing = missingStages(plan, cache, options.offline === true);
  if (missing.length === 0 && options.refresh !== true) return;
  const privilege = privilegeOf();
  checkPrograms({ root: privilege === 'root', makesToolsTree: missing.some((stage) => stage.id === 'tools') });
  checkDiskSpace(
    context.places.cache,
    missing.reduce((sum, stage) => sum + stage.estimatedBytes, 0),
  );
  await checkNamespaces(context.runner, privilege);
}

async function run(
  plan: Plan,
  cache: StageCache,
  prepared: Prepared,
  options: BuildOptions,
  context: Context,
): Promise<ExecutionState> {
  const use = new CacheUse(cache.root);
  // There also when everything comes from the cache: then no stage has a log of its own here.
  const logDirectory = path.join(prepared.buildDirectory, 'logs');
  mkdirSync(logDirectory, { recursive: true });
  const execution = executionOf(cache, logDirectory, options, context);
  use.begin();
  try {
    await use.sweep(cache, execution);
    const state = await withSources(prepared, () => runPlan(plan, execution));
    use.remember(path.basename(prepared.buildDirectory), [...state.directories.values()]);
    await use.sweep(cache, execution);
    return state;
  } finally {
    use.end();
  }
}

function directoriesOf(state: ExecutionState) {
  const of = (stage: string) => state.directories.get(stage) ?? '';
  return { configure: of('configure'), initramfs: of('initramfs'), image: of('image') };
}
