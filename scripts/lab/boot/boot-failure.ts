import type { Diagnostic } from '../../diagnostic/index.ts';
import type { ConsoleFinding } from '../console/scan.ts';
import type { QmpEvent } from '../machine/qmp.ts';
import { type MilestoneId, milestoneTitles } from './milestones.ts';

/** Why a boot did not come to its end. */
export type BootFailureCode =
  | 'boot-broken'
  | 'boot-stalled'
  | 'boot-too-slow'
  | 'boot-to-rescue'
  | 'no-restart'
  | 'machine-ended'
  | 'agent-silent';

/** Ends a boot. Not an error of this program and not one of the user's: the run's verdict. */
export class BootFailed extends Error {
  readonly code: BootFailureCode;
  /** More lines on the cause: start jobs that hang, QEMU's last words. */
  readonly details: readonly string[];

  constructor(code: BootFailureCode, message: string, details: readonly string[] = []) {
    super(message);
    this.name = 'BootFailed';
    this.code = code;
    this.details = details;
  }
}

/** The watchdog saw no progress. */
export function stalled(silentMs: number): BootFailed {
  return new BootFailed(
    'boot-stalled',
    `nothing moved for ${Math.round(silentMs / 1000)} s: no console line, no disk read`,
  );
}

/** The system is up as far as the console tells, but cannot be asked. */
export function agentSilent(): BootFailed {
  return new BootFailed('agent-silent', "the system asks for a login, but the lab's agent in it said nothing", [
    'The agent is started through SMBIOS credentials: the image needs systemd 256 or newer, bash and virtio_console.',
  ]);
}

/** With `-no-reboot` a guest's restart ends QEMU too; QEMU's last event tells these apart. */
export function machineEnded(events: readonly QmpEvent[], stderr: string): BootFailed {
  const reason = events.findLast(({ event }) => event === 'SHUTDOWN')?.data?.reason;
  const why =
    reason === 'guest-reset'
      ? 'the guest restarted itself'
      : reason === 'guest-shutdown'
        ? 'the guest turned itself off'
        : reason === 'guest-panic'
          ? 'the guest kernel panicked'
          : 'QEMU ended';
  const said = stderr.split('\n').filter((line) => line !== '' && !line.includes("doesn't support requested feature"));
  const known = emulatorFaults.filter(({ regex }) => regex.test(stderr)).map(({ told }) => told);
  return new BootFailed('machine-ended', `${why} during the test`, [...known, ...said.slice(-5)]);
}

/** Faults of QEMU that the lab has met, by its last words. */
const emulatorFaults: readonly { readonly regex: RegExp; readonly told: string }[] = [
  {
    // Seen with 10.0.13, as often as not on a busy computer, while a guest inside the guest ran OVMF.
    regex: /tcg_handle_interrupt: assertion failed: \(bql_locked/,
    told: "This is a fault of QEMU's emulation without KVM, not of the image: it meets 64-bit guests inside the guest.",
  },
];

/** Bad lines told with a boot that failed, beside the first: what follows is mostly its consequence. */
const mostBadLines = 3;

/** Explains a failed boot: the cause, how far it came, the first bad line, the last lines of the console. */
export function describeBootFailure(
  failure: BootFailed,
  seen: {
    readonly lastMilestone: MilestoneId;
    readonly findings: readonly ConsoleFinding[];
    readonly lastLines: readonly string[];
    readonly consoleLog: string;
  },
): Diagnostic {
  const bad = seen.findings[0];
  const fatal = seen.findings.find((finding) => finding.fatal);
  return {
    code: failure.code,
    severity: 'error',
    message: failure.message,
    hint: [
      `last milestone: ${seen.lastMilestone} (${milestoneTitles[seen.lastMilestone]})`,
      ...(fatal && fatal !== bad ? [fatal.explanation] : []),
      ...(bad ? [`first bad line (${bad.source} line ${bad.lineNumber}): ${bad.line}`, `  ${bad.explanation}`] : []),
      ...seen.findings
        .slice(1, 1 + mostBadLines)
        .map((next) => `then (${next.source} line ${next.lineNumber}): ${next.line}`),
      ...failure.details,
      `last lines of the console (${seen.consoleLog}):`,
      ...(seen.lastLines.length === 0 ? ['  (it stayed empty)'] : seen.lastLines.map((line) => `  ${line}`)),
    ].join('\n'),
  };
}
