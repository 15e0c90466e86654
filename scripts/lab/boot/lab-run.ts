import { setTimeout as sleep } from 'node:timers/promises';
import { Interrupted } from '../../diagnostic/index.ts';
import type { AcceleratorChoice } from '../accelerator/index.ts';
import { plainText } from '../console/plain-text.ts';
import { ConsoleScanner } from '../console/scan.ts';
import { AgentChannel } from '../guest/channel.ts';
import { Guest } from '../guest/guest.ts';
import { injectedCredentials } from '../guest/injected-units.ts';
import type { JournalEntry } from '../guest/journal-entry.ts';
import { type Machine, type MachineOptions, startMachine } from '../machine/machine.ts';
import type { QmpEvent } from '../machine/qmp.ts';
import { onLines } from '../machine/socket.ts';
import { Screen } from '../screen/index.ts';
import { agentSilent, BootFailed, machineEnded, stalled } from './boot-failure.ts';
import { deferred } from './deferred.ts';
import { type Milestone, Milestones, milestoneTitles } from './milestones.ts';
import { Transcript } from './transcript.ts';
import { ProgressWatchdog } from './watchdog.ts';

/** Without a sign of life for this long a boot has failed, at the reference speed. */
const stallSeconds = 90;
/** The agent starts long before the login prompt; this much later it will not come, at the reference speed. */
const helloSeconds = 30;
/** systemd repeats this while nothing happens: it is the opposite of progress. */
const waitingLine = /A (?:start|stop) job is running for /;
/** After a fatal line the console is listened to a little longer: its reasons often come behind it. */
export const lastWordsMs = 1500;

export type LabRunOptions = Pick<
  MachineOptions,
  'topology' | 'toolsRoot' | 'runner' | 'runDir' | 'signal' | 'snapshots' | 'remoteDisplay'
> & {
  readonly accelerator: AcceleratorChoice;
  readonly onMilestone: (milestone: Milestone) => void;
  /** The serial console as it comes, byte for byte. */
  readonly onConsoleBytes?: (bytes: Buffer) => void;
  /** Further SMBIOS type 11 strings, beside those that start the lab's agent. */
  readonly credentials?: readonly string[];
};

/** A machine that is on, with everything that listens to it: logs, console catalogue, milestones, watchdog, agent. */
export interface LabRun {
  readonly machine: Machine;
  readonly guest: Guest;
  /** Of the boot that is under way, or the last one. */
  readonly milestones: Milestones;
  readonly scanner: ConsoleScanner;
  /** The serial console as a terminal shows it. */
  readonly screen: Screen;
  /** Resolves when the agent has said hello in this boot. */
  readonly hello: Promise<void>;
  /** Never resolves; rejects with BootFailed when the boot cannot end well any more. */
  readonly failed: Promise<never>;
  /** The last lines of the console, oldest first. */
  readonly lastLines: readonly string[];
  /** Entries of the journal that are errors or worse. */
  readonly journalErrors: readonly JournalEntry[];
  /** The last entries of the journal about each unit, oldest first. */
  readonly unitEntries: ReadonlyMap<string, readonly JournalEntry[]>;
  /** How far the guest's clock is ahead of this computer's, as its journal tells; negative when it is behind. */
  readonly clockAheadMs: number;
  /** All the lines of the console that are kept. */
  readonly consoleLines: readonly string[];
  /** Since the machine was first turned on, in milliseconds of the host's clock. */
  elapsedMs(): number;
  /** Makes the guest start again by `how`; resolves when the machine has been reset, and the watch over the boot is on. */
  restart(how: () => Promise<void>, limitSeconds: number): Promise<void>;
  /** Nobody will answer what was asked before. */
  forgetRequests(): void;
  /** Boot is over: silence is no longer a sign of failure. */
  stopWatching(): void;
  /** Turns the machine off and closes the logs. */
  end(): Promise<void>;
}

/**
 * Turns a machine on and listens to it.
 * @throws like startMachine
 */
export async function startLabRun(options: LabRunOptions): Promise<LabRun> {
  const { timeScale, chosen } = options.accelerator;
  const failure = deferred<never>();
  // Whoever is interested waits for it; after the boot nobody is.
  failure.promise.catch(() => {});
  let hello = deferred<void>();
  const failUnlessHello = () => {
    const waiting = setTimeout(() => failure.reject(agentSilent()), helloSeconds * 1000 * timeScale);
    waiting.unref();
    void hello.promise.then(() => clearTimeout(waiting));
  };
  const newMilestones = () =>
    new Milestones((milestone) => {
      options.onMilestone(milestone);
      if (milestone.id === 'login') failUnlessHello();
      // At power-on there is no screen yet.
      if (milestone.id !== 'power-on') void screen.keep(milestoneTitles[milestone.id]);
    });
  const firstMilestones = newMilestones();
  let milestones = firstMilestones;
  let broken: BootFailed | undefined;
  const scanner = new ConsoleScanner(({ fatal, line }) => {
    if (!fatal) return;
    const why = new BootFailed('boot-broken', `the boot is broken: ${line}`);
    broken ??= why;
    setTimeout(() => failure.reject(why), lastWordsMs);
  });
  const transcript = new Transcript(options.runDir, scanner);
  let watchdog: ProgressWatchdog | undefined;
  const events: QmpEvent[] = [];
  let reset = deferred<void>();

  const machine = await startMachine({
    ...options,
    accelerator: chosen,
    credentials: [...(await injectedCredentials()), ...(options.credentials ?? [])],
    onConsoleLine: (raw) => {
      const line = transcript.console(raw, firstMilestones.elapsedMs());
      if (line === undefined) return;
      if (!waitingLine.test(line)) watchdog?.touch();
      milestones.look(line);
    },
    // A login prompt is the last thing a quiet system says, and no line end follows it.
    onConsolePrompt: (start) => milestones.look(plainText(start)),
    onEvent: (event) => {
      events.push(event);
      if (event.event === 'RESET') reset.resolve();
    },
  }).catch((error: unknown) => {
    transcript.close();
    throw error;
  });
  const screen = new Screen({
    write: (keys) => void machine.console.write(keys),
    elapsedMs: () => milestones.elapsedMs(),
  });
  machine.console.on('data', (bytes: Buffer) => {
    screen.feed(bytes);
    options.onConsoleBytes?.(bytes);
  });
  onLines(machine.journalPort, (line) => {
    watchdog?.touch();
    transcript.journal(line);
  });
  const channel = new AgentChannel(machine.agentPort, () => {
    watchdog?.touch();
    milestones.pass('agent');
    hello.resolve();
  });
  // A guest that gives up may turn itself off before its last words are over.
  void machine.ended.then((completed) => failure.reject(broken ?? machineEnded(events, completed.stderr)));
  const watch = () => {
    watchdog?.stop();
    watchdog = new ProgressWatchdog({
      limitMs: stallSeconds * 1000 * timeScale,
      bytesRead: machine.bytesRead,
      onStall: (silentMs) => failure.reject(stalled(silentMs)),
    });
  };
  watch();
  const end = async () => {
    watchdog?.stop();
    await machine.quit();
    transcript.close();
  };
  try {
    milestones.pass('power-on');
    await machine.powerOn();
  } catch (error) {
    await end();
    throw options.signal?.aborted ? new Interrupted() : error;
  }
  const restart: LabRun['restart'] = async (how, limitSeconds) => {
    // Else a reset ends QEMU: nobody asked for one.
    await machine.qmp.execute('set-action', { reboot: 'reset' });
    watch();
    reset = deferred();
    await how();
    const limit = new AbortController();
    const late = sleep(limitSeconds * 1000, undefined, { signal: limit.signal }).then(() => {
      throw new BootFailed('no-restart', `the guest did not restart within ${Math.round(limitSeconds)} s`);
    });
    late.catch(() => {});
    await Promise.race([reset.promise, failure.promise, late]).finally(() => limit.abort());
    // A login prompt waits without a line end: it is not the new boot's, whatever that says behind it.
    machine.endConsoleLine();
    // Not sooner: the login prompt of the boot before may be late, and its agent has said hello.
    hello = deferred();
    milestones = newMilestones();
    milestones.pass('power-on');
    channel.forget('the guest was restarted before the agent answered');
    // The firmware itself may reset the machine once more on its way: not before the system is up is a reset a failure again.
    const forbid = () => machine.qmp.execute('set-action', { reboot: 'shutdown' }).catch(() => {});
    void hello.promise.then(forbid);
  };
  return {
    machine,
    guest: new Guest(channel, timeScale),
    get milestones() {
      return milestones;
    },
    scanner,
    screen,
    get hello() {
      return hello.promise;
    },
    failed: failure.promise,
    get lastLines() {
      return transcript.lastLines;
    },
    journalErrors: transcript.journalErrors,
    unitEntries: transcript.unitEntries,
    consoleLines: transcript.lines,
    get clockAheadMs() {
      return transcript.clockAheadMs;
    },
    elapsedMs: () => firstMilestones.elapsedMs(),
    restart,
    forgetRequests: () => channel.forget('the machine was put back to an earlier state'),
    stopWatching: () => watchdog?.stop(),
    end,
  };
}
