import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { allChecks, selectChecks } from '../../checks/index.ts';
import { ReportedError } from '../../diagnostic/index.ts';
import { makeDirectory, sha256Of } from '../../files/index.ts';
import type { Topology } from '../../lab/index.ts';
import { inToolsTree } from '../../process/index.ts';
import { testImage } from '../test-image.ts';
import type { LabMeans, TestMachine, TestPolicy } from '../test-inputs.ts';
import type { TestRun } from '../test-run.ts';
import type { Capsule, Point } from './capsule.ts';
import { pointOf } from './write.ts';

export interface ReplayOptions
  extends Omit<LabMeans, 'firmwareKeys'>,
    Pick<TestMachine, 'runDir'>,
    Pick<TestPolicy, 'signal' | 'onProgress'> {
  readonly capsuleFile: string;
  /** Asked for the variable stores that the capsule's machine takes. */
  readonly firmwareKeys?: (topology: Topology) => Promise<Pick<LabMeans, 'firmwareKeys'>>;
  /** Where the image is now; where it was when absent. */
  readonly imageFile?: string;
}

export interface Replay {
  readonly before: Point;
  readonly now: Point;
  /** It went wrong at the same milestone, in the same way. */
  readonly same: boolean;
  readonly run: TestRun;
}

/**
 * Boots the image of a capsule again on the same machine, with disks as they were at the start, and asks what had failed.
 * @throws ReportedError when it is no capsule, or its image is not there or another by now
 */
export async function replayCapsule(options: ReplayOptions): Promise<Replay> {
  const { accel, runner, toolsRoot, cacheDir, runDir, signal, onProgress } = options;
  const capsule = await readCapsule(options);
  const file = options.imageFile ?? capsule.image.file;
  await confirmImage(file, capsule, signal);
  const { manifest, topology, credentials, point } = capsule;
  const hardware = { exactly: topology };
  const run = await testImage(
    { manifest, file },
    { hardware, credentials, accel, runner, toolsRoot, ...(await options.firmwareKeys?.(topology)), cacheDir, runDir },
    {
      checks: selectChecks(allChecks, manifest.checks, checksOf(point)),
      ...(signal && { signal }),
      ...(onProgress && { onProgress }),
    },
  );
  const now = pointOf(run);
  const same = now.lastMilestone === point.lastMilestone && point.codes.some((code) => code === now.codes[0]);
  return { before: point, now, same, run };
}

/** The checks that had failed; none when the boot had. */
const checksOf = ({ codes }: Point): string[] =>
  codes.flatMap((code) => (code.startsWith('check-') ? [code.slice('check-'.length)] : []));

async function readCapsule({ capsuleFile, runDir, runner, toolsRoot }: ReplayOptions): Promise<Capsule> {
  const directory = path.join(runDir, 'capsule');
  await rm(directory, { recursive: true, force: true });
  makeDirectory(directory);
  const file = path.resolve(capsuleFile);
  // Only the one member that is needed: whatever else a capsule from elsewhere holds stays in it.
  const argv = ['tar', '--extract', '--zstd', '--file', file, '--directory', directory, './capsule.json'];
  const extracted = await runner.run(
    { argv: inToolsTree(toolsRoot, argv, { read: [file], write: [directory] }) },
    { allowFailure: true },
  );
  const capsule = await readFile(path.join(directory, 'capsule.json'), 'utf8')
    .then((text) => JSON.parse(text) as Capsule)
    .catch(() => undefined);
  await rm(directory, { recursive: true });
  if (extracted.exitCode === 0 && capsule?.schema === 1) return capsule;
  throw new ReportedError({
    code: 'not-a-capsule',
    severity: 'error',
    message: `${capsuleFile} is no capsule of a failed test`,
    hint: 'A failed `phyllome test` writes capsule.tar.zst beside its report.',
  });
}

async function confirmImage(file: string, capsule: Capsule, signal: AbortSignal | undefined): Promise<void> {
  const sum = await sha256Of(file, signal).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (sum === capsule.image.sha256) return;
  throw new ReportedError({
    code: 'not-the-image',
    severity: 'error',
    message: sum === undefined ? `${file}: there is no such image` : `${file} is not the image that failed`,
    hint: `The capsule was made with an image of SHA-256 ${capsule.image.sha256}; say where it is with --image.`,
  });
}
