import { setTimeout as sleep } from 'node:timers/promises';
import { GuestCommandFailed } from '../guest/guest.ts';
import { BootFailed } from './boot-failure.ts';
import type { LabRun } from './lab-run.ts';

/** From power-on to no start job left, at the reference speed. Twelve times what a lean image takes. */
const bootSeconds = 420;

/**
 * Waits until the system manager has no start job left and udev has handled every device. A system with failed units
 * (`degraded`) has booted: checks tell of the units.
 * @throws BootFailed
 */
export async function waitForBoot(run: LabRun, timeScale: number): Promise<void> {
  const timeout = new AbortController();
  const limitMs = bootSeconds * 1000 * timeScale;
  const tooSlow = sleep(limitMs, undefined, { signal: timeout.signal }).then(async () => {
    throw new BootFailed(
      'boot-too-slow',
      `the boot did not end within ${Math.round(limitMs / 1000)} s`,
      await openJobs(run),
    );
  });
  tooSlow.catch(() => {});
  try {
    await Promise.race([settle(run), run.failed, tooSlow]);
  } finally {
    timeout.abort();
  }
}

async function settle(run: LabRun): Promise<void> {
  await run.hello;
  const waiting = { timeoutSeconds: bootSeconds, allowFailure: true };
  const state = (await run.guest.run('systemctl is-system-running --wait', waiting)).stdout.trim();
  if (state !== 'running' && state !== 'degraded') {
    throw new BootFailed('boot-to-rescue', `the system manager says "${state}" instead of "running"`);
  }
  await run.guest.run('udevadm settle --timeout=120', { timeoutSeconds: 130, allowFailure: true });
  run.milestones.pass('settled');
}

/** What the boot is still waiting for, asked of the guest if it answers. */
async function openJobs(run: LabRun): Promise<string[]> {
  try {
    const { stdout } = await run.guest.run('systemctl list-jobs --no-legend --plain | head -n 10', {
      timeoutSeconds: 10,
    });
    return [
      'start jobs that were still open:',
      ...stdout
        .trimEnd()
        .split('\n')
        .map((line) => `  ${line}`),
    ];
  } catch (error) {
    return [error instanceof GuestCommandFailed ? error.message : 'the agent in the guest never answered'];
  }
}
