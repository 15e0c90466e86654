import { AgentSilent } from '../lab/guest/channel.ts';
import { GuestCommandFailed, GuestWaitFailed } from '../lab/guest/guest.ts';
import type { MachineFeature } from '../lab/machine/topology.ts';
import type { Check, CheckContext, CheckOutcome, CheckResult } from './check.ts';

/** Asks one question, once. What goes wrong in the guest is a result; any other exception is a bug and is passed on. */
export async function runCheck(
  check: Check,
  context: CheckContext,
  features: ReadonlySet<MachineFeature>,
): Promise<CheckResult> {
  const started = performance.now();
  const missing = (check.needs ?? []).filter((need) => !features.has(need));
  const outcome =
    missing.length > 0
      ? { status: 'skipped' as const, summary: `the lab machine has no ${missing.join(', no ')}`, evidence: [] }
      : await check.run(context).catch(unanswered);
  const { id, title, proves } = check;
  return { id, title, proves, ...outcome, durationMs: Math.round(performance.now() - started) };
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
