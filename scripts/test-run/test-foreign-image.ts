import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { Expectation, Question } from '../expectation/index.ts';
import type { RecognisedImage } from '../image/index.ts';
import { lookAndAsk } from './ask/look-and-ask.ts';
import { waitForRefusal } from './ask/wait-for-refusal.ts';
import { expectedOn, firmwareRefusal } from './expected-refusal.ts';
import { signedStartOf } from './signed-start-of.ts';
import { testSubject } from './test-image.ts';
import type { TestMachine, TestPolicy } from './test-inputs.ts';
import type { TestRun } from './test-run.ts';

/** An image of which nobody knows how it was made. */
export interface ForeignImage {
  /** Absolute path; opened read-only. */
  readonly file: string;
  readonly recognised: RecognisedImage;
}

/**
 * Boots any image in QEMU and asks it what every image can be asked: how far it comes, what console and display show, and by
 * the lab's agent more where its systemd takes that. A boot that fails is a verdict, not an exception.
 * @throws EnvironmentError when no accelerator, QEMU or firmware can be used
 * @throws Interrupted when the signal was aborted; the machine is gone by then
 */
export async function testForeignImage(
  { file, recognised }: ForeignImage,
  machine: TestMachine,
  policy: Pick<TestPolicy, 'onProgress' | 'signal' | 'hold'> & {
    readonly expectation?: Expectation;
    /** What is asked instead of what that asks. */
    readonly instead?: readonly Question[];
  } = {},
): Promise<TestRun> {
  const { bytes } = recognised;
  const { toolsRoot, runDir } = machine;
  const isDisk = recognised.kind === 'iso' || recognised.kind === 'disk';
  const secureBoot = isDisk ? await signedStartOf(file, machine, policy.signal) : undefined;
  const expected = expectedOn(secureBoot, machine.hardware);
  const refusal = expected?.starts === false ? firmwareRefusal : undefined;
  return testSubject(
    {
      image: { file, sha256: recognised.kind === 'pxe' ? '' : await sha256(file) },
      bytes,
      wantedBytes: bytes,
      ...(secureBoot && { secureBoot }),
      needsAgent: false,
      ask: async (run, control, timeScale) =>
        refusal === undefined
          ? lookAndAsk(run, control, { ...policy, toolsRoot, runDir }, timeScale)
          : { results: [await waitForRefusal(run, refusal, timeScale, expected?.why)] },
    },
    machine,
    { ...policy, ...(refusal && { refusal }) },
  );
}

async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const part of createReadStream(file)) hash.update(part as Buffer);
  return hash.digest('hex');
}
