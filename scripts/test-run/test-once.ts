import path from 'node:path';
import type { Check } from '../checks/index.ts';
import { Interrupted } from '../diagnostic/index.ts';
import {
  type AcceleratorChoice,
  type LabRun,
  machineControl,
  milestoneTitles,
  startLabRun,
  type Topology,
} from '../lab/index.ts';
import { type BootAnswers, bootAndAsk, stillAnswers } from './ask/boot-and-ask.ts';
import { waitForRefusal } from './ask/wait-for-refusal.ts';
import { keepDisks } from './capsule/write.ts';
import { diagnose } from './diagnosis/diagnose.ts';
import { collectEvidence } from './evidence/index.ts';
import { hardwareFor } from './hardware.ts';
import { inQuarantine } from './schedule/quarantine.ts';
import type { TestedImage, TestMachine, TestPolicy } from './test-inputs.ts';
import { resultOf } from './test-result.ts';
import type { TestRun } from './test-run.ts';

/** Logs in the run directory. */
const logs = { console: 'console.log', journal: 'journal.log', qemu: 'qemu.log' } as const;

/** An image as long as its file is. */
export interface MeasuredImage extends TestedImage {
  readonly bytes: number;
}

type ChosenMachine = Omit<TestMachine, 'accel' | 'crowding'> & { readonly accelerator: AcceleratorChoice };
type ChosenPolicy = TestPolicy & { readonly checks: readonly Check[] };

/** Boots the image under one accelerator, asks it, and tells what came of it. `started` is when the test began (performance.now). */
export async function testOnce(
  image: MeasuredImage,
  machine: ChosenMachine,
  policy: ChosenPolicy,
  started: number,
): Promise<TestRun> {
  const startedAt = new Date().toISOString();
  const { accelerator, runner, toolsRoot, runDir, platformState, credentials } = machine;
  const { signal, snapshots } = policy;
  const topology = hardwareFor(machine.hardware, image.file, accelerator.chosen);
  const run = await startLabRun({
    topology,
    accelerator,
    runner,
    toolsRoot,
    runDir,
    ...(platformState !== undefined && { platformState }),
    ...(signal && { signal }),
    ...(snapshots !== undefined && { snapshots }),
    ...(credentials && { credentials }),
    isHeld: policy.hold !== undefined,
    onMilestone: ({ id, atMs }) =>
      policy.onProgress?.({ stage: 'boot', message: `${milestoneTitles[id]} after ${(atMs / 1000).toFixed(1)} s` }),
  });
  try {
    // Where it cannot type, the boot does not end, and that is told.
    policy.atStart?.(run)?.catch(() => {});
    const milestones = run.milestones.passed;
    const answers = await answersOf(run, topology, image, machine, policy);
    const verdictMs = run.elapsedMs();
    const evidence = await collectEvidence(run, runDir, {
      answers: policy.refusal === undefined && (answers.failure === undefined || stillAnswers(answers.failure, run)),
      ...(answers.guestTimes && { guestTimes: answers.guestTimes }),
    });
    // Complaints about an image that had to be refused are what was asked for.
    const findings = policy.refusal === undefined ? [...run.scanner.findings] : [];
    const { manifest, rendered } = image;
    const diagnostics = diagnose({
      ...answers,
      run,
      findings,
      consoleLog: path.join(runDir, logs.console),
      image: { file: image.file, bytes: image.bytes, wantedBytes: manifest.image.sizeBytes },
      failedUnits: evidence.failedUnits,
      sources: { manifest, ...(rendered && { rendered }) },
    });
    if (diagnostics.length > 0) await keepDisks(runDir);
    const seen = { answers, milestones, findings, diagnostics, evidence, verdictMs, startedAt, started, logs };
    const result = resultOf(image, { accelerator, topology, command: run.machine.argv }, seen, policy.refusal);
    await policy.hold?.(result, run);
    return result;
  } catch (error) {
    // Whatever broke when everything was stopped is not the story to tell.
    throw signal?.aborted ? new Interrupted() : error;
  } finally {
    await run.end();
  }
}

/** What the machine answers, with what is known to fail marked as such. */
async function answersOf(
  run: LabRun,
  topology: Topology,
  { manifest }: MeasuredImage,
  { runDir, accelerator: { timeScale } }: ChosenMachine,
  policy: ChosenPolicy,
): Promise<BootAnswers> {
  const { refusal, quarantine = [] } = policy;
  const control = machineControl(run, topology, { runDir, timeScale });
  const answers: BootAnswers =
    refusal === undefined
      ? await bootAndAsk(run, control, { ...policy, expect: manifest }, timeScale)
      : { results: [await waitForRefusal(run, refusal, timeScale)] };
  return { ...answers, results: answers.results.map((result) => inQuarantine(result, topology.name, quarantine)) };
}
