import type { Diagnostic } from '../diagnostic/index.ts';
import type { AcceleratorChoice, ConsoleFinding, Milestone, Topology } from '../lab/index.ts';
import type { BootAnswers } from './ask/boot-and-ask.ts';
import type { Evidence } from './evidence/index.ts';
import type { TestRun } from './test-run.ts';

/** What one boot showed. */
interface Seen {
  readonly answers: BootAnswers;
  /** Of the first boot of the machine. */
  readonly milestones: readonly Milestone[];
  readonly findings: readonly ConsoleFinding[];
  readonly diagnostics: readonly Diagnostic[];
  readonly evidence: Evidence;
  readonly verdictMs: number;
  /** ISO 8601 */
  readonly startedAt: string;
  /** When the whole test began, by performance.now. */
  readonly started: number;
  readonly logs: TestRun['logs'];
}

/** Puts together what reports are made of. With a `refusal` the image was not meant to boot. */
export function resultOf(
  subject: Pick<TestRun, 'flavour' | 'base' | 'image' | 'secureBoot'>,
  machine: {
    readonly accelerator: AcceleratorChoice;
    readonly topology: Topology;
    readonly command: readonly string[];
  },
  seen: Seen,
  refusal: RegExp | undefined,
): TestRun {
  const { answers, milestones, diagnostics } = seen;
  const at = (id: Milestone['id']) => milestones.find((milestone) => milestone.id === id)?.atMs;
  const [kernelMs, settledMs] = [at('kernel'), at('settled')];
  return {
    schema: 1,
    verdict: diagnostics.length === 0 ? 'passed' : 'failed',
    ...(subject.flavour !== undefined && { flavour: subject.flavour }),
    ...(subject.base !== undefined && { base: subject.base }),
    image: subject.image,
    startedAt: seen.startedAt,
    accelerator: machine.accelerator,
    topology: machine.topology,
    command: machine.command,
    ...(subject.secureBoot && { secureBoot: subject.secureBoot }),
    booted: answers.failure === undefined && refusal === undefined,
    milestones,
    timings: {
      ...(kernelMs !== undefined && { kernelMs }),
      ...(settledMs !== undefined && { settledMs }),
      ...(answers.guestTimes && { guest: answers.guestTimes }),
      verdictMs: seen.verdictMs,
      totalMs: Math.round(performance.now() - seen.started),
    },
    checks: answers.results,
    findings: seen.findings,
    diagnostics,
    evidence: seen.evidence,
    logs: seen.logs,
  };
}
