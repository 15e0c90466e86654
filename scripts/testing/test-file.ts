import path from 'node:path';
import { allChecks } from '../checks/index.ts';
import { ReportedError } from '../diagnostic/index.ts';
import { firmwareKeysFor, toolsRoot } from '../engines/tools/index.ts';
import { type Expectation, loadExpectation, type Question } from '../expectation/index.ts';
import { type RecognisedImage, recogniseImage } from '../image/index.ts';
import {
  chosenTopology,
  consoleCatalogue,
  type Firmware,
  loadTopology,
  type Medium,
  type RequestedAccelerator,
  type TopologyFile,
} from '../lab/index.ts';
import { checkoutDirectory } from '../places/index.ts';
import { leaveReport } from '../report/test-run/index.ts';
import { allScenarios } from '../scenarios/index.ts';
import { type LeftOut, planForeignMachines, testForeignImage } from '../test-run/index.ts';
import { cannotStart, refuseWithoutLoader } from './loader-refusal.ts';
import { type MediumOptions, mediumOf } from './medium-of.ts';
import { firmwaresOf } from './test-flavour.ts';
import type { Reported, Tested, TestingContext } from './tested.ts';

/** What a person says of an image of which there is only the file. */
export interface FileOptions extends MediumOptions {
  readonly accel: RequestedAccelerator;
  readonly topology?: string;
  readonly firmware?: Firmware | 'both';
  /** A file with what is expected of it. */
  readonly expect?: string;
}

const knownNames = {
  checks: allChecks.map(({ id }) => id),
  scenarios: allScenarios.map(({ id }) => id),
  patterns: consoleCatalogue.map(({ id }) => id),
};

/** A word that is meant as a path, not as the name of a flavour. */
export const isPath = (given: string): boolean =>
  given.includes('/') || given === '.' || /\.(?:iso|img|raw|qcow2|vmdk|vhdx?|lkrn|efi|bin)$/i.test(given);

/** Where all that is made of an image by its path lies. */
export const directoryOfFile = (file: string, { places }: Pick<TestingContext, 'places'>): string =>
  path.join(places.out, 'files', path.basename(file));

/** A machine to start it on. */
interface Wanted {
  /** The directory of its report. */
  readonly name: string;
  readonly firmware: Firmware;
  readonly medium: Medium;
  readonly topology?: TopologyFile;
  readonly instead?: readonly Question[];
}

/**
 * Boots any image once for each firmware, then in the scenarios that are expected, and writes a report for each. Nothing has to be
 * known of it. A boot or a check that fails is a verdict, not an exception.
 * @throws ReportedError where the file is no image
 */
export async function testFile(given: string, options: FileOptions, context: TestingContext): Promise<Tested> {
  const file = path.resolve(given);
  const recognised = recogniseImage(file);
  refuseCutOff(file, recognised);
  const expectation = options.expect === undefined ? undefined : loadExpectation(options.expect, knownNames);
  const topology = options.topology === undefined ? undefined : chosenTopology(options.topology, context);
  const asked: Wanted[] = firmwaresOf(options.firmware ?? topology?.firmware ?? 'bios').map((firmware) => {
    const name = [topology?.topology, firmware, options.from].filter(Boolean).join('-');
    const medium = mediumOf(file, recognised, options, firmware, topology?.boot);
    refuseWithoutLoader(file, recognised, firmware, medium);
    return { name, firmware, medium, ...(topology && { topology }) };
  });
  const played = scenariosOf(file, recognised, options, expectation, context);
  const tools = await toolsRoot(context);
  const keys = await firmwareKeysFor([topology, ...played.machines.map((one) => one.topology)], context);
  const reports: Reported[] = [];
  for (const { name, firmware, medium, topology: on, instead } of [...asked, ...played.machines]) {
    const directory = path.join(directoryOfFile(file, context), 'test', name);
    const { runner, signal, places } = context;
    const machine = {
      hardware: { firmware, medium, ...(on && { topology: on }) },
      accel: options.accel,
      runner,
      toolsRoot: tools,
      ...keys,
      cacheDir: places.cache,
      runDir: directory,
    };
    const run = await context.watch(`Boot ${path.basename(file)} ${titleOf(name, firmware)}`, (tell) =>
      testForeignImage({ file, recognised }, machine, {
        signal,
        onProgress: ({ message }) => tell(message),
        ...(expectation && { expectation }),
        ...(instead && { instead }),
      }),
    );
    await leaveReport(run, directory, context);
    reports.push({ run, directory });
  }
  for (const { scenario, reason } of played.leftOut) context.print(`left out ${scenario}: ${reason}`);
  return { reports, leftOut: played.leftOut };
}

const isScenario = (name: string): boolean => name.startsWith('scenarios/');

const titleOf = (name: string, firmware: Firmware): string =>
  isScenario(name) ? `in ${path.basename(name)}` : `by ${firmware}`;

/** What a scenario proves it proves of the machines that it describes: those of somebody else do not take their places. */
function scenariosOf(
  file: string,
  recognised: RecognisedImage,
  { from: _, ...options }: FileOptions,
  expectation: Expectation | undefined,
  { places }: TestingContext,
): { readonly machines: readonly Wanted[]; readonly leftOut: readonly LeftOut[] } {
  if (expectation === undefined) return { machines: [], leftOut: [] };
  const directories = [checkoutDirectory(places.checkout)];
  const planned = planForeignMachines(expectation, recognised, allScenarios, (name) => loadTopology(name, directories));
  const leftOut = [...planned.leftOut];
  const machines = planned.machines.flatMap(({ id, scenario, topology, instead }): Wanted[] => {
    const { firmware = 'bios', boot } = topology;
    const medium = mediumOf(file, recognised, options, firmware, boot);
    const reason = cannotStart(file, recognised, firmware, medium);
    if (reason === undefined)
      return [{ name: `scenarios/${id}`, firmware, medium, topology, ...(instead && { instead }) }];
    leftOut.push({ scenario, reason: `on ${topology.topology}: ${reason}` });
    return [];
  });
  return { machines, leftOut };
}

/** It would start, or not, and say little of why. */
function refuseCutOff(file: string, recognised: RecognisedImage): void {
  if (!('wantedBytes' in recognised) || recognised.bytes >= recognised.wantedBytes) return;
  throw new ReportedError({
    code: 'image-cut-off',
    severity: 'error',
    message: `${file} is cut off: ${recognised.bytes} of ${recognised.wantedBytes} bytes are there`,
    hint: 'It says itself how long it is. A copy that was not finished, or a full disk, leaves such a file. It was not started.',
  });
}
