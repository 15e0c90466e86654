import path from 'node:path';
import { Interrupted } from '../diagnostic/index.ts';
import {
  type AcceleratorChoice,
  type LabRun,
  type MachineControl,
  machineControl,
  milestoneTitles,
  startLabRun,
} from '../lab/index.ts';
import type { SignedStart } from '../secure-boot/index.ts';
import { type BootAnswers, stillAnswers } from './ask/boot-and-ask.ts';
import { keepDisks } from './capsule/write.ts';
import { diagnose } from './diagnosis/diagnose.ts';
import type { Sources } from './diagnosis/owner.ts';
import { collectEvidence } from './evidence/index.ts';
import { hardwareFor } from './hardware.ts';
import { inQuarantine } from './schedule/quarantine.ts';
import type { TestMachine, TestPolicy } from './test-inputs.ts';
import { resultOf } from './test-result.ts';
import type { TestRun } from './test-run.ts';

/** Logs in the run directory. */
const logs = { console: 'console.log', journal: 'journal.log', qemu: 'qemu.log' } as const;

/** An image with what is known of it, and the questions to it. */
export interface Subject extends Pick<TestRun, 'flavour' | 'base' | 'image'> {
  readonly bytes: number;
  /** As long it was made, or says that it is. */
  readonly wantedBytes: number;
  /** What it was made from, where that is known. */
  readonly sources?: Sources;
  /** Who signed what UEFI starts of it. */
  readonly secureBoot?: SignedStart;
  /** It is known to take the lab's agent. */
  readonly needsAgent: boolean;
  /** A boot that fails is an answer, too. */
  readonly ask: (run: LabRun, control: MachineControl, timeScale: number) => Promise<BootAnswers>;
}

type ChosenMachine = Omit<TestMachine, 'accel' | 'crowding'> & { readonly accelerator: AcceleratorChoice };

/** Boots the image under one accelerator, asks it, and tells what came of it. `started` is when the test began (performance.now). */
export async function testOnce(
  subject: Subject,
  machine: ChosenMachine,
  policy: Omit<TestPolicy, 'checks'>,
  started: number,
): Promise<TestRun> {
  const startedAt = new Date().toISOString();
  const { accelerator, runner, toolsRoot, firmwareKeys, runDir, platformState, credentials } = machine;
  const { signal, snapshots, quarantine = [] } = policy;
  const { file } = subject.image;
  const topology = hardwareFor(machine.hardware, file, accelerator.chosen);
  const run = await startLabRun({
    topology,
    accelerator,
    runner,
    toolsRoot,
    runDir,
    ...(firmwareKeys !== undefined && { firmwareKeys }),
    ...(platformState !== undefined && { platformState }),
    ...(signal && { signal }),
    ...(snapshots !== undefined && { snapshots }),
    ...(credentials && { credentials }),
    isHeld: policy.hold !== undefined,
    needsAgent: subject.needsAgent,
    onMilestone: ({ id, atMs }) =>
      policy.onProgress?.({ stage: 'boot', message: `${milestoneTitles[id]} after ${(atMs / 1000).toFixed(1)} s` }),
  });
  try {
    // Where it cannot type, the boot does not end, and that is told.
    policy.atStart?.(run)?.catch(() => {});
    const milestones = run.milestones.passed;
    const { timeScale } = accelerator;
    const asked = await subject.ask(run, machineControl(run, topology, { runDir, timeScale }), timeScale);
    const answers = { ...asked, results: asked.results.map((one) => inQuarantine(one, topology.name, quarantine)) };
    const verdictMs = run.elapsedMs();
    const hasAgent = run.milestones.passed.some(({ id }) => id === 'agent');
    const evidence = await collectEvidence(run, runDir, {
      answers: hasAgent && (answers.failure === undefined || stillAnswers(answers.failure, run)),
      ...(answers.guestTimes && { guestTimes: answers.guestTimes }),
    });
    // Complaints about an image that had to be refused are what was asked for.
    const findings = policy.refusal === undefined ? [...run.scanner.findings] : [];
    const diagnostics = diagnose({
      ...answers,
      run,
      findings,
      consoleLog: path.join(runDir, logs.console),
      image: { file, bytes: subject.bytes, wantedBytes: subject.wantedBytes },
      failedUnits: evidence.failedUnits,
      topology,
      ...(subject.secureBoot && { secureBoot: subject.secureBoot }),
      ...(subject.sources && { sources: subject.sources }),
    });
    if (diagnostics.length > 0) await keepDisks(runDir);
    const seen = { answers, milestones, findings, diagnostics, evidence, verdictMs, startedAt, started, logs };
    const result = resultOf(subject, { accelerator, topology, command: run.machine.argv }, seen, policy.refusal);
    await policy.hold?.(result, run);
    return result;
  } catch (error) {
    // Whatever broke when everything was stopped is not the story to tell.
    throw signal?.aborted ? new Interrupted() : error;
  } finally {
    await run.end();
  }
}
