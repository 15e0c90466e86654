import type { Check, CheckContext, CheckOutcome, CheckResult, Needs } from '../../checks/index.ts';
import type { Manifest } from '../../image/index.ts';
import { AgentSilent, featuresOf, GuestCommandFailed, GuestWaitFailed, type Topology } from '../../lab/index.ts';

/** Asks one question, once. What goes wrong in the guest is a result; any other exception is a bug and is passed on. */
export async function runCheck(check: Check, context: CheckContext): Promise<CheckResult> {
  return askCheck(check, context, missingFor(check.needs ?? {}, context));
}

/** The same of a question that needs less of its context, where it is known what the surroundings lack. */
export async function askCheck<C extends Pick<CheckContext, 'scaled'>>(
  check: Pick<Check, 'id' | 'title' | 'proves' | 'budgetSeconds'> & {
    readonly run: (context: C) => Promise<CheckOutcome>;
  },
  context: C,
  missing: readonly string[],
): Promise<CheckResult> {
  const started = performance.now();
  const outcome =
    missing.length > 0
      ? { status: 'skipped' as const, summary: missing.join('; '), evidence: [] }
      : await check.run(context).catch(unanswered);
  const durationMs = Math.round(performance.now() - started);
  const limitMs = check.budgetSeconds === undefined ? Infinity : context.scaled(check.budgetSeconds) * 1000;
  const { id, title, proves } = check;
  const late = outcome.status === 'passed' && durationMs > limitMs;
  return { id, title, proves, ...(late ? tooLate(outcome, durationMs, limitMs) : outcome), durationMs };
}

/** What the surroundings lack, in words. Empty when the question makes sense. */
export function missingFor(needs: Needs, { machine, expect }: Pick<CheckContext, 'machine' | 'expect'>): string[] {
  const kinds = needs.image ?? [expect.image.kind];
  const absent = missingComponents(needs.components ?? [], expect);
  return [
    ...machineLacks(needs, machine.topology),
    ...(kinds.includes(expect.image.kind) ? [] : [`the image is a ${expect.image.kind}, not a ${kinds.join(' or ')}`]),
    ...(absent.length > 0 ? [`the image has no component ${absent.join(', ')}`] : []),
  ];
}

/** What the machine lacks, in words. */
export function machineLacks(needs: Pick<Needs, 'machine'> = {}, topology: Topology): string[] {
  const features = featuresOf(topology);
  const hardware = (needs.machine ?? []).filter((feature) => !features.has(feature));
  return hardware.length > 0 ? [`the lab machine has no ${hardware.join(', no ')}`] : [];
}

/** Which of these components the image has nothing of. */
export function missingComponents(wanted: readonly string[], image: Pick<Manifest, 'units' | 'files'>): string[] {
  const there = new Set([...image.units, ...image.files].map(({ component }) => component));
  return wanted.filter((component) => !there.has(component));
}

function tooLate(outcome: CheckOutcome, durationMs: number, limitMs: number): CheckOutcome {
  const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
  return {
    ...outcome,
    status: 'failed',
    summary: `it took ${seconds(durationMs)}, budget ${seconds(limitMs)}; ${outcome.summary}`,
  };
}

function unanswered(error: unknown): CheckOutcome {
  if (error instanceof GuestCommandFailed) {
    const { stdout, stderr } = error.completed;
    const evidence = `${stdout}\n${stderr}`.split('\n').filter((line) => line.trim() !== '');
    return { status: 'error', summary: error.message, evidence: evidence.slice(-15) };
  }
  if (error instanceof AgentSilent || error instanceof GuestWaitFailed) {
    return { status: 'error', summary: error.message, evidence: [] };
  }
  throw error;
}
