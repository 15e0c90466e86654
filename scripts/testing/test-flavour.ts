import path from 'node:path';
import { type AskedBuild, type BuiltImage, readBuilt } from '../build/index.ts';
import { allChecks, selectChecks } from '../checks/index.ts';
import { firmwareKeysFor } from '../engines/tools/index.ts';
import {
  chosenTopology,
  defaultTopologyFile,
  type Firmware,
  type RequestedAccelerator,
  type TopologyFile,
} from '../lab/index.ts';
import { leaveEvidence, leaveRate } from '../report/test-run/index.ts';
import {
  type HeldTest,
  hashOfCode,
  loadQuarantine,
  type QuarantineEntry,
  RememberedVerdicts,
  type TestMachine,
  type TestPolicy,
  type TestRun,
  testAndHold,
  testImage,
} from '../test-run/index.ts';
import type { Reported, Tested, TestingContext } from './tested.ts';

/** What a person says of the test of a flavour that was built. */
export interface FlavourOptions extends AskedBuild {
  readonly accel: RequestedAccelerator;
  readonly topology?: string;
  readonly firmware?: Firmware | 'both';
  readonly only?: readonly string[];
  readonly again?: boolean;
  readonly keep?: boolean;
  readonly repeat?: number;
  readonly idle?: number;
}

/**
 * Boots the flavour's image once for each firmware, on the default machine or one of a topology, and writes a report for each.
 * A boot or a check that fails is a verdict, not an exception.
 */
export async function testFlavour(name: string, options: FlavourOptions, context: TestingContext): Promise<Tested> {
  const { accel, repeat: times = 1 } = options;
  const topology = options.topology === undefined ? undefined : chosenTopology(options.topology, context);
  const firmwares = options.firmware === undefined ? [topology?.firmware ?? 'bios'] : firmwaresOf(options.firmware);
  const built = await readBuilt(name, options, context);
  const quarantine = loadQuarantine(context.places.checkout);
  const keys = await firmwareKeysFor([topology], context);
  const reports: Reported[] = [];
  for (const firmware of firmwares) {
    const machine = topology === undefined ? [firmware] : [topology.topology, options.firmware && firmware];
    const runDir = path.join(built.buildDirectory, 'test', [options.output, ...machine].filter(Boolean).join('-'));
    const ofThis: Reported[] = [];
    for (let time = 1; time <= times; time += 1) {
      const directory = times === 1 ? runDir : `${runDir}-${time}`;
      const run = await boot(
        built,
        { topology, firmware, accel, runDir: directory, quarantine, ...keys },
        options,
        context,
      );
      ofThis.push({ run, directory });
    }
    if (times > 1)
      leaveRate(
        ofThis.map(({ run }) => run),
        runDir,
        context,
      );
    reports.push(...ofThis);
  }
  return { reports, leftOut: [] };
}

/** Boots, asks, and leaves the report. With `keep` it then holds the machine until Ctrl-C, or until the guest turns itself off. */
async function boot(
  built: BuiltImage,
  on: {
    readonly topology: TopologyFile | undefined;
    readonly firmware: Firmware;
    readonly accel: RequestedAccelerator;
    readonly runDir: string;
    readonly quarantine: readonly QuarantineEntry[];
    readonly firmwareKeys?: string;
  },
  options: FlavourOptions,
  context: TestingContext,
): Promise<TestRun> {
  const { manifest, imageFile, toolsRoot, rendered } = built;
  const { topology, firmware, accel, runDir, quarantine, firmwareKeys } = on;
  const machine = topology === undefined ? '' : ` on ${topology.topology}`;
  const asking = {
    topology: { ...(topology ?? defaultTopologyFile), firmware },
    checks: selectChecks(allChecks, manifest.checks, options.only),
  };
  const verdicts = new RememberedVerdicts(context.places.cache, {
    code: hashOfCode(context.places.checkout),
    toolsRoot,
    accel,
  });
  const reused = wantsAll(options) ? undefined : await verdicts.checks(asking, manifest);
  const title = `Boot ${manifest.image.file} by ${firmwareTitles[firmware]}${machine}`;
  const image = { manifest, file: imageFile, ...(rendered && { rendered }) };
  const tested: TestMachine = {
    hardware: { firmware, ...(topology && { topology }) },
    accel,
    runner: context.runner,
    toolsRoot,
    ...(firmwareKeys !== undefined && { firmwareKeys }),
    cacheDir: context.places.cache,
    runDir,
  };
  const policy: TestPolicy = {
    quarantine,
    signal: context.signal,
    checks: asking.checks,
    ...(reused && { reused }),
    ...(options.idle !== undefined && { idleSeconds: options.idle }),
  };
  let off: HeldTest['off'] | undefined;
  const result = await context.watch(title, (tell) => {
    const onProgress: TestPolicy['onProgress'] = ({ message, done, total }) =>
      tell(total === undefined ? message : `${done}/${total} ${message}`);
    if (options.keep !== true) return testImage(image, tested, { ...policy, onProgress });
    const name = `${title} (${manifest.flavour})`;
    const held = testAndHold(image, tested, { ...policy, onProgress }, name, context.signal);
    off = held.off;
    return held.result;
  });
  await verdicts.rememberChecks(asking, manifest, result);
  await leaveEvidence(result, built, runDir, context);
  if (off !== undefined) {
    context.say('the machine is on: `phyllome shell` in another terminal is root in it; Ctrl-C here turns it off');
    await off;
  }
  return result;
}

/** A check that is named is asked, and a rate is one of real answers. */
const wantsAll = ({ again, only, repeat }: FlavourOptions): boolean =>
  again === true || only !== undefined || repeat !== undefined;

const firmwareTitles: Readonly<Record<Firmware, string>> = {
  bios: 'BIOS',
  uefi: 'UEFI',
  'secure-boot': 'UEFI with Secure Boot',
};

/** Those that are meant by one word. */
export function firmwaresOf(chosen: Firmware | 'both'): readonly Firmware[] {
  return chosen === 'both' ? ['bios', 'uefi'] : [chosen];
}
