import { readFile, rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { Interrupted } from '../../diagnostic/index.ts';
import { usualMemoryMiB, usualProcessors } from '../../lab/index.ts';
import { testImage } from '../test-image.ts';
import type { LabMeans, TestedImage, TestPolicy } from '../test-inputs.ts';
import type { TestRun } from '../test-run.ts';
import { type Budget, Slots } from './budget.ts';
import type { MachinePlan } from './plan-machines.ts';
import type { RememberedVerdicts } from './remembered-verdicts.ts';
import { withTamperedKernel } from './tamper.ts';

export interface ScenariosOptions extends Pick<TestPolicy, 'quarantine' | 'signal'> {
  readonly image: TestedImage;
  readonly means: LabMeans;
  readonly machines: readonly MachinePlan[];
  /** Each machine's report goes to a directory of its own in here. */
  readonly directory: string;
  readonly budget: Budget;
  /** Nothing else is started, and what runs is ended, as soon as one machine's verdict is `failed`. */
  readonly failFast: boolean;
  /** What is known to be well, and where it is remembered. */
  readonly verdicts: RememberedVerdicts;
  /** Ask also what is known to be well. */
  readonly again: boolean;
  readonly onProgress?: (machine: MachinePlan, message: string) => void;
  /** Called once for each machine, as soon as it has ended. */
  readonly onRun: (machine: MachinePlan, run: TestRun, runDir: string) => Promise<void>;
}

/** What became of one machine. `stopped`: another failed before it had an answer. */
export type MachineOutcome =
  | { readonly machine: MachinePlan; readonly run: TestRun; readonly runDir: string }
  | { readonly machine: MachinePlan; readonly stopped: true };

/** What became of all, and what ended it early: an error that testImage threw, or an interruption. */
export interface ScenariosEnd {
  readonly outcomes: readonly MachineOutcome[];
  readonly failure?: unknown;
}

/**
 * Starts the machines, as many at a time as the budget allows. When one cannot be started at all, the others are ended,
 * too: what has an answer by then is not lost.
 * `boot` is there for tests.
 */
export async function runScenarios(
  options: ScenariosOptions,
  boot: typeof testImage = testImage,
): Promise<ScenariosEnd> {
  const stop = new AbortController();
  const onAbort = () => stop.abort();
  options.signal?.addEventListener('abort', onAbort, { once: true });
  const slots = new Slots(options.budget);
  let failure: unknown;
  const outcomes = await Promise.all(
    options.machines.map(async (machine): Promise<MachineOutcome> => {
      const { memoryMiB = usualMemoryMiB, processors = usualProcessors } = machine.topology;
      return slots.use({ memoryMiB, processors }, async () => {
        if (stop.signal.aborted) return { machine, stopped: true };
        try {
          const outcome = await runMachine(machine, options, stop.signal, boot);
          if (options.failFast && outcome.run.verdict === 'failed') stop.abort();
          return outcome;
        } catch (error) {
          if (!(error instanceof Interrupted)) failure ??= error;
          stop.abort();
          return { machine, stopped: true };
        }
      });
    }),
  );
  options.signal?.removeEventListener('abort', onAbort);
  if (options.signal?.aborted) failure = new Interrupted();
  return { outcomes, ...(failure !== undefined && { failure }) };
}

async function runMachine(
  machine: MachinePlan,
  options: ScenariosOptions,
  signal: AbortSignal,
  boot: typeof testImage,
): Promise<{ readonly machine: MachinePlan; readonly run: TestRun; readonly runDir: string }> {
  const { image, means, verdicts } = options;
  const { manifest } = image;
  const runDir = path.join(options.directory, machine.id);
  const say = (message: string) => options.onProgress?.(machine, message);
  const before = options.again ? undefined : await verdicts.run(machine, manifest);
  if (before !== undefined) {
    // Logs of another run must not be shown as this one's.
    if ((await startOfRunIn(runDir)) !== before.startedAt) await rm(runDir, { recursive: true, force: true });
    say(`nothing it depends on has changed since ${before.startedAt}`);
    await options.onRun(machine, before, runDir);
    return { machine, run: before, runDir };
  }
  const { runner, toolsRoot } = means;
  const file = machine.tampering
    ? await withTamperedKernel(image.file, path.join(runDir, 'tampered'), { runner, toolsRoot, signal })
    : image.file;
  const reused = options.again ? undefined : await verdicts.checks(machine, manifest);
  const crowding = Math.max(1, options.budget.cores / availableParallelism());
  const run = await boot(
    { ...image, file },
    { ...means, hardware: { topology: machine.topology }, runDir, crowding },
    {
      checks: machine.checks,
      snapshots: machine.snapshots,
      ...(options.quarantine && { quarantine: options.quarantine }),
      ...(reused && { reused }),
      ...(machine.tampering && { refusal: machine.tampering.refusal }),
      signal,
      onProgress: ({ message, done, total }) => say(total === undefined ? message : `${done}/${total} ${message}`),
    },
  );
  // The spoilt copy is as large as the image and made again in seconds. Only a failed run needs it, to be replayed.
  if (machine.tampering && run.verdict === 'passed') await rm(path.dirname(file), { recursive: true, force: true });
  await verdicts.remember(machine, manifest, run);
  await options.onRun(machine, run, runDir);
  return { machine, run, runDir };
}

/** When the run began whose report is in the directory. */
async function startOfRunIn(runDir: string): Promise<string | undefined> {
  try {
    return (JSON.parse(await readFile(path.join(runDir, 'results.json'), 'utf8')) as TestRun).startedAt;
  } catch {
    return undefined; // None, or one that was cut off.
  }
}
