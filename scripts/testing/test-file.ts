import path from 'node:path';
import { anyImageChecks } from '../checks/index.ts';
import { ReportedError } from '../diagnostic/index.ts';
import { toolsRoot } from '../engines/tools/index.ts';
import { loadExpectation } from '../expectation/index.ts';
import { type RecognisedImage, recogniseImage } from '../image/index.ts';
import { chosenTopology, consoleCatalogue, type Firmware, type RequestedAccelerator } from '../lab/index.ts';
import { leaveReport } from '../report/test-run/index.ts';
import { testForeignImage } from '../test-run/index.ts';
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

const knownNames = { checks: anyImageChecks.map(({ id }) => id), patterns: consoleCatalogue.map(({ id }) => id) };

/** A word that is meant as a path, not as the name of a flavour. */
export const isPath = (given: string): boolean =>
  given.includes('/') || given === '.' || /\.(?:iso|img|raw|qcow2|vmdk|vhdx?|lkrn|efi|bin)$/i.test(given);

/** Where all that is made of an image by its path lies. */
export const directoryOfFile = (file: string, { places }: Pick<TestingContext, 'places'>): string =>
  path.join(places.out, 'files', path.basename(file));

/**
 * Boots any image once for each firmware, and writes a report for each. Nothing has to be known of it. A boot or a check that
 * fails is a verdict, not an exception.
 * @throws ReportedError where the file is no image
 */
export async function testFile(given: string, options: FileOptions, context: TestingContext): Promise<Tested> {
  const file = path.resolve(given);
  const recognised = recogniseImage(file);
  refuseCutOff(file, recognised);
  const expectation = options.expect === undefined ? undefined : loadExpectation(options.expect, knownNames);
  const topology = options.topology === undefined ? undefined : chosenTopology(options.topology, context);
  const firmwares = firmwaresOf(options.firmware ?? topology?.firmware ?? 'bios');
  // Before the first of them runs for minutes.
  const media = firmwares.map((firmware) => mediumOf(file, recognised, options, firmware, topology?.boot));
  const tools = await toolsRoot(context);
  const reports: Reported[] = [];
  for (const [index, firmware] of firmwares.entries()) {
    const name = [topology?.topology, firmware, options.from].filter(Boolean).join('-');
    const directory = path.join(directoryOfFile(file, context), 'test', name);
    const medium = media[index];
    const hardware = { firmware, ...(topology && { topology }), ...(medium && { medium }) };
    const { runner, signal, places } = context;
    const machine = {
      hardware,
      accel: options.accel,
      runner,
      toolsRoot: tools,
      cacheDir: places.cache,
      runDir: directory,
    };
    const run = await context.watch(`Boot ${path.basename(file)} by ${firmware}`, (tell) =>
      testForeignImage({ file, recognised }, machine, {
        signal,
        onProgress: ({ message }) => tell(message),
        ...(expectation && { expectation }),
      }),
    );
    await leaveReport(run, directory, context);
    reports.push({ run, directory });
  }
  return { reports, leftOut: [] };
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
