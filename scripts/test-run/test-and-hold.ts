import { holdOpen } from '../lab/index.ts';
import { testImage } from './test-image.ts';
import type { TestedImage, TestMachine, TestPolicy } from './test-inputs.ts';
import type { TestRun } from './test-run.ts';

/** A test whose machine stays on. */
export interface HeldTest {
  /** Comes, or fails, when the verdict is known. */
  readonly result: Promise<TestRun>;
  /** Resolves when the machine is off; rejects when it died while people were in it. */
  readonly off: Promise<void>;
}

/** Tests an image and then leaves its machine to people, until `until` is aborted or the guest turns itself off. */
export function testAndHold(
  image: TestedImage,
  machine: TestMachine,
  policy: TestPolicy,
  title: string,
  until: AbortSignal,
): HeldTest {
  const { runDir, cacheDir } = machine;
  let tell: (run: TestRun) => void = () => {};
  const known = new Promise<TestRun>((resolve) => {
    tell = resolve;
  });
  let died: unknown;
  const off = testImage(image, machine, {
    ...policy,
    hold: async (result, run) => {
      tell(result);
      await holdOpen(run, { runDir, cacheDir, title, until }).catch((error: unknown) => {
        died = error;
      });
    },
  });
  const ended = off.then(
    () => {
      if (died !== undefined) throw died;
    },
    () => {},
  );
  // Whoever waits for it hears of it.
  ended.catch(() => {});
  // A test that breaks is over before anybody holds its machine.
  return { result: Promise.race([known, off]), off: ended };
}
