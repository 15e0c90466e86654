import { access, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { allChecks, type Check, type CheckResult, selectChecks } from '../checks/index.ts';
import { runCheck } from '../checks/run.ts';
import { Interrupted, ReportedError } from '../diagnostic/index.ts';
import type { Manifest } from '../image/manifest.ts';
import type { Runner } from '../process/index.ts';
import {
  type Accelerator,
  type AcceleratorChoice,
  fallBack,
  findAccelerator,
  type RequestedAccelerator,
} from './accelerator/index.ts';
import { BootFailed, type BootFailureCode } from './boot/boot-failure.ts';
import { type LabRun, startLabRun } from './boot/lab-run.ts';
import { type MachineControl, machineControl } from './boot/machine-control.ts';
import { milestoneTitles } from './boot/milestones.ts';
import { waitForBoot } from './boot/wait-for-boot.ts';
import { waitForRefusal } from './boot/wait-for-refusal.ts';
import { keepDisks } from './capsule/write.ts';
import type { Sources } from './cause/owner.ts';
import { diagnose } from './diagnose.ts';
import { collectEvidence } from './evidence/index.ts';
import { type GuestBootTimes, guestBootTimes } from './guest/boot-times.ts';
import { AgentSilent } from './guest/channel.ts';
import { GuestCommandFailed } from './guest/guest.ts';
import { injectedUnits, labSlice, portBuffersMiB } from './guest/injected-units.ts';
import type { Firmware, Topology } from './machine/topology.ts';
import { inQuarantine, type QuarantineEntry } from './schedule/quarantine.ts';
import type { TestRun } from './test-run.ts';
import { defaultTopologyFile, resolveTopology, type TopologyFile } from './topology/index.ts';

export interface TestOptions {
  readonly manifest: Manifest;
  /** The kickstart that the image was made of: a failure names the source line that is behind it. */
  readonly rendered?: NonNullable<Sources['rendered']>;
  /** Absolute path of the ISO; opened read-only. */
  readonly imageFile: string;
  /** The default machine when absent. */
  readonly topology?: TopologyFile;
  /** Takes the place of the topology: exactly this machine, but for the image. */
  readonly machine?: Topology;
  /** Takes the place of the topology's. */
  readonly firmware?: Firmware;
  readonly accel: RequestedAccelerator;
  readonly toolsRoot: string;
  /** Verdicts of the accelerator probe are remembered in `<cacheDir>/lab/`. */
  readonly cacheDir: string;
  /** Absolute; made if missing. The logs are written here while the machine runs. */
  readonly runDir: string;
  readonly runner: Runner;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: TestProgress) => void;
  /** How long after boot memory is measured; when absent, as soon as it stands still. */
  readonly idleSeconds?: number;
  /** Just these checks. */
  readonly only?: readonly string[];
  /** These in place of the manifest's. */
  readonly checks?: readonly Check[];
  /** Note the state once it has booted, and go back to it after every check that changes it. */
  readonly snapshots?: boolean;
  /** Answers from before that still hold, by the checks' ids: these are not asked again. */
  readonly reused?: ReadonlyMap<string, CheckResult>;
  /** The machine shares its processors with others: its deadlines are longer by this factor. */
  readonly crowding?: number;
  /** Checks that are known to fail. */
  readonly quarantine?: readonly QuarantineEntry[];
  /** The machine must refuse to start this image, in these words. */
  readonly refusal?: RegExp;
  readonly memoryMiB?: number;
  /** Called with the result while the machine is still on; it is turned off when the promise resolves. */
  readonly hold?: (result: TestRun, run: LabRun) => Promise<void>;
  /** Further SMBIOS type 11 strings: system credentials of the guest. */
  readonly credentials?: readonly string[];
}

export interface TestProgress {
  readonly stage: 'accelerator' | 'boot' | 'check';
  readonly message: string;
  /** For checks: which of how many has just ended. */
  readonly done?: number;
  readonly total?: number;
}

/**
 * Boots an image in QEMU and asks it the questions of its manifest. A boot or a check that fails is a verdict, not an exception.
 * @throws ReportedError when the manifest names an unknown check or the image file is missing
 * @throws EnvironmentError when no accelerator, QEMU or firmware can be used
 * @throws Interrupted when the signal was aborted; the machine is gone by then
 */
export async function testImage(options: TestOptions): Promise<TestRun> {
  const started = performance.now();
  const checks = options.checks ?? selectChecks(allChecks, options.manifest.checks, options.only);
  await access(options.imageFile).catch(() => {
    throw imageMissing(options.imageFile);
  });
  await mkdir(options.runDir, { recursive: true });
  const { runner, toolsRoot, signal } = options;
  const common = { runner, toolsRoot, ...(signal && { signal }) };

  const found = await findAccelerator({ ...common, requested: options.accel, cacheDir: options.cacheDir });
  const attempt = (accelerator: AcceleratorChoice) => {
    options.onProgress?.({ stage: 'accelerator', message: `using ${accelerator.chosen}: ${accelerator.reason}` });
    const timeScale = accelerator.timeScale * (options.crowding ?? 1);
    return testUnder({ ...accelerator, timeScale }, checks, options, started);
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
  started: number,
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

/** Name of the snapshot that is taken when the image has booted. */
const settledState = 'settled';

interface Asked {
  readonly results: readonly CheckResult[];
  readonly failure?: BootFailed;
  readonly guestTimes?: GuestBootTimes;
}

async function bootAndAsk(
  run: LabRun,
  machine: MachineControl,
  checks: readonly Check[],
  options: TestOptions,
  timeScale: number,
): Promise<Asked> {
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
      expect: options.manifest,
      injectedUnits,
      injectedSlice: labSlice,
      injectedKernelMiB: portBuffersMiB,
      ...(options.idleSeconds !== undefined && { idleSeconds: options.idleSeconds }),
      secondsSinceSettled: () => (performance.now() - settledAt) / 1000,
      scaled: (seconds: number) => seconds * atLeast,
    };
    if (options.snapshots) await machine.snapshot(settledState);
    let changed = false;
    for (const check of checks) {
      if (options.signal?.aborted) throw new Interrupted();
      const before = options.reused?.get(check.id);
      if (changed && options.snapshots && before === undefined) await machine.restore(settledState);
      const result = before ?? (await Promise.race([runCheck(check, context), run.failed]));
      changed = before === undefined ? check.changesState === true : changed;
      if (result.status === 'error') await confirmAlive(run);
      results.push(result);
      const message = `${result.status} ${check.id}: ${result.summary}`;
      options.onProgress?.({ stage: 'check', message, done: results.length, total: checks.length });
    }
    return { results, ...(guestTimes && { guestTimes }) };
  } catch (error) {
    if (options.signal?.aborted) throw new Interrupted();
    if (error instanceof BootFailed) return { results, failure: error };
    if (error instanceof AgentSilent || error instanceof GuestCommandFailed) {
      return { results, failure: await causeOf(error, run) };
    }
    throw error;
  }
}

/** A boot that got stuck late can be asked what it got stuck on. */
function stillAnswers({ code }: BootFailed, run: LabRun): boolean {
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

function imageMissing(file: string): ReportedError {
  return new ReportedError({
    code: 'image-missing',
    severity: 'error',
    message: `${file}: there is no such image`,
    hint: 'Build it first: phyllome build FLAVOUR.',
  });
}
