import { setTimeout as sleep } from 'node:timers/promises';
import type { Check, CheckResult } from '../../checks/index.ts';
import { Interrupted } from '../../diagnostic/index.ts';
import type { Manifest } from '../../image/index.ts';
import {
  AgentSilent,
  BootFailed,
  type GuestBootTimes,
  GuestCommandFailed,
  guestBootTimes,
  injectedUnits,
  type LabRun,
  labSlice,
  type MachineControl,
  portBuffersMiB,
  waitForBoot,
} from '../../lab/index.ts';
import type { TestPolicy } from '../test-inputs.ts';
import { runCheck } from './run-check.ts';

/** What came of a boot: answers, as far as they were given, and why it came to no end. */
export interface BootAnswers {
  readonly results: readonly CheckResult[];
  readonly failure?: BootFailed;
  readonly guestTimes?: GuestBootTimes;
}

/** What is asked of an image, and what is known before. */
export interface Questions extends Pick<TestPolicy, 'idleSeconds' | 'snapshots' | 'reused' | 'onProgress' | 'signal'> {
  readonly checks: readonly Check[];
  readonly expect: Manifest;
}

/** Waits until the image has booted and asks the checks one after the other. A boot that fails is an answer, too. */
export async function bootAndAsk(
  run: LabRun,
  machine: MachineControl,
  questions: Questions,
  timeScale: number,
): Promise<BootAnswers> {
  const { checks, expect, reused, signal, idleSeconds } = questions;
  const results: CheckResult[] = [];
  const atLeast = Math.max(1, timeScale);
  try {
    await waitForBoot(run, timeScale);
    run.stopWatching();
    const settledAt = performance.now();
    const guestTimes = await guestBootTimes(run.guest);
    const context = {
      guest: run.guest,
      machine,
      expect,
      injectedUnits,
      injectedSlice: labSlice,
      injectedKernelMiB: portBuffersMiB,
      ...(idleSeconds !== undefined && { idleSeconds }),
      secondsSinceSettled: () => (performance.now() - settledAt) / 1000,
      scaled: (seconds: number) => seconds * atLeast,
    };
    /** The state before a check that changed it. */
    let noted: string | undefined;
    for (const [index, check] of checks.entries()) {
      if (signal?.aborted) throw new Interrupted();
      const before = reused?.get(check.id);
      if (before === undefined) {
        if (noted !== undefined) await machine.restore(noted);
        noted = undefined;
        const followed = checks.slice(index + 1).some(({ id }) => reused?.has(id) !== true);
        // Right before each: the older a state, the further the clock of the restored guest jumps.
        if (questions.snapshots && check.changesState && followed) {
          noted = `before-${check.id}`;
          await machine.snapshot(noted);
        }
      }
      const result = before ?? (await Promise.race([runCheck(check, context), run.failed]));
      if (result.status === 'error') await confirmAlive(run);
      results.push(result);
      const message = `${result.status} ${check.id}: ${result.summary}`;
      questions.onProgress?.({ stage: 'check', message, done: results.length, total: checks.length });
    }
    return { results, ...(guestTimes && { guestTimes }) };
  } catch (error) {
    if (signal?.aborted) throw new Interrupted();
    if (error instanceof BootFailed) return { results, failure: error };
    if (error instanceof AgentSilent || error instanceof GuestCommandFailed) {
      return { results, failure: await causeOf(error, run) };
    }
    throw error;
  }
}

/** A boot that got stuck late can be asked what it got stuck on. */
export function stillAnswers({ code }: BootFailed, run: LabRun): boolean {
  const stuck = ['boot-stalled', 'boot-too-slow', 'boot-to-rescue'].includes(code);
  return stuck && run.milestones.passed.some(({ id }) => id === 'agent');
}

/** @throws BootFailed when the machine has ended: the agent's silence is noticed a moment before QEMU's end is. */
async function confirmAlive(run: LabRun): Promise<void> {
  await Promise.race([run.failed, sleep(1000)]);
}

/** The agent's silence is a symptom; the cause, if there is one to know, follows within a moment. */
async function causeOf(error: AgentSilent | GuestCommandFailed, run: LabRun): Promise<BootFailed> {
  try {
    await confirmAlive(run);
    return new BootFailed('agent-silent', error.message);
  } catch (cause) {
    if (cause instanceof BootFailed) return cause;
    throw cause;
  }
}
