import { setTimeout as sleep } from 'node:timers/promises';
import type { ConsoleScanner } from '../console/scan.ts';
import { AgentChannel } from '../guest/channel.ts';
import { Guest } from '../guest/guest.ts';
import type { JournalEntry } from '../guest/journal-entry.ts';
import type { Machine } from '../machine/machine.ts';
import { onLines } from '../machine/socket.ts';
import type { Screen } from '../screen/index.ts';
import { BootFailed, type MachineEnd, stalled } from './boot-failure.ts';
import type { Milestones } from './milestones.ts';
import type { Observation } from './observation.ts';
import { ProgressWatchdog } from './watchdog.ts';

/** Without a sign of life for this long a boot has failed, at the reference speed. */
const stallSeconds = 90;

/** A machine with everything that listens to it: logs, console catalogue, milestones, watchdog, agent. */
export class LabRun {
  readonly machine: Machine;
  readonly guest: Guest;
  /** The serial console as a terminal shows it. */
  readonly screen: Screen;
  readonly #observation: Observation;
  readonly #channel: AgentChannel;
  readonly #timeScale: number;
  readonly #needsAgent: boolean;

  /** Listens to a machine that was made and is still off. Without `needsAgent` silence is judged by somebody else. */
  constructor(machine: Machine, screen: Screen, observation: Observation, timeScale: number, needsAgent = true) {
    this.machine = machine;
    this.screen = screen;
    this.#observation = observation;
    this.#timeScale = timeScale;
    this.#needsAgent = needsAgent;
    onLines(machine.journalPort, (line) => observation.journalLine(line));
    this.#channel = new AgentChannel(machine.agentPort, () => observation.boot.greet());
    this.guest = new Guest(this.#channel, timeScale);
    void machine.ended.then((completed) => observation.machineEnded(completed));
    if (needsAgent) observation.boot.watch(this.#newWatchdog());
  }

  /** Of the boot that is under way, or the last one. */
  get milestones(): Milestones {
    return this.#observation.boot.milestones;
  }

  get scanner(): ConsoleScanner {
    return this.#observation.scanner;
  }

  /** Resolves when the agent has said hello in this boot. */
  get hello(): Promise<void> {
    return this.#observation.boot.hello;
  }

  /** Never resolves; rejects with BootFailed when the boot cannot end well any more. */
  get failed(): Promise<never> {
    return this.#observation.failed;
  }

  /** The last lines of the console, oldest first. */
  get lastLines(): readonly string[] {
    return this.#observation.transcript.lastLines;
  }

  /** All the lines of the console that are kept. */
  get consoleLines(): readonly string[] {
    return this.#observation.transcript.lines;
  }

  /** Entries of the journal that are errors or worse. */
  get journalErrors(): readonly JournalEntry[] {
    return this.#observation.transcript.journalErrors;
  }

  /** The last entries of the journal about each unit, oldest first. */
  get unitEntries(): ReadonlyMap<string, readonly JournalEntry[]> {
    return this.#observation.transcript.unitEntries;
  }

  /** How far the guest's clock is ahead of this computer's, as its journal tells; negative when it is behind. */
  get clockAheadMs(): number {
    return this.#observation.transcript.clockAheadMs;
  }

  /** Since the machine was first turned on, in milliseconds of the host's clock. */
  elapsedMs(): number {
    return this.#observation.elapsedMs();
  }

  async powerOn(): Promise<void> {
    this.milestones.pass('power-on');
    await this.machine.powerOn();
  }

  /**
   * Makes the guest start again by `how`; resolves when the machine has been reset, and the watch over the boot is on.
   * @throws BootFailed when it was not within `limitSeconds`, or the machine failed before
   */
  async restart(how: () => Promise<void>, limitSeconds: number): Promise<void> {
    const { machine } = this;
    const observation = this.#observation;
    // QEMU was started with -no-reboot: without this the reset would end it.
    await machine.qmp.execute('set-action', { reboot: 'reset' });
    const watchdog = this.#needsAgent ? this.#newWatchdog() : undefined;
    if (watchdog !== undefined) observation.boot.watch(watchdog);
    const reset = observation.expectReset();
    const asked = how();
    // An agent that is stopped before it has answered is waited for long after the guest has started again.
    asked.catch(() => {});
    await this.#within(limitSeconds, Promise.race([reset, asked.then(() => reset)]));
    // The old boot's login prompt has no line end: what the new boot says must not become a part of that line.
    machine.endConsoleLine();
    // Only now: a late login prompt and the hello of the boot before must not count for the new one.
    const boot = observation.beginBoot();
    if (watchdog !== undefined) boot.watch(watchdog);
    boot.milestones.pass('power-on');
    this.#channel.forget('the guest was restarted before the agent answered');
    // The firmware itself may reset the machine once more: only when the system is up is a reset a failure again.
    void boot.hello.then(() => this.forbidRestarts().catch(() => {}));
  }

  /** The machine was put back to an earlier state: nobody will answer what was asked before. */
  forgetRequests(): void {
    this.#channel.forget('the machine was put back to an earlier state');
  }

  /** Settles when QEMU has ended: how. */
  get howItEnded(): Promise<MachineEnd> {
    return this.machine.ended.then((completed) => this.#observation.endOf(completed));
  }

  /** From now on the guest may restart as it likes: that ends nothing but what was asked of it before. */
  async allowRestarts(): Promise<void> {
    this.#observation.onReset = () => this.#channel.forget('the guest restarts');
    await this.machine.qmp.execute('set-action', { reboot: 'reset' });
  }

  /** A restart is the machine's end again. */
  async forbidRestarts(): Promise<void> {
    await this.machine.qmp.execute('set-action', { reboot: 'shutdown' });
  }

  /** How often the machine was reset since it was made. */
  get resets(): number {
    return this.#observation.resets;
  }

  /** Boot is over: silence is no longer a sign of failure. */
  stopWatching(): void {
    this.#observation.boot.stopWatching();
  }

  /** Turns the machine off and closes the logs. */
  async end(): Promise<void> {
    this.stopWatching();
    await this.machine.quit();
    this.#observation.close();
  }

  async #within(limitSeconds: number, reset: Promise<void>): Promise<void> {
    const limit = new AbortController();
    const late = sleep(limitSeconds * 1000, undefined, { signal: limit.signal }).then(() => {
      throw new BootFailed('no-restart', `the guest did not restart within ${Math.round(limitSeconds)} s`);
    });
    late.catch(() => {});
    await Promise.race([reset, this.failed, late]).finally(() => limit.abort());
  }

  #newWatchdog(): ProgressWatchdog {
    return new ProgressWatchdog({
      limitMs: stallSeconds * 1000 * this.#timeScale,
      bytesRead: this.machine.bytesRead,
      onStall: (silentMs) => this.#observation.fail(stalled(silentMs)),
    });
  }
}
