import { completedStatus } from './probe-program.ts';

export type Accelerator = 'tcg' | 'kvm';

/**
 * What running a guest program under an accelerator showed. `works`: it ran to its end. `slow`: it did, but slower than
 * emulation. `hangs`: it did not end within its deadline. `crashes`: QEMU or the guest gave up. `denied`: no permission.
 * `absent`: this machine does not offer it.
 */
export type ProbeVerdict = 'works' | 'slow' | 'hangs' | 'crashes' | 'denied' | 'absent';

export interface ProbeResult {
  readonly verdict: ProbeVerdict;
  /** Loop iterations per second; absent unless the program ran to its end. */
  readonly iterationsPerSecond?: number;
  readonly durationMs: number;
  /** One sentence for people. */
  readonly detail: string;
}

/** What was seen of one run of the probe program. */
export interface ProbeObservation {
  readonly exitCode: number | null;
  readonly timedOut: boolean;
  readonly stderr: string;
  readonly durationMs: number;
  /** Time between the line before the loop and the one behind it; absent when one of them did not arrive. */
  readonly loopMs?: number;
  /** The program reached long mode and announced its loop. */
  readonly started: boolean;
}

/** Says what an observation means. Knows nothing about the other accelerator: only the chooser says `slow`. */
export function judge(observation: ProbeObservation, iterations: number): ProbeResult {
  const { durationMs, loopMs, started } = observation;
  if (observation.timedOut) {
    const where = started ? 'entered its 64-bit loop and never left it' : 'never reached its 64-bit loop';
    return { verdict: 'hangs', durationMs, detail: `a guest program ${where} (waited ${seconds(durationMs)})` };
  }
  if (observation.exitCode === completedStatus && loopMs !== undefined) {
    // A loop faster than the clock's grain still has to give a finite speed.
    const iterationsPerSecond = Math.round(iterations / (Math.max(loopMs, 1) / 1000));
    return {
      verdict: 'works',
      durationMs,
      iterationsPerSecond,
      detail: `ran a guest program in ${seconds(durationMs)}`,
    };
  }
  const said = firstComplaint(observation.stderr);
  if (/permission denied/i.test(said)) return { verdict: 'denied', durationMs, detail: said };
  if (/no such file or directory|no such device|invalid accelerator/i.test(said)) {
    return { verdict: 'absent', durationMs, detail: said };
  }
  return { verdict: 'crashes', durationMs, detail: said || `QEMU ended with status ${observation.exitCode}` };
}

/** The first line of QEMU's that tells of more than a missing CPU feature (later ones are consequences). */
function firstComplaint(stderr: string): string {
  const lines = stderr
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.includes("doesn't support requested feature"));
  return (lines[0] ?? '').replace(/^qemu-system-\S+: (-accel \S+: )?/, '');
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;
