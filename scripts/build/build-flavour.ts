import { chmodSync, existsSync } from 'node:fs';
import path from 'node:path';
import { valuesOf } from '../command-line/index.ts';
import type { Context } from '../context/index.ts';
import { displayCommand } from '../diagnostic/index.ts';
import { type Engine, type EngineLeaf, type Job, refuseUnusedOptions } from '../engines/engine/index.ts';
import { makeDirectory } from '../files/index.ts';
import { expiredStatements, pastEndOfLife } from '../flavour/index.ts';
import { executePlan, printPlan } from '../plan/index.ts';
import { buildDirectoryOf, holdsSecret, prepareFlavour, resolveOne, withSources } from '../prepare/index.ts';
import { listsAll, SIGNATURE, signPublished } from '../release/index.ts';
import type { SigningKey } from '../signing/index.ts';
import { askRepositories } from './ask-repositories.ts';
import { askedOutputs } from './asked-outputs.ts';
import { remember } from './dry-run.ts';
import { nextSteps } from './next-steps.ts';
import { leaveProvenance } from './provenance.ts';
import { refuseUntrustedKey } from './untrusted-key.ts';

export interface BuildRequest {
  readonly flavour: string;
  /** The flavour's own when absent. */
  readonly base?: string | undefined;
  readonly hardware?: string | undefined;
  /** Id of the engine; the one that is usual for the base when absent. */
  readonly engine?: string | undefined;
  /** Print the plan instead of running it. */
  readonly isDryRun: boolean;
  /** The values of engines' options, by their keys. */
  readonly values: Readonly<Record<string, unknown>>;
  /** Signs what is published; nothing does when absent. */
  readonly signingKey?: SigningKey | undefined;
}

/**
 * Makes the images of a flavour by one of the engines, and writes them with all that is known of them into its build directory.
 * @throws UsageError for an option that this engine does not use
 * @throws ReportedError saying which line of which file, or what of this machine, is in the way
 */
export async function buildFlavour(
  request: BuildRequest,
  engines: readonly EngineLeaf[],
  context: Context,
): Promise<void> {
  const leaf = chooseEngine(request, engines, context);
  refuseUnusedOptions(leaf, engines, request.values);
  const outputs = askedOutputs(leaf, request, context);
  const putBack = request.isDryRun ? remember(buildDirectoryOf(request.flavour, request, context.places)) : () => {};
  const prepared = prepareFlavour(request.flavour, request, context, (outputs[0] ?? leaf.outputs[0]).purpose);
  refuseUntrustedKey(prepared.flavour, request.signingKey);
  const { base, vulnerabilities } = prepared.flavour;
  context.warn([...pastEndOfLife(base), ...expiredStatements(vulnerabilities), ...prepared.warnings]);
  const job: Job = {
    flavour: request.flavour,
    prepared,
    outputs,
    isDryRun: request.isDryRun,
    options: (declared) => valuesOf(declared, request.values),
    logDirectory: path.join(prepared.buildDirectory, 'logs'),
    host: context,
  };
  const engine = await leaf.load();
  try {
    await withSources(prepared, () => work(engine, leaf, job, request, context));
  } catch (error) {
    putBack();
    throw error;
  }
}

async function work(
  engine: Engine,
  { id, asksRepositories }: EngineLeaf,
  job: Job,
  request: BuildRequest,
  context: Context,
): Promise<void> {
  const startedOn = new Date();
  const checked = await engine.check(job);
  const plan = engine.plan(checked);
  if (job.isDryRun) return context.print(printPlan(plan, context.places.cache));
  if (asksRepositories && request.values.offline !== true) await askRepositories(job.prepared, context);
  if (holdsSecret(job.prepared.flavour)) {
    makeDirectory(job.logDirectory);
    chmodSync(job.logDirectory, 0o700);
  }
  const running = { ...engine.run(checked), logDirectory: job.logDirectory };
  const images = await executePlan(plan, running, context, (state) => {
    context.warn(state.warnings);
    return engine.publish(checked, state);
  });
  for (const { file, summary } of images) context.print(summary === undefined ? file : `${file}  ${summary}`);
  const { base, hardware, signingKey } = request;
  const steps = nextSteps(job.prepared.flavour, { base, hardware }, images);
  const { buildDirectory } = job.prepared;
  const files = images.map(({ file }) => file);
  await leaveProvenance(job, request, { engine: id, files, startedOn }, context);
  if (signingKey !== undefined) context.print(signPublished(buildDirectory, files, signingKey).signature);
  if (steps !== '') context.say(steps);
  context.say(signedInWords(buildDirectory, files, signingKey));
}

/** The last line of a build. */
function signedInWords(directory: string, files: readonly string[], key: SigningKey | undefined): string {
  if (key !== undefined) return `Signed by the key ${key.publicKey.name}.`;
  if (!listsAll(directory, files)) return 'NOT SIGNED: this engine writes no list of checksums that could be.';
  if (existsSync(path.join(directory, SIGNATURE))) return 'The signature of these files is from before.';
  return `NOT SIGNED: nobody can tell that it is yours. \`phyllome sign ${displayCommand([directory])}\` does it by a key of minisign.`;
}

/** The engine that is named, or the one that is usual for the base. */
export function chooseEngine(request: BuildRequest, engines: readonly EngineLeaf[], context: Context): EngineLeaf {
  const named = request.engine;
  const family = named ?? resolveOne(request.flavour, request, context).flavour.base.family;
  const found = engines.find(({ id, usualFor }) =>
    named === undefined ? usualFor.some((one) => one === family) : id === named,
  );
  if (found === undefined) throw new Error(`there is no engine ${named ?? `for a base of the family ${family}`}`);
  return found;
}
