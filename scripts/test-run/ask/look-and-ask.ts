import { type AnyImageCheck, type CheckResult, noFailedUnits } from '../../checks/index.ts';
import { Interrupted } from '../../diagnostic/index.ts';
import {
  BootFailed,
  DisplayWatch,
  guestBootTimes,
  injectedUnits,
  type LabRun,
  labSlice,
  type MachineControl,
  portBuffersMiB,
  type Rest,
  waitForRest,
} from '../../lab/index.ts';
import type { TestPolicy } from '../test-inputs.ts';
import type { BootAnswers } from './boot-and-ask.ts';
import { howFar, whyNoAgent } from './how-far.ts';
import { askCheck, machineLacks } from './run-check.ts';

/** Where the display's picture goes for a moment, and where the fonts are that its text is read by. */
export interface ForeignQuestions extends Pick<TestPolicy, 'onProgress' | 'signal'> {
  readonly runDir: string;
  readonly toolsRoot: string;
}

/** What any system whose manager takes the agent can be asked. */
const askedOfSystems: readonly AnyImageCheck[] = [noFailedUnits];

/** Waits until an image that nobody here made has come to rest, tells how far it came, and asks what can be asked of it. */
export async function lookAndAsk(
  run: LabRun,
  machine: MachineControl,
  questions: ForeignQuestions,
  timeScale: number,
): Promise<BootAnswers> {
  const { signal, onProgress } = questions;
  const results: CheckResult[] = [];
  const tell = (result: CheckResult) => {
    results.push(result);
    onProgress?.({ stage: 'check', message: `${result.status} ${result.id}: ${result.summary}` });
  };
  try {
    const watch = await DisplayWatch.of(run, questions);
    const rest = await waitForRest(run, watch, { timeScale, loaderIsEnough: false });
    run.stopWatching();
    for (const result of howFar(rest, run, machine.topology)) tell(result);
    const guestTimes = rest.at === 'agent' ? await guestBootTimes(run.guest) : undefined;
    for (const check of askedOfSystems) tell(await askSystem(check, rest, run, machine, timeScale));
    return { results, ...(guestTimes && { guestTimes }) };
  } catch (error) {
    if (signal?.aborted) throw new Interrupted();
    if (error instanceof BootFailed) return { results, failure: error };
    throw error;
  }
}

async function askSystem(
  check: AnyImageCheck,
  rest: Rest,
  run: LabRun,
  machine: MachineControl,
  timeScale: number,
): Promise<CheckResult> {
  const settledAt = performance.now();
  const context = {
    guest: run.guest,
    machine,
    injectedUnits,
    injectedSlice: labSlice,
    injectedKernelMiB: portBuffersMiB,
    secondsSinceSettled: () => (performance.now() - settledAt) / 1000,
    scaled: (seconds: number) => seconds * Math.max(1, timeScale),
  };
  const missing = rest.at === 'agent' ? machineLacks(check.needs, machine.topology) : [whyNoAgent(rest, run)];
  return Promise.race([askCheck(check, context, missing), run.failed]);
}
