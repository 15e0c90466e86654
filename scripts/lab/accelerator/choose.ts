import { EnvironmentError } from '../../diagnostic/index.ts';
import type { Accelerator, ProbeResult } from './verdict.ts';

export type RequestedAccelerator = Accelerator | 'auto';

/** Loop iterations per second of the emulation that the lab's deadlines were measured with. */
export const referenceSpeed = 450_000_000;

/** Which accelerator a run uses and what that was decided on. Part of every report. */
export interface AcceleratorChoice {
  readonly requested: RequestedAccelerator;
  readonly chosen: Accelerator;
  readonly results: Readonly<Record<Accelerator, ProbeResult>>;
  /** Deadlines measured at the reference speed are multiplied by this. */
  readonly timeScale: number;
  /** The verdicts come from an earlier run since the machine was started; the speed is always measured anew. */
  readonly remembered: boolean;
  /** Time it took to know, in milliseconds. */
  readonly durationMs: number;
  readonly qemuVersion: string;
  /** One sentence for people: what was chosen and why. */
  readonly reason: string;
  /** The probe trusted this one, and a boot under it made no progress. */
  readonly fellBackFrom?: Accelerator;
}

/**
 * Chooses by what a guest program showed, never by what the machine claims to offer.
 * @throws EnvironmentError when the accelerator asked for (or, for `auto`, any) did not run a guest
 */
export function chooseAccelerator(
  requested: RequestedAccelerator,
  results: Readonly<Record<Accelerator, ProbeResult>>,
): Pick<AcceleratorChoice, 'chosen' | 'timeScale' | 'reason'> {
  const usable = (accelerator: Accelerator) => results[accelerator].iterationsPerSecond !== undefined;
  const describe = (accelerator: Accelerator) =>
    `${accelerator.toUpperCase()} ${results[accelerator].verdict}: ${results[accelerator].detail}`;
  const chosen = preferred(requested, results);
  if (!usable(chosen)) {
    throw new EnvironmentError({
      code: 'accelerator-unusable',
      severity: 'error',
      message: requested === 'auto' ? 'no accelerator runs a guest on this machine' : `${requested} runs no guest here`,
      hint: `${describe('tcg')}\n${describe('kvm')}${requested === 'kvm' ? '\nUse --accel auto or --accel tcg.' : ''}`,
    });
  }
  return { chosen, timeScale: timeScaleOf(results[chosen]), reason: describe('kvm') };
}

/**
 * Emulation in place of an accelerator under which a boot made no progress although the probe had run. Undefined when
 * there is nothing to fall back to: emulation it was already, or the accelerator was asked for by name.
 */
export function fallBack(choice: AcceleratorChoice): AcceleratorChoice | undefined {
  const { chosen, requested, results } = choice;
  if (chosen === 'tcg' || requested !== 'auto' || results.tcg.iterationsPerSecond === undefined) return undefined;
  const reason = `${choice.reason}, but a boot made no progress under it: emulation instead`;
  return { ...choice, chosen: 'tcg', timeScale: timeScaleOf(results.tcg), reason, fellBackFrom: chosen };
}

/** The one to use if it is usable. */
export function preferred(requested: RequestedAccelerator, results: AcceleratorChoice['results']): Accelerator {
  if (requested !== 'auto') return requested;
  return results.kvm.verdict === 'works' ? 'kvm' : 'tcg';
}

/** Never below a tenth: disks and the guest's own waiting do not get faster with the processor. */
function timeScaleOf(result: ProbeResult): number {
  const scale = referenceSpeed / (result.iterationsPerSecond ?? referenceSpeed);
  return Math.round(Math.max(scale, 0.1) * 100) / 100;
}

/** KVM that works but is slower than emulation is worth knowing about, and worth avoiding. */
export function compareSpeeds(results: Record<Accelerator, ProbeResult>): Record<Accelerator, ProbeResult> {
  const { tcg, kvm } = results;
  if (kvm.iterationsPerSecond === undefined || tcg.iterationsPerSecond === undefined) return results;
  if (kvm.iterationsPerSecond >= tcg.iterationsPerSecond) return results;
  const detail = `${kvm.detail}, at ${Math.round((kvm.iterationsPerSecond / tcg.iterationsPerSecond) * 100)} % of the speed of emulation`;
  return { tcg, kvm: { ...kvm, verdict: 'slow', detail } };
}
