import path from 'node:path';
import { type AskedBuild, readBuilt } from '../build/index.ts';
import { closest, UsageError } from '../diagnostic/index.ts';
import { firmwareKeysFor } from '../engines/tools/index.ts';
import { loadTopology, type RequestedAccelerator } from '../lab/index.ts';
import { checkoutDirectory } from '../places/index.ts';
import { leaveEvidence, summarizeScenarios, writeScenarios, writeTestRun } from '../report/test-run/index.ts';
import { allScenarios, type Scenario } from '../scenarios/index.ts';
import {
  type Budget,
  hashOfCode,
  inShard,
  loadQuarantine,
  type MachineOutcome,
  planMachines,
  RememberedVerdicts,
  runScenarios,
  type Shard,
  usualBudget,
} from '../test-run/index.ts';
import type { Reported, Tested, TestingContext } from './tested.ts';

/** What a person says of the scenarios to play. */
export interface ScenarioOptions extends AskedBuild {
  readonly accel: RequestedAccelerator;
  readonly shard?: Shard;
  readonly failFast?: boolean;
  readonly again?: boolean;
  /** What machines may use at a time, in MiB. */
  readonly memory?: number;
  /** The same for processors. */
  readonly cores?: number;
  /** Of one boot, and so refused: scenarios choose machines and questions themselves. */
  readonly topology?: string;
  readonly firmware?: string;
  readonly only?: readonly string[];
}

/**
 * Plays scenarios with the flavour's image: each machine that they need is started once, and writes a report. A boot or a check
 * that fails is a verdict, not an exception.
 */
export async function playScenarios(
  name: string,
  asked: readonly string[],
  options: ScenarioOptions,
  context: TestingContext,
): Promise<Tested> {
  const { checkout, cache } = context.places;
  refuseMachineOptions(options);
  const { accel, shard = { number: 1, of: 1 } } = options;
  const built = await readBuilt(name, options, context);
  const { manifest, toolsRoot, imageFile, rendered } = built;
  // What a scenario proves it proves of the machines that it describes: those of somebody else do not take their places.
  const ownMachines = [checkoutDirectory(checkout)];
  const planned = planMachines(chosen(asked), manifest, (topology) => loadTopology(topology, ownMachines));
  const machines = inShard(planned.machines, shard);
  const verdicts = new RememberedVerdicts(cache, { code: hashOfCode(checkout), toolsRoot, accel });
  const keys = await firmwareKeysFor(
    machines.map((one) => one.topology),
    context,
  );
  const directory = path.join(built.buildDirectory, 'test', [options.output, 'scenarios'].filter(Boolean).join('-'));
  const { outcomes, failure } = await runScenarios({
    image: { manifest, file: imageFile, ...(rendered && { rendered }) },
    means: { accel, runner: context.runner, toolsRoot, cacheDir: cache, ...keys },
    machines,
    directory,
    signal: context.signal,
    budget: budgetOf(options),
    failFast: options.failFast === true,
    quarantine: loadQuarantine(checkout),
    verdicts,
    again: options.again === true,
    onProgress: ({ id }, message) => context.say(`${id}: ${message}`),
    onRun: async ({ id }, run, runDir) => {
      if (run.verdict === 'failed') await leaveEvidence(run, built, runDir, context);
      else await writeTestRun(run, runDir);
      context.say(`${id}: ${run.verdict}, report: ${runDir}`);
    },
  });
  const result = { outcomes, leftOut: planned.leftOut };
  await writeScenarios(result, directory);
  context.print(summarizeScenarios(result).join('\n'));
  context.print(`reports: ${directory}`);
  if (failure !== undefined) throw failure;
  return { reports: outcomes.flatMap(reported), leftOut: planned.leftOut };
}

function refuseMachineOptions({ topology, firmware, only }: ScenarioOptions): void {
  const given = Object.entries({ '--topology': topology, '--firmware': firmware, '--only': only });
  const wrong = given.find(([, value]) => value !== undefined)?.[0];
  if (wrong === undefined) return;
  throw new UsageError({
    code: 'options-exclude-each-other',
    severity: 'error',
    message: `--scenario and ${wrong} exclude each other: a scenario says which machines it is played on and what is asked`,
  });
}

const reported = (outcome: MachineOutcome): Reported[] =>
  'run' in outcome ? [{ run: outcome.run, directory: outcome.runDir }] : [];

/** @throws UsageError for a name that no scenario has */
function chosen(asked: readonly string[]): readonly Scenario[] {
  const known = allScenarios.map(({ id }) => id);
  const names = new Set(
    asked
      .flatMap((text) => text.split(','))
      .flatMap((word) =>
        word === 'all'
          ? known
          : word === 'usual'
            ? allScenarios.filter((one) => !one.slow).map(({ id }) => id)
            : [word],
      ),
  );
  const unknown = [...names].filter((word) => !known.includes(word));
  if (unknown.length === 0) return allScenarios.filter(({ id }) => names.has(id));
  throw new UsageError(
    unknown.map((word) => {
      const slip = closest(word, known);
      const hint = slip ? `did you mean \`${slip}\`?` : `there are: ${known.join(', ')}, usual, all`;
      return { code: 'unknown-scenario', severity: 'error', message: `there is no scenario \`${word}\``, hint };
    }),
  );
}

function budgetOf(options: ScenarioOptions): Budget {
  const usual = usualBudget();
  return {
    memoryMiB: options.memory ?? usual.memoryMiB,
    cores: options.cores ?? usual.cores,
  };
}
