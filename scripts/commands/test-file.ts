import { existsSync } from 'node:fs';
import path from 'node:path';
import { anyImageChecks } from '../checks/index.ts';
import type { Context } from '../context/index.ts';
import { ReportedError, UsageError } from '../diagnostic/index.ts';
import { toolsRoot } from '../engines/tools/index.ts';
import { loadExpectation } from '../expectation/index.ts';
import { type RecognisedImage, recogniseImage } from '../image/index.ts';
import {
  chosenTopology,
  consoleCatalogue,
  type Firmware,
  type Medium,
  type RequestedAccelerator,
} from '../lab/index.ts';
import { taskList } from '../progress/index.ts';
import { leaveReport } from '../report/test-run/index.ts';
import { type TestRun, testForeignImage } from '../test-run/index.ts';

export const attachments = ['cdrom', 'usb', 'disk'] as const;

/** What a person says of an image of which there is only the file. */
export interface FileOptions {
  readonly accel: RequestedAccelerator;
  readonly topology?: string;
  readonly firmware?: Firmware | 'both';
  readonly from?: (typeof attachments)[number];
  readonly initrd?: string;
  readonly append?: string;
  readonly bootFile?: string;
  /** A file with what is expected of it. */
  readonly expect?: string;
}

/** What is asked of a kernel that has no boot menu to say so: its words on both consoles. */
const usualArguments = 'console=tty0 console=ttyS0';

/** Files that a PXE set starts with, by firmware; the first that is there. */
const usualBootFiles: Readonly<Record<'bios' | 'uefi', readonly string[]>> = {
  bios: ['pxelinux.0', 'lpxelinux.0', 'undionly.kpxe'],
  uefi: ['bootnetx64.efi', 'debian-installer/amd64/bootnetx64.efi', 'shimx64.efi', 'grubx64.efi', 'syslinux.efi'],
};

const knownNames = { checks: anyImageChecks.map(({ id }) => id), patterns: consoleCatalogue.map(({ id }) => id) };

/** A word that is meant as a path, not as the name of a flavour. */
export const isPath = (given: string): boolean =>
  given.includes('/') || given === '.' || /\.(?:iso|img|raw|qcow2|vmdk|vhdx?|lkrn|efi|bin)$/i.test(given);

/**
 * Boots any image once for each firmware, and writes a report for each. Nothing has to be known of it.
 * @throws ReportedError where the file is no image, or with the findings when a boot or a check failed
 */
export async function testFile(given: string, options: FileOptions, context: Context): Promise<void> {
  const file = path.resolve(given);
  const recognised = recogniseImage(file);
  refuseCutOff(file, recognised);
  const expectation = options.expect === undefined ? undefined : loadExpectation(options.expect, knownNames);
  const topology = options.topology === undefined ? undefined : chosenTopology(options.topology, context);
  const firmwares =
    options.firmware === 'both' ? (['bios', 'uefi'] as const) : [options.firmware ?? topology?.firmware ?? 'bios'];
  // Before the first of them runs for minutes.
  const media = firmwares.map((firmware) => mediumOf(file, recognised, options, firmware, topology?.boot));
  const tools = await toolsRoot(context);
  const runs: TestRun[] = [];
  for (const [index, firmware] of firmwares.entries()) {
    const name = [topology?.topology, firmware, options.from].filter(Boolean).join('-');
    const runDir = path.join(context.places.out, 'files', path.basename(file), 'test', name);
    const medium = media[index];
    const hardware = { firmware, ...(topology && { topology }), ...(medium && { medium }) };
    const { runner, signal, places } = context;
    const machine = { hardware, accel: options.accel, runner, toolsRoot: tools, cacheDir: places.cache, runDir };
    const title = `Boot ${path.basename(file)} by ${firmware}`;
    let result: TestRun | undefined;
    await taskList([
      {
        title,
        task: async (_, task) => {
          const onProgress = ({ message }: { readonly message: string }) => {
            task.output = message;
          };
          result = await testForeignImage({ file, recognised }, machine, {
            signal,
            onProgress,
            ...(expectation && { expectation }),
          });
          task.title = `${title} (${(result.timings.totalMs / 1000).toFixed(0)} s)`;
        },
      },
    ]).run();
    if (result === undefined) throw new Error('the boot ended without a result');
    await leaveReport(result, runDir, context);
    runs.push(result);
  }
  const failed = runs.filter((run) => run.verdict === 'failed');
  if (failed.length > 0) throw new ReportedError(failed.flatMap((run) => run.diagnostics));
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

/** @throws UsageError for what does not go together with an image of this kind */
function mediumOf(
  file: string,
  recognised: RecognisedImage,
  { from, initrd, append, bootFile }: FileOptions,
  firmware: Firmware,
  boot: NonNullable<ReturnType<typeof chosenTopology>['boot']> = { from: 'cdrom' },
): Medium {
  const name = path.basename(file);
  if (recognised.kind !== 'kernel' && (initrd ?? append) !== undefined)
    throw cannot(`--initrd and --append are a kernel's, and ${name} is none`, 'Its own boot menu says what it starts.');
  if (recognised.kind !== 'pxe' && bootFile !== undefined)
    throw cannot(`--boot-file is a file in a directory, and ${name} is none`, 'Name the directory that is served.');
  if (!('format' in recognised) && from !== undefined)
    throw cannot(`--from ${from}: ${name} is nothing that can be attached`, 'Leave --from out.');
  if (recognised.kind === 'kernel') {
    const initramfs = initrd === undefined ? undefined : existing(initrd);
    const commandLine = append ?? usualArguments;
    return { kind: 'linux', file, commandLine, ...(initramfs !== undefined && { initramfs }) };
  }
  if (recognised.kind === 'pxe') return { kind: 'tftp', file, bootFile: bootFileIn(file, bootFile, firmware) };
  const { kind, format } = recognised;
  const { from: ofTopology, writeProtected = false, sizeMiB, bus, sectorBytes } = boot;
  const asked = from ?? (ofTopology === 'usb' || ofTopology === 'disk' ? ofTopology : undefined);
  const attached = asked ?? (kind === 'iso' ? 'cdrom' : 'disk');
  if (attached === 'cdrom') {
    if (kind === 'iso') return { kind: 'cdrom', file };
    throw cannot(`--from cdrom: ${name} is a disk, not ISO 9660`, 'Attach it with --from disk or --from usb.');
  }
  return {
    kind: attached,
    file,
    writeProtected,
    format,
    ...(sizeMiB !== undefined && { sizeMiB }),
    ...(attached === 'disk' && { ...(bus && { bus }), ...(sectorBytes && { sectorBytes }) }),
  };
}

function bootFileIn(directory: string, asked: string | undefined, firmware: Firmware): string {
  const candidates = asked === undefined ? usualBootFiles[firmware === 'bios' ? 'bios' : 'uefi'] : [asked];
  const found = candidates.find((file) => existsSync(path.join(directory, file)));
  if (found !== undefined) return found;
  throw cannot(
    `${directory} has no ${candidates.join(', no ')}`,
    '--boot-file says what the firmware fetches first, relative to that directory.',
  );
}

function existing(file: string): string {
  const found = path.resolve(file);
  if (existsSync(found)) return found;
  throw cannot(`--initrd ${file}: there is no such file`, 'It is the initramfs that belongs to the kernel.');
}

const cannot = (message: string, hint: string): UsageError =>
  new UsageError({ code: 'cannot-test-so', severity: 'error', message, hint });
