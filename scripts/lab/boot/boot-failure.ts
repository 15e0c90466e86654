import { constants } from 'node:os';
import type { Diagnostic } from '../../diagnostic/index.ts';
import { type Completed, describeEnd } from '../../process/index.ts';
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
  | 'agent-silent'
  | 'loader-stuck'
  | 'kernel-stopped'
  | 'nothing-shown';

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
  const reason = reasonOf(events);
  const why =
    reason === 'guest-reset'
      ? 'the guest restarted itself'
      : reason === 'guest-shutdown'
        ? 'the guest turned itself off'
        : reason === 'guest-panic'
          ? 'the guest kernel panicked'
          : 'QEMU ended';
  return new BootFailed('machine-ended', `${why} during the test`, lastWords(stderr));
}

const reasonOf = (events: readonly QmpEvent[]): unknown =>
  events.findLast(({ event }) => event === 'SHUTDOWN')?.data?.reason;

/** Of QEMU, with what is known of them. */
function lastWords(stderr: string): readonly string[] {
  const said = stderr.split('\n').filter((line) => line !== '' && !line.includes("doesn't support requested feature"));
  const known = emulatorFaults.filter(({ regex }) => regex.test(stderr)).map(({ told }) => told);
  return [...known, ...said.slice(-5)];
}

/** How a machine ended that a person used. */
export interface MachineEnd {
  /** Somebody turned it off, in the guest or from outside. */
  readonly isOrderly: boolean;
  /** `QEMU was killed by SIGABRT` */
  readonly message: string;
  readonly details: readonly string[];
}

export function endOfMachine(events: readonly QmpEvent[], completed: Completed): MachineEnd {
  const reason = reasonOf(events);
  const details = lastWords(completed.stderr);
  if (reason === 'guest-panic') return { isOrderly: false, message: 'the guest kernel panicked', details };
  if (completed.exitCode === 0 && (reason === 'guest-shutdown' || reason === 'host-qmp-quit')) {
    const who = reason === 'guest-shutdown' ? 'the guest turned itself off' : 'it was turned off';
    return { isOrderly: true, message: who, details };
  }
  return { isOrderly: false, message: `QEMU ${endInWords(completed)}`, details };
}

/** bubblewrap, around QEMU, tells a signal as shells do: by 128 more. */
function endInWords(completed: Completed): string {
  const signal = Object.entries(constants.signals).find(([, number]) => completed.exitCode === 128 + number)?.[0];
  return signal === undefined ? describeEnd(completed) : `was killed by ${signal}`;
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
