import { setTimeout as sleep } from 'node:timers/promises';
import { AgentSilent } from '../guest/channel.ts';
import { GuestCommandFailed } from '../guest/guest.ts';
import { BootFailed } from './boot-failure.ts';
import type { LabRun } from './lab-run.ts';
import { lastWordsMs } from './observation.ts';
import { loaderFault } from './standing-still.ts';

/** From power-on to no start job left, at the reference speed. Twelve times what a lean image takes. */
export const bootSeconds = 420;

/**
 * Waits until the system manager has no start job left and udev has handled every device. A system with failed units
 * (`degraded`) has booted: checks tell of the units.
 * @throws BootFailed
 */
export async function waitForBoot(run: LabRun, timeScale: number): Promise<void> {
  const timeout = new AbortController();
  const limitMs = bootSeconds * 1000 * timeScale;
  const tooSlow = sleep(limitMs, undefined, { signal: timeout.signal }).then(() => {
    throw new BootFailed('boot-too-slow', `the boot did not end within ${Math.round(limitMs / 1000)} s`);
  });
  tooSlow.catch(() => {});
  try {
    await Promise.race([settle(run), run.failed, tooSlow, nothingStarted(run, timeout.signal)]);
  } catch (error) {
    const hangs = error instanceof BootFailed && ['boot-too-slow', 'boot-stalled'].includes(error.code);
    throw hangs ? await withOpenJobs(error, run) : error;
  } finally {
    timeout.abort();
  }
}

/** What firmware says when it has tried everything that there is; nobody presses the key that it then waits for. */
const givesUp = /BdsDxe: No bootable option or device was found/;

/** Rejects with BootFailed when the firmware gives up; a watchdog would wait for a minute and a half, and know no cause. */
async function nothingStarted(run: Pick<LabRun, 'milestones' | 'consoleLines'>, signal: AbortSignal): Promise<never> {
  for (;;) {
    await sleep(1000, undefined, { signal }).catch(() => new Promise<never>(() => {}));
    const before = run.milestones.passed.every(({ id }) => id === 'power-on');
    const fault =
      before && run.consoleLines.some((line) => givesUp.test(line)) && loaderFault([], run.consoleLines.join('\n'));
    if (fault) throw fault;
  }
}

/** Waits for the agent, and until the system manager has no start job left. */
export async function settle(run: LabRun): Promise<void> {
  await run.hello;
  const waiting = { timeoutSeconds: bootSeconds, allowFailure: true };
  const state = (await run.guest.run('systemctl is-system-running --wait', waiting)).stdout.trim();
  if (state !== 'running' && state !== 'degraded') {
    // The console has said why in the same moment, and that is the better answer.
    await Promise.race([run.failed, sleep(2 * lastWordsMs)]);
    throw new BootFailed('boot-to-rescue', `the system manager says "${state}" instead of "running"`);
  }
  await run.guest.run('udevadm settle --timeout=120', { timeoutSeconds: 130, allowFailure: true });
  run.milestones.pass('settled');
}

/** What the boot is still waiting for, asked of the guest if it answers: the jobs that run are the ones that hang. */
async function withOpenJobs(failure: BootFailed, run: LabRun): Promise<BootFailed> {
  try {
    const { stdout } = await run.guest.run('systemctl list-jobs --no-legend --plain', { timeoutSeconds: 10 });
    const jobs = parseJobs(stdout);
    const hanging = jobs.filter((job) => job.state === 'running').map((job) => job.unit);
    const waitsFor = hanging.length === 0 ? '' : `; it waits for ${hanging.join(', ')}`;
    return new BootFailed(failure.code, `${failure.message}${waitsFor}`, [
      'start jobs that were still open:',
      ...jobs.slice(0, 10).map((job) => `  ${job.unit}: ${job.type}, ${job.state}`),
    ]);
  } catch (error) {
    const why =
      error instanceof GuestCommandFailed || error instanceof AgentSilent ? error.message : 'the guest cannot be asked';
    return new BootFailed(failure.code, failure.message, [...failure.details, why]);
  }
}

/** Lines of `12 hang.service start running`. */
export function parseJobs(text: string): { unit: string; type: string; state: string }[] {
  return text.split('\n').flatMap((line) => {
    const [, unit, type, state] = line.trim().split(/\s+/);
    return unit && type && state ? [{ unit, type, state }] : [];
  });
}
