import { stat } from 'node:fs/promises';
import { allChecks, selectChecks } from '../checks/index.ts';
import { ReportedError } from '../diagnostic/index.ts';
import { makeDirectory } from '../files/index.ts';
import { type AcceleratorChoice, type BootFailureCode, fallBack, findAccelerator } from '../lab/index.ts';
import { bootAndAsk } from './ask/boot-and-ask.ts';
import { waitForRefusal } from './ask/wait-for-refusal.ts';
import { expectedOn, firmwareRefusal } from './expected-refusal.ts';
import { ofManifest, signedStartOf } from './signed-start-of.ts';
import type { TestedImage, TestMachine, TestPolicy } from './test-inputs.ts';
import { type Subject, testOnce } from './test-once.ts';
import type { TestRun } from './test-run.ts';

/** Of a boot that stood still. */
const noProgress: BootFailureCode = 'boot-stalled';

/**
 * Boots an image in QEMU and asks it the questions of its manifest. A boot or a check that fails is a verdict, not an exception.
 * @throws ReportedError when the manifest names an unknown check or the image file is missing
 * @throws EnvironmentError when no accelerator, QEMU or firmware can be used
 * @throws Interrupted when the signal was aborted; the machine is gone by then
 */
export async function testImage(image: TestedImage, machine: TestMachine, policy: TestPolicy = {}): Promise<TestRun> {
  const { manifest, rendered, file } = image;
  const checks = policy.checks ?? selectChecks(allChecks, manifest.checks);
  const { size: bytes } = await stat(file).catch(() => {
    throw imageMissing(file);
  });
  const secureBoot = ofManifest(manifest) ?? (await signedStartOf(file, machine, policy.signal));
  const expected = expectedOn(secureBoot, machine.hardware);
  const refusal = policy.refusal ?? (expected?.starts === false ? firmwareRefusal : undefined);
  const subject: Subject = {
    flavour: manifest.flavour,
    base: manifest.base,
    image: { file, inputHash: manifest.inputHash, sha256: manifest.image.sha256 },
    bytes,
    wantedBytes: manifest.image.sizeBytes,
    sources: { manifest, ...(rendered && { rendered }) },
    ...(secureBoot && { secureBoot }),
    needsAgent: true,
    ask: async (run, control, timeScale) =>
      refusal === undefined
        ? bootAndAsk(run, control, { ...policy, checks, expect: manifest }, timeScale)
        : { results: [await waitForRefusal(run, refusal, timeScale, expected?.why)] },
  };
  return testSubject(subject, machine, { ...policy, ...(refusal && { refusal }) });
}

/** Boots the subject under the accelerator that works, and under the other one where it stood still. */
export async function testSubject(subject: Subject, machine: TestMachine, policy: TestPolicy): Promise<TestRun> {
  const started = performance.now();
  makeDirectory(machine.runDir);
  const { runner, toolsRoot, cacheDir, accel } = machine;
  const { signal } = policy;
  const found = await findAccelerator({ runner, toolsRoot, cacheDir, requested: accel, ...(signal && { signal }) });
  const attempt = async (choice: AcceleratorChoice): Promise<TestRun> => {
    policy.onProgress?.({ stage: 'accelerator', message: `using ${choice.chosen}: ${choice.reason}` });
    const accelerator = { ...choice, timeScale: choice.timeScale * (machine.crowding ?? 1) };
    return testOnce(subject, { ...machine, accelerator }, policy, started);
  };
  const run = await attempt(found);
  const other = run.diagnostics.some(({ code }) => code === noProgress) ? fallBack(found) : undefined;
  return other === undefined ? run : attempt(other);
}

function imageMissing(file: string): ReportedError {
  return new ReportedError({
    code: 'image-missing',
    severity: 'error',
    message: `${file}: there is no such image`,
    hint: 'Build it first: phyllome build FLAVOUR.',
  });
}
