import { deferred } from '../lab/boot/deferred.ts';
import { holdOpen } from '../lab/session/hold.ts';
import { testImage } from './test-image.ts';
import type { TestOptions } from './test-options.ts';
import type { TestRun } from './test-run.ts';

/** A test whose machine stays on. */
export interface HeldTest {
  /** Comes, or fails, when the verdict is known. */
  readonly result: Promise<TestRun>;
  /** Resolves when the machine is off. */
  readonly off: Promise<unknown>;
}

/** Tests an image and then leaves its machine to people, until `until` is aborted or the guest turns itself off. */
export function testAndHold(options: TestOptions, title: string, until: AbortSignal): HeldTest {
  const known = deferred<TestRun>();
  const { runDir, cacheDir } = options;
  const off = testImage({
    ...options,
    hold: async (result, run) => {
      known.resolve(result);
      await holdOpen(run, { runDir, cacheDir, title, until });
    },
  });
  off.then(known.resolve, known.reject);
  return { result: known.promise, off: off.catch(() => {}) };
}
