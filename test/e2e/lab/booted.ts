import { afterAll } from 'vitest';
import { type LabRun, startLabRun, waitForBoot } from '../../../scripts/lab/index.ts';

/** How much of the console is told with a failure. */
const lastLines = 30;

/** Turns a machine on and waits until its guest has booted, as long as the lab itself would. */
export type Booted = (options: Parameters<typeof startLabRun>[0]) => Promise<LabRun>;

/**
 * For the top of a file of tests. A machine that does not boot is turned off, as it would take a processor from all tests after
 * it, and what it said last is told: when the lab gives it up, and when a hook runs into its limit before.
 */
export function machinesThatBoot(): Booted {
  const booting = new Set<LabRun>();
  afterAll(async () => {
    for (const run of booting) {
      console.error(`a machine was still booting; its console ends with\n${endOf(run)}`);
      await run.end();
    }
  });
  return async (options) => {
    const run = await startLabRun(options);
    booting.add(run);
    try {
      await waitForBoot(run, options.accelerator.timeScale);
      run.stopWatching();
      return run;
    } catch (error) {
      const said = endOf(run);
      await run.end();
      throw new Error(`the machine did not boot; its console ends with\n${said}`, { cause: error });
    } finally {
      booting.delete(run);
    }
  };
}

const endOf = (run: LabRun): string => run.lastLines.slice(-lastLines).join('\n');
