import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { Expectation, Question } from '../expectation/index.ts';
import type { RecognisedImage } from '../image/index.ts';
import { lookAndAsk } from './ask/look-and-ask.ts';
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
  return testSubject(
    {
      image: { file, sha256: recognised.kind === 'pxe' ? '' : await sha256(file) },
      bytes,
      wantedBytes: bytes,
      needsAgent: false,
      ask: (run, control, timeScale) => lookAndAsk(run, control, { ...policy, toolsRoot, runDir }, timeScale),
    },
    machine,
    policy,
  );
}

async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const part of createReadStream(file)) hash.update(part as Buffer);
  return hash.digest('hex');
}
