import { afterAll } from 'vitest';
import { type LabRun, startLabRun, waitForBoot } from '../../../scripts/lab/index.ts';

/** How much of the console is told with a failure. */
const lastLines = 30;

/** Those that boot. A hook that runs into its limit leaves one, which would take a processor from all tests after it. */
const booting = new Set<LabRun>();
afterAll(async () => {
  for (const run of booting) {
    console.error(`a machine was still booting; its console ends with\n${run.lastLines.slice(-lastLines).join('\n')}`);
    await run.end();
  }
});

/**
 * Turns a machine on and waits until its guest has booted, as long as the lab itself would. One that does not boot is
 * turned off, and what it said last is told.
 */
export async function booted(options: Parameters<typeof startLabRun>[0]): Promise<LabRun> {
  const run = await startLabRun(options);
  booting.add(run);
  try {
    await waitForBoot(run, options.accelerator.timeScale);
    run.stopWatching();
    return run;
  } catch (error) {
    const said = run.lastLines.slice(-lastLines).join('\n');
    await run.end();
    throw new Error(`the machine did not boot; its console ends with\n${said}`, { cause: error });
  } finally {
    booting.delete(run);
  }
}
