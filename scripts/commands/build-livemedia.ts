import { chmodSync } from 'node:fs';
import path from 'node:path';
import { model, parse } from 'kickstart-parser';
import { type Diagnostic, ReportedError } from '../diagnostic/index.ts';
import {
  checksumIn,
  explainStep,
  publishInstalled,
  recordBuild,
  refuseForeignBase,
  takeResults,
  textsOfLogs,
} from '../engines/anaconda/index.ts';
import {
  checkKickstart,
  checkMachine,
  chooseRunner,
  configurationFor,
  describeRejected,
  type LivemediaRequest,
  type Output,
  outputKinds,
  planLivemedia,
  type RUNNERS,
  type RunnerId,
  readMachineFacts,
  watchCreator,
  workName,
} from '../engines/livemedia/index.ts';
import type { Asked } from '../flavour/index.ts';
import { kernelArguments, volumeId } from '../image/index.ts';
import { executePlan, LearnedTimes, printPlan, workRoot } from '../plan/index.ts';
import { holdsSecret, kickstartVersion, type Prepared, prepareFlavour, withSources } from '../prepare/index.ts';
import type { Context } from './context.ts';

export interface LivemediaOptions extends Asked {
  readonly output?: Output;
  readonly runner?: 'auto' | (typeof RUNNERS)[number];
  readonly dryRun?: boolean;
}

/** Without any sign of life for this long a build hangs: squashfs on a slow disk is the longest silence, and its file grows. */
const stallMinutes = 30;

/**
 * Makes an image of a Fedora flavour with livemedia-creator.
 * @throws ReportedError with the line that livemedia-creator would stop at, or the cause at which it did
 * @throws EnvironmentError when it can run nowhere on this machine
 */
export async function buildLivemedia(name: string, options: LivemediaOptions, context: Context): Promise<void> {
  const { output = 'iso', runner: wanted = 'auto' } = options;
  const kind = outputKinds[output];
  const prepared = prepareFlavour(name, options, context, kind.isDisk ? 'disk' : 'live');
  refuseForeignBase(prepared.flavour.base, 'livemedia-creator');
  context.warn(prepared.warnings);

  const { request, checked } = withSources(prepared, () =>
    requestFor(prepared, name, output, wanted, options, context),
  );
  context.warn(checked);
  const plan = planLivemedia(request);
  if (options.dryRun === true) return context.print(printPlan(plan, context.places.cache));

  const logDirectory = path.join(prepared.buildDirectory, 'logs');
  const watch = watchCreator(request, {
    ...{ logDirectory, kickstartFile: prepared.kickstartFile, times: new LearnedTimes(context.places.cache) },
    ...pace(),
  });
  await withSources(prepared, () =>
    executePlan(
      plan,
      {
        rememberedAs: path.basename(prepared.buildDirectory),
        ...{ logDirectory, explain: explainStep('livemedia'), watch: () => watch },
      },
      context,
      (state) => {
        const workDirectory = state.directories.get(workName) ?? '';
        const files = takeResults(path.join(workDirectory, 'result'), prepared.buildDirectory);
        const told = publishResult(files, prepared, request, workDirectory);
        recordBuild(prepared, { plan: plan.name, engine: 'livemedia', output, runner: request.runner.id });
        context.print(told);
      },
    ),
  );
}

/** A result that can be booted as it is gets a manifest; a tar or what a network boot server needs does not. */
function publishResult(
  files: readonly string[],
  prepared: Prepared,
  { flavour, model: kickstart, creator: { output, name }, isSecret }: LivemediaRequest,
  workDirectory: string,
): string {
  if (isSecret) for (const file of files) chmodSync(file, 0o600);
  const kind = outputKinds[output].bootsAs;
  if (kind === undefined) return files.join('\n');
  const fileName = `${name}.${output}`;
  const logs = path.join(workDirectory, 'logs');
  return publishInstalled({
    ...{ flavour, prepared, model: kickstart, kind, fileName },
    sha256: checksumIn(path.join(prepared.buildDirectory, 'SHA256SUMS'), fileName),
    logs: textsOfLogs([logs, path.join(logs, 'anaconda')]),
  });
}

function requestFor(
  prepared: Prepared,
  name: string,
  output: Output,
  wanted: RunnerId | 'auto',
  options: LivemediaOptions,
  context: Context,
): { readonly request: LivemediaRequest; readonly checked: readonly Diagnostic[] } {
  const { flavour, rendered, kickstartFile } = prepared;
  const { base } = flavour;
  const version = kickstartVersion(base);
  const kickstart = model(parse(rendered.kickstart, { file: kickstartFile }), version);
  const findings = checkKickstart(rendered.kickstart, kickstart, { file: kickstartFile, version, output });
  if (findings.some(({ severity }) => severity === 'error')) throw new ReportedError(findings);

  const facts = readMachineFacts(workRoot(context.places.cache), [configurationFor(base.release)]);
  const { runner, rejected } = chooseRunner(wanted, { output, release: base.release }, facts, {
    unchecked: options.dryRun === true,
  });
  if (rejected.length > 0) context.say(['Not used:', ...describeRejected(rejected)].join('\n  '));
  const checkedMachine = options.dryRun === true ? [] : checkMachine(kickstart, output, facts);
  const proxy = proxyWithoutPassword(process.env.https_proxy ?? process.env.http_proxy);
  return {
    checked: [...findings, ...checkedMachine],
    request: {
      flavour: name,
      base: base.name,
      kickstart: rendered.kickstart,
      isSecret: holdsSecret(flavour),
      kickstartFile,
      model: kickstart,
      creator: {
        output,
        name: prepared.imageName,
        product: 'Phyllome OS',
        release: base.release,
        volumeId: volumeId(name),
        kernelArguments: kernelArguments(kickstart),
        ...(proxy !== undefined && { proxy }),
      },
      runner,
      at: {
        runName: options.dryRun === true ? `phyllome-${name}` : `phyllome-${name}-${process.pid}`,
        kickstartName: `${name}.ks`,
        containerRecipe: path.join(context.places.checkout, 'ci/container'),
      },
    },
  };
}

/** A password in a command line is seen by everybody on the machine: such a proxy is inherited by environment only. */
function proxyWithoutPassword(proxy: string | undefined): string | undefined {
  return proxy === undefined || proxy === '' || proxy.includes('@') ? undefined : proxy;
}

/** How long silence is borne and how often logs are looked at. Tests shorten both. */
function pace(): { readonly stallMs: number; readonly pollMs: number } {
  const seconds = Number(process.env.PHYLLOME_STALL_SECONDS ?? stallMinutes * 60);
  return { stallMs: seconds * 1000, pollMs: Math.min(1000, seconds * 100) };
}
