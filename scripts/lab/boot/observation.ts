import { type Completed, plainText } from '../../process/index.ts';
import { ConsoleScanner } from '../console/scan.ts';
import type { QmpEvent } from '../machine/qmp.ts';
import { Boot } from './boot.ts';
import { BootFailed, endOfMachine, type MachineEnd, machineEnded } from './boot-failure.ts';
import { deferred } from './deferred.ts';
import type { Milestone } from './milestones.ts';
import { Transcript } from './transcript.ts';

/** After a fatal line the console is listened to a little longer: its reasons often come behind it. */
export const lastWordsMs = 1500;

export interface ObservationOptions {
  /** `console.log` and `journal.log` are written here. */
  readonly runDir: string;
  readonly timeScale: number;
  readonly onMilestone: (milestone: Milestone) => void;
  /** False for an image of which nobody knows whether it takes the agent. */
  readonly needsAgent?: boolean;
}

/**
 * What is seen of a machine from its making to its end, however often its guest starts: logs, bad lines, the boot that is
 * under way, and why it cannot end well any more. There is one failure for all boots: who waits for one in the first
 * boot (a check that restarts the guest) hears of it in a later one, too.
 */
export class Observation {
  readonly transcript: Transcript;
  readonly scanner: ConsoleScanner;
  readonly #options: ObservationOptions;
  readonly #failure = deferred<never>();
  readonly #events: QmpEvent[] = [];
  readonly #first: Boot;
  #boot: Boot;
  #broken: BootFailed | undefined;
  /** Told of each reset of the machine. */
  onReset: () => void = () => {};
  #reset = deferred<void>();

  constructor(options: ObservationOptions) {
    this.#options = options;
    // Whoever is interested waits for it; after the boot nobody is.
    this.#failure.promise.catch(() => {});
    this.scanner = new ConsoleScanner(({ fatal, line }) => {
      if (fatal) this.#break(line);
    });
    this.#first = this.#newBoot();
    this.#boot = this.#first;
    this.transcript = new Transcript(options.runDir, this.scanner);
  }

  /** The boot that is under way, or the last one. */
  get boot(): Boot {
    return this.#boot;
  }

  /** Never resolves; rejects with BootFailed when a boot cannot end well any more. */
  get failed(): Promise<never> {
    return this.#failure.promise;
  }

  /** Since the machine was first turned on, in milliseconds. */
  elapsedMs(): number {
    return this.#first.milestones.elapsedMs();
  }

  fail(why: BootFailed): void {
    this.#failure.reject(why);
  }

  /** From now on another reset is waited for. */
  expectReset(): Promise<void> {
    this.#reset = deferred();
    return this.#reset.promise;
  }

  /** The machine was turned on again. What it says belongs to a new boot. */
  beginBoot(): Boot {
    this.#boot = this.#newBoot();
    return this.#boot;
  }

  consoleLine(raw: string): void {
    const line = this.transcript.console(raw, this.elapsedMs());
    if (line !== undefined) this.#boot.consoleLine(line);
  }

  consolePrompt(start: string): void {
    this.#boot.consolePrompt(plainText(start));
  }

  journalLine(line: string): void {
    this.#boot.signOfLife();
    this.transcript.journal(line);
  }

  qmpEvent(event: QmpEvent): void {
    this.#events.push(event);
    if (event.event !== 'RESET') return;
    this.#reset.resolve();
    this.onReset();
  }

  /** QEMU has ended. A guest that gives up may turn itself off before its last words are over. */
  machineEnded({ stderr }: Completed): void {
    this.fail(this.#broken ?? machineEnded(this.#events, stderr));
  }

  /** How often the machine was reset so far. */
  get resets(): number {
    return this.#events.filter(({ event }) => event === 'RESET').length;
  }

  /** How QEMU ended, for somebody who only used the machine. */
  endOf(completed: Completed): MachineEnd {
    return endOfMachine(this.#events, completed);
  }

  close(): void {
    this.transcript.close();
  }

  #break(line: string): void {
    const why = new BootFailed('boot-broken', `the boot is broken: ${line}`);
    this.#broken ??= why;
    setTimeout(() => this.fail(why), lastWordsMs);
  }

  #newBoot(): Boot {
    const { timeScale, onMilestone, needsAgent = true } = this.#options;
    return new Boot({ timeScale, onMilestone, needsAgent, onFailure: (why) => this.fail(why) });
  }
}
