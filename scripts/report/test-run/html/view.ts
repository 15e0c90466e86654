import type { CheckResult } from '../../../checks/index.ts';
import { milestoneTitles } from '../../../lab/index.ts';
import { displayCommand } from '../../../process/index.ts';
import { nameOf, type TestRun } from '../../../test-run/index.ts';
import { signedView } from '../signed-start.ts';
import { acceleratorWords, answerWords, seconds } from '../words.ts';
import { phasesOf } from './phases.ts';
import { postureView } from './posture-view.ts';
import type { RunFiles } from './run-files.ts';
import { screenPieces } from './screen-view.ts';
import { sizeView } from './size-view.ts';

const statusWords: Readonly<Record<CheckResult['status'], string>> = {
  passed: 'passed',
  failed: 'failed',
  skipped: 'skipped',
  error: 'not asked',
};

/** Everything the page shows, in words and per cents: the template only arranges it. */
export function viewOf(run: TestRun, files: RunFiles) {
  const { accelerator, topology, timings, evidence } = run;
  const endMs = Math.max(timings.settledMs ?? 0, ...phasesOf(run).map((phase) => phase.toMs), 1);
  const percent = (ms: number, of = endMs) => Math.round((ms / of) * 10_000) / 100;
  const bar = (fromMs: number, toMs: number, of = endMs) => ({
    left: percent(fromMs, of),
    width: Math.max(percent(toMs - fromMs, of), 0.4),
  });
  // Units are timed since the kernel's start; the page's clock starts at power-on.
  const kernelAt = timings.kernelMs ?? 0;
  const link = (one: { unit: string; startedMs: number; upMs: number }) => ({
    unit: one.unit,
    took: seconds(one.upMs - one.startedMs),
    at: seconds(kernelAt + one.upMs),
    ...bar(kernelAt + one.startedMs, kernelAt + one.upMs),
  });
  const mostMiB = Math.max(1, ...evidence.memory.map((unit) => unit.heldMiB + unit.cacheMiB));
  return {
    title: `${nameOf(run)}: ${run.verdict}`,
    passed: run.verdict === 'passed',
    verdict: run.verdict,
    name: nameOf(run),
    base: run.base ?? 'an image of which only the file is known',
    on: `${topology.firmware === 'secure-boot' ? 'UEFI with Secure Boot' : topology.firmware.toUpperCase()}, machine ${topology.name}, ${accelerator.chosen.toUpperCase()}`,
    started: run.startedAt.slice(0, 16).replace('T', ' '),
    reused: run.reusedFrom !== undefined,
    figures: figuresOf(run),
    diagnostics: run.diagnostics,
    checks: run.checks.map((check) => ({
      ...check,
      summary: answerWords(check),
      word: check.quarantine ? 'known' : check.reusedFrom ? 'reused' : statusWords[check.status],
      open: check.quarantine === undefined && (check.status === 'failed' || check.status === 'error'),
      took: seconds(check.durationMs),
      values: Object.entries(check.values ?? {})
        .filter(([, value]) => !Array.isArray(value))
        .map(([name, value]) => ({ name, value: String(value) })),
    })),
    phases: phasesOf(run).map((phase) => ({
      ...phase,
      took: seconds(phase.toMs - phase.fromMs),
      ...bar(phase.fromMs, phase.toMs),
    })),
    bootEnd: seconds(endMs),
    milestones: run.milestones.map(({ id, atMs }) => ({ title: milestoneTitles[id], at: seconds(atMs) })),
    chain: evidence.criticalChain.map(link),
    slowest: evidence.slowestUnits.map(link),
    memory: evidence.memory.map((unit) => ({
      ...unit,
      held: bar(0, unit.heldMiB, mostMiB).width,
      cache: percent(unit.cacheMiB, mostMiB),
    })),
    memorySum: Math.round(evidence.memory.reduce((sum, unit) => sum + unit.heldMiB, 0)),
    listening: evidence.listening,
    size: files.size && sizeView(files.size),
    posture: files.posture && postureView(files.posture),
    secureBoot: run.secureBoot && signedView(run.secureBoot),
    journalErrors: evidence.journalErrors.map((entry) => ({
      at: seconds(entry.monotonicUs / 1000),
      who: entry.unit || entry.identifier,
      message: entry.message,
    })),
    screens: files.screens.map((screen) => ({
      title: screen.title,
      at: seconds(screen.atMs),
      pieces: screenPieces(screen.lines),
    })),
    screenshots: files.screenshots.map((one) => ({ ...one, at: seconds(one.atMs) })),
    logs: [
      { name: 'Console', file: run.logs.console, ...files.console },
      { name: 'Journal', file: run.logs.journal, ...files.journal },
    ],
    accelerators: Object.entries(accelerator.results).map(([name, result]) => ({
      name: name.toUpperCase(),
      chosen: name === accelerator.chosen,
      verdict: result.verdict,
      detail: result.detail,
      speed:
        result.iterationsPerSecond === undefined
          ? ''
          : `${Math.round(result.iterationsPerSecond / 1e6)} million loops a second`,
    })),
    timeScale: accelerator.timeScale,
    machine: [
      ['QEMU', accelerator.qemuVersion],
      ['Accelerator', acceleratorWords(accelerator)],
      ['Firmware', topology.firmware.toUpperCase()],
      ['Processor', `${topology.processors} × ${topology.cpu}`],
      ['Memory', `${topology.memoryMiB} MiB`],
      ['IOMMU', topology.iommu],
      ['Image', run.image.file],
      ['SHA-256', run.image.sha256],
      ...(run.image.inputHash === undefined ? [] : [['Input hash', run.image.inputHash]]),
    ].map(([name, value]) => ({ name, value })),
    command: displayCommand(run.command),
  };
}

function figuresOf(run: TestRun): { name: string; value: string; unit: string }[] {
  const { timings, checks, evidence } = run;
  const figure = (name: string, value: string | number, unit = '') => ({ name, value: String(value), unit });
  const known = (id: string, value: string): number | undefined => {
    const found = checks.find((check) => check.id === id)?.values?.[value];
    return typeof found === 'number' ? found : undefined;
  };
  const memory = known('idle-memory', 'usedMiB');
  const services = known('running-services', 'count');
  const good = checks.filter((check) => check.status === 'passed').length;
  return [
    figure('checks passed', `${good}/${checks.length}`),
    ...(timings.settledMs === undefined ? [] : [figure('booted after', (timings.settledMs / 1000).toFixed(1), 's')]),
    figure('verdict after', (timings.verdictMs / 1000).toFixed(1), 's'),
    ...(memory === undefined ? [] : [figure('memory at idle', memory, 'MiB')]),
    ...(services === undefined ? [] : [figure('services', services)]),
    ...(run.booted ? [figure('sockets listen', evidence.listening.length)] : []),
  ];
}
