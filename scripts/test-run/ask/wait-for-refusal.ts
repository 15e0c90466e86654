import { setTimeout as sleep } from 'node:timers/promises';
import type { CheckResult } from '../../checks/index.ts';
import type { LabRun } from '../../lab/index.ts';

/** Firmware and boot loader have said no by then, at the reference speed. */
const refusalSeconds = 120;
/** A machine that starts the kernel all the same does it within this time of its complaint. */
const afterwardsSeconds = 10;

/** Waits until the machine has refused to start its image in words that match `refusal`, and has not started it then. `why` it must. */
export async function waitForRefusal(
  run: Pick<LabRun, 'milestones' | 'consoleLines' | 'lastLines'>,
  refusal: RegExp,
  timeScale: number,
  why?: string,
): Promise<CheckResult> {
  const started = performance.now();
  const result = (status: 'passed' | 'failed', summary: string): CheckResult => ({
    id: 'image-refused',
    title: 'the machine refuses the image',
    proves: `The console shows why the image is not started, and its kernel says nothing.${why === undefined ? '' : ` It has to be so: ${why}.`}`,
    status,
    summary,
    evidence: run.lastLines,
    durationMs: Math.round(performance.now() - started),
  });
  const kernelStarted = () => run.milestones.passed.some(({ id }) => id === 'kernel');
  const deadline = started + refusalSeconds * 1000 * timeScale;
  for (;;) {
    const words = run.consoleLines.find((line) => refusal.test(line));
    if (kernelStarted()) return result('failed', 'the kernel was started');
    if (words !== undefined) {
      await sleep(afterwardsSeconds * 1000 * timeScale);
      return kernelStarted() ? result('failed', `the kernel was started after "${words}"`) : result('passed', words);
    }
    if (performance.now() > deadline) return result('failed', 'nothing on the console says that the image was refused');
    await sleep(200);
  }
}
