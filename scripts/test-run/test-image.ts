import { mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { allChecks, type Check, type CheckResult, selectChecks } from '../checks/index.ts';
import { Interrupted, ReportedError } from '../diagnostic/index.ts';
import {
  type Accelerator,
  type AcceleratorChoice,
  type BootFailureCode,
  defaultTopologyFile,
  fallBack,
  findAccelerator,
  machineControl,
  milestoneTitles,
  resolveTopology,
  startLabRun,
  type Topology,
} from '../lab/index.ts';
import { type Asked, bootAndAsk, stillAnswers } from './ask/boot-and-ask.ts';
import { waitForRefusal } from './ask/wait-for-refusal.ts';
import { keepDisks } from './capsule/write.ts';
import { diagnose } from './diagnosis/diagnose.ts';
import { collectEvidence } from './evidence/index.ts';
import { inQuarantine } from './schedule/quarantine.ts';
import type { TestOptions } from './test-options.ts';
import type { TestRun } from './test-run.ts';

/**
 * Boots an image in QEMU and asks it the questions of its manifest. A boot or a check that fails is a verdict, not an exception.
 * @throws ReportedError when the manifest names an unknown check or the image file is missing
 * @throws EnvironmentError when no accelerator, QEMU or firmware can be used
 * @throws Interrupted when the signal was aborted; the machine is gone by then
 */
export async function testImage(options: TestOptions): Promise<TestRun> {
  const started = performance.now();
  const checks = options.checks ?? selectChecks(allChecks, options.manifest.checks, options.only);
  const { size: imageBytes } = await stat(options.imageFile).catch(() => {
    throw imageMissing(options.imageFile);
  });
  await mkdir(options.runDir, { recursive: true });
  const { runner, toolsRoot, signal } = options;
  const common = { runner, toolsRoot, ...(signal && { signal }) };

  const found = await findAccelerator({ ...common, requested: options.accel, cacheDir: options.cacheDir });
  const attempt = (accelerator: AcceleratorChoice) => {
    options.onProgress?.({ stage: 'accelerator', message: `using ${accelerator.chosen}: ${accelerator.reason}` });
    const timeScale = accelerator.timeScale * (options.crowding ?? 1);
    return testUnder({ ...accelerator, timeScale }, checks, options, { started, imageBytes });
  };
  const run = await attempt(found);
  const other = run.diagnostics.some(({ code }) => code === noProgress) ? fallBack(found) : undefined;
  return other === undefined ? run : attempt(other);
}

/** Of a boot that stood still. */
const noProgress: BootFailureCode = 'boot-stalled';

async function testUnder(
  accelerator: AcceleratorChoice,
  checks: readonly Check[],
  options: TestOptions,
  { started, imageBytes }: { readonly started: number; readonly imageBytes: number },
): Promise<TestRun> {
  const startedAt = new Date().toISOString();
  const { runner, toolsRoot, runDir, signal } = options;
  const common = { runner, toolsRoot, ...(signal && { signal }) };
  const topology = topologyFor(options, accelerator.chosen);
  const run = await startLabRun({
    ...common,
    runDir,
    topology,
    accelerator,
    ...(options.snapshots !== undefined && { snapshots: options.snapshots }),
    ...(options.credentials && { credentials: options.credentials }),
    onMilestone: ({ id, atMs }) =>
      options.onProgress?.({ stage: 'boot', message: `${milestoneTitles[id]} after ${(atMs / 1000).toFixed(1)} s` }),
  });
  try {
    const firstBoot = run.milestones;
    const machine = machineControl(run, topology, { runDir, timeScale: accelerator.timeScale });
    const answers: Asked =
      options.refusal === undefined
        ? await bootAndAsk(run, machine, checks, options, accelerator.timeScale)
        : { results: [await waitForRefusal(run, options.refusal, accelerator.timeScale)] };
    const judge = (result: CheckResult) => inQuarantine(result, topology.name, options.quarantine ?? []);
    const asked = { ...answers, results: answers.results.map(judge) };
    const verdictMs = run.elapsedMs();
    const logs = { console: 'console.log', journal: 'journal.log', qemu: 'qemu.log' };
    const evidence = await collectEvidence(run, runDir, {
      answers: options.refusal === undefined && (asked.failure === undefined || stillAnswers(asked.failure, run)),
      ...(asked.guestTimes && { guestTimes: asked.guestTimes }),
    });
    // Complaints about an image that had to be refused are what was asked for.
    const findings = options.refusal === undefined ? [...run.scanner.findings] : [];
    const diagnostics = diagnose({
      ...{ ...asked, run, findings, consoleLog: path.join(runDir, logs.console) },
      image: { file: options.imageFile, bytes: imageBytes, wantedBytes: options.manifest.image.sizeBytes },
      failedUnits: evidence.failedUnits,
      sources: { manifest: options.manifest, ...(options.rendered && { rendered: options.rendered }) },
    });
    const at = (id: string) => firstBoot.passed.find((milestone) => milestone.id === id)?.atMs;
    const [kernelMs, settledMs] = [at('kernel'), at('settled')];
    if (diagnostics.length > 0) await keepDisks(runDir);
    const result: TestRun = {
      schema: 1,
      verdict: diagnostics.length === 0 ? 'passed' : 'failed',
      flavour: options.manifest.flavour,
      base: options.manifest.base,
      image: {
        file: options.imageFile,
        inputHash: options.manifest.inputHash,
        sha256: options.manifest.image.sha256,
      },
      startedAt,
      accelerator,
      topology,
      command: run.machine.argv,
      booted: asked.failure === undefined && options.refusal === undefined,
      milestones: firstBoot.passed,
      timings: {
        ...(kernelMs !== undefined && { kernelMs }),
        ...(settledMs !== undefined && { settledMs }),
        ...(asked.guestTimes && { guest: asked.guestTimes }),
        verdictMs,
        totalMs: Math.round(performance.now() - started),
      },
      checks: asked.results,
      findings,
      diagnostics,
      evidence,
      logs,
    };
    await options.hold?.(result, run);
    return result;
  } catch (error) {
    // Whatever broke when everything was stopped is not the story to tell.
    throw signal?.aborted ? new Interrupted() : error;
  } finally {
    await run.end();
  }
}

function topologyFor(options: TestOptions, accelerator: Accelerator): Topology {
  const { machine, imageFile, firmware, memoryMiB } = options;
  const resolved = resolveTopology(options.topology ?? defaultTopologyFile, {
    ...{ accelerator, imageFile },
    ...(firmware !== undefined && { firmware }),
    ...(memoryMiB !== undefined && { memoryMiB }),
  });
  if (machine === undefined) return resolved;
  // The host's own processor is known to KVM only.
  const cpu = machine.cpu.startsWith('host') && accelerator === 'tcg' ? resolved.cpu : machine.cpu;
  return { ...machine, cpu, medium: { ...machine.medium, file: imageFile } };
}

function imageMissing(file: string): ReportedError {
  return new ReportedError({
    code: 'image-missing',
    severity: 'error',
    message: `${file}: there is no such image`,
    hint: 'Build it first: phyllome build FLAVOUR.',
  });
}
