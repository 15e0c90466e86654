import type { CheckResult } from '../../checks/index.ts';
import { nameOf, type TestRun } from '../../test-run/index.ts';
import { signedLines } from './signed-start.ts';
import { acceleratorWords, answerWords, seconds } from './words.ts';

const marks: Readonly<Record<CheckResult['status'], string>> = {
  passed: 'ok',
  failed: 'FAILED',
  skipped: 'skipped',
  error: 'ERROR',
};

const markOf = ({ status, quarantine }: CheckResult): string => (quarantine ? 'known' : marks[status]);

/** The run in plain lines: what it ran on, each check's answer, the numbers, the verdict. Diagnostics are printed elsewhere. */
export function summarizeTestRun(run: TestRun): string[] {
  const { accelerator, topology, timings } = run;
  const width = Math.max(0, ...run.checks.map((check) => check.id.length));
  return [
    `${nameOf(run)}, ${topology.firmware.toUpperCase()}, ${topology.processors} processors, ${topology.memoryMiB} MiB, QEMU ${accelerator.qemuVersion}`,
    `accelerator: ${acceleratorWords(accelerator)}`,
    `boot: ${bootLine(run)}`,
    ...(run.secureBoot ? signedLines(run.secureBoot) : []),
    ...run.checks.map((check) => `  ${markOf(check).padEnd(7)} ${check.id.padEnd(width)}  ${answerWords(check)}`),
    ...(run.findings.length === 0
      ? ['console and journal: no bad line']
      : [`console and journal: ${run.findings.length} bad lines`]),
    `${run.verdict} ${seconds(timings.verdictMs)} after power-on: ${counts(run.checks)}`,
  ];
}

function bootLine({ timings, milestones, booted, verdict }: TestRun): string {
  if (!booted && verdict === 'passed') return 'refused, as it had to be';
  if (!booted) return `failed after ${milestones.at(-1)?.id ?? 'power-on'}`;
  const guest = timings.guest;
  const phases = guest
    ? ` (kernel ${seconds(guest.kernelMs)}, initramfs ${seconds(guest.initramfsMs)}, userspace ${seconds(guest.userspaceMs)})`
    : '';
  const loader = timings.kernelMs === undefined ? '' : `, kernel started after ${seconds(timings.kernelMs)}`;
  return `${seconds(timings.settledMs ?? timings.verdictMs)}${loader}${phases}`;
}

function counts(checks: readonly CheckResult[]): string {
  const of = (status: CheckResult['status']) => checks.filter((check) => check.status === status).length;
  const words = [`${of('passed')} of ${checks.length} checks passed`];
  if (of('failed') + of('error') > 0) words.push(`${of('failed') + of('error')} failed`);
  if (of('skipped') > 0) words.push(`${of('skipped')} skipped`);
  return words.join(', ');
}
