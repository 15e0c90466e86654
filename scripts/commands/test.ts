import path from 'node:path';
import { ReportedError } from '../diagnostic/index.ts';
import type { Asked } from '../flavour/index.ts';
import {
  type Firmware,
  loadQuarantine,
  loadTopology,
  type QuarantineEntry,
  type RequestedAccelerator,
  type TestRun,
  type TopologyFile,
  testImage,
} from '../lab/index.ts';
import { taskList } from '../progress/index.ts';
import { type BuiltImage, readBuilt } from './built-image.ts';
import type { Context } from './context.ts';
import { acceleratorOf, unknownValue } from './lab-options.ts';
import { leaveEvidence } from './leave-evidence.ts';
import { testScenarios } from './test-scenarios.ts';

export interface TestCommandOptions extends Asked {
  readonly firmware?: string;
  readonly topology?: string;
  readonly accel: string;
  readonly only?: readonly string[];
  readonly scenario?: readonly string[];
  readonly shard?: string;
  readonly failFast?: boolean;
  readonly again?: boolean;
  readonly memory?: string;
  readonly cores?: string;
}

/**
 * Boots the flavour's image once for each firmware, on the default machine or one of a topology, and writes a report for each.
 * @throws ReportedError with the findings when a boot or a check failed
 */
export async function test(name: string, options: TestCommandOptions, context: Context): Promise<void> {
  if (options.scenario !== undefined) return testScenarios(name, options.scenario, options, context);
  const topology = options.topology === undefined ? undefined : loadTopology(options.topology, context.places.checkout);
  const firmwares = options.firmware === undefined ? [topology?.firmware ?? 'bios'] : firmwaresOf(options.firmware);
  const accel = acceleratorOf(options.accel);
  const built = readBuilt(name, options, context);
  const quarantine = loadQuarantine(context.places.checkout, new Date().toISOString().slice(0, 10));
  const runs: TestRun[] = [];
  for (const firmware of firmwares) {
    const directory = topology === undefined ? firmware : [topology.topology, options.firmware && firmware];
    const runDir = path.join(built.buildDirectory, 'test', [directory].flat().filter(Boolean).join('-'));
    const run = await boot(built, { topology, firmware, accel, runDir, quarantine }, options, context);
    await leaveEvidence(run, built, runDir, context);
    runs.push(run);
  }
  const failed = runs.filter((run) => run.verdict === 'failed');
  if (failed.length > 0) throw new ReportedError(failed.flatMap((run) => run.diagnostics));
}

async function boot(
  built: BuiltImage,
  on: {
    readonly topology: TopologyFile | undefined;
    readonly firmware: Firmware;
    readonly accel: RequestedAccelerator;
    readonly runDir: string;
    readonly quarantine: readonly QuarantineEntry[];
  },
  options: TestCommandOptions,
  context: Context,
): Promise<TestRun> {
  const { manifest, imageFile, toolsRoot, rendered } = built;
  const { topology, firmware, accel, runDir, quarantine } = on;
  const machine = topology === undefined ? '' : ` on ${topology.topology}`;
  const title = `Boot ${manifest.image.file} by ${firmwareTitles[firmware]}${machine}`;
  let result: TestRun | undefined;
  await taskList([
    {
      title,
      task: async (_, task) => {
        result = await testImage({
          ...{ manifest, imageFile, firmware, accel, toolsRoot, runDir, quarantine },
          ...(rendered && { rendered }),
          ...(topology && { topology }),
          cacheDir: context.places.cache,
          runner: context.runner,
          signal: context.signal,
          ...(options.only && { only: options.only }),
          onProgress: ({ message, done, total }) => {
            task.output = total === undefined ? message : `${done}/${total} ${message}`;
          },
        });
        task.title = `${title} (${(result.timings.totalMs / 1000).toFixed(0)} s)`;
      },
    },
  ]).run();
  if (result === undefined) throw new Error('the boot ended without a result');
  return result;
}

const firmwareTitles: Readonly<Record<Firmware, string>> = {
  bios: 'BIOS',
  uefi: 'UEFI',
  'secure-boot': 'UEFI with Secure Boot',
};

function firmwaresOf(value: string): readonly Firmware[] {
  if (value === 'both') return ['bios', 'uefi'];
  if (value === 'bios' || value === 'uefi' || value === 'secure-boot') return [value];
  throw unknownValue('--firmware', value, 'bios, uefi, secure-boot or both');
}
