import path from 'node:path';
import type { AcceleratorChoice } from '../accelerator/index.ts';
import { plainText } from '../console/plain-text.ts';
import { ConsoleScanner } from '../console/scan.ts';
import { AgentChannel } from '../guest/channel.ts';
import { Guest } from '../guest/guest.ts';
import { injectedCredentials } from '../guest/injected-units.ts';
import { formatJournalEntry, parseJournalLine } from '../guest/journal-entry.ts';
import { type Machine, type MachineOptions, startMachine } from '../machine/machine.ts';
import type { QmpEvent } from '../machine/qmp.ts';
import { onLines } from '../machine/socket.ts';
import { BootFailed } from './boot-failure.ts';
import { deferred } from './deferred.ts';
import { LineLog } from './line-log.ts';
import { type Milestone, Milestones } from './milestones.ts';
import { ProgressWatchdog } from './watchdog.ts';

/** Console lines kept for the explanation of a failed boot. */
const keptLines = 20;
/** Without a sign of life for this long a boot has failed, at the reference speed. */
const stallSeconds = 90;
/** systemd repeats this while nothing happens: it is the opposite of progress. */
const waitingLine = /A (?:start|stop) job is running for /;
/** After a fatal line the console is listened to a little longer: its reasons often come behind it. */
const lastWordsMs = 1500;

export type LabRunOptions = Pick<MachineOptions, 'topology' | 'toolsRoot' | 'runner' | 'runDir' | 'signal'> & {
  readonly accelerator: AcceleratorChoice;
  readonly onMilestone: (milestone: Milestone) => void;
};

/** A machine that is on, with everything that listens to it: logs, console catalogue, milestones, watchdog, agent. */
export interface LabRun {
  readonly machine: Machine;
  readonly guest: Guest;
  readonly milestones: Milestones;
  readonly scanner: ConsoleScanner;
  /** Resolves when the agent has said hello. */
  readonly hello: Promise<void>;
  /** Never resolves; rejects with BootFailed when the boot cannot end well any more. */
  readonly failed: Promise<never>;
  /** The last lines of the console, oldest first. */
  readonly lastLines: readonly string[];
  /** Boot is over: silence is no longer a sign of failure. */
  stopWatching(): void;
  /** Turns the machine off and closes the logs. */
  end(): Promise<void>;
}

/** Turns a machine on and listens to it. @throws like startMachine */
export async function startLabRun(options: LabRunOptions): Promise<LabRun> {
  const { timeScale, chosen } = options.accelerator;
  const consoleLog = new LineLog(path.join(options.runDir, 'console.log'));
  const journalLog = new LineLog(path.join(options.runDir, 'journal.log'));
  const closeLogs = () => {
    consoleLog.close();
    journalLog.close();
  };
  const lastLines: string[] = [];
  const failure = deferred<never>();
  // Whoever is interested waits for it; after the boot nobody is.
  failure.promise.catch(() => {});
  const hello = deferred<void>();
  const scanner = new ConsoleScanner((finding) => {
    if (!finding.fatal) return;
    const failed = new BootFailed('boot-broken', `the boot is broken: ${finding.line}`);
    setTimeout(() => failure.reject(failed), lastWordsMs);
  });
  const milestones = new Milestones(options.onMilestone);
  let watchdog: ProgressWatchdog | undefined;
  let ended = false;
  const events: QmpEvent[] = [];

  const onConsoleLine = (raw: string) => {
    const line = plainText(raw);
    if (line === '' || ended) return;
    if (!waitingLine.test(line)) watchdog?.touch();
    const time = (milestones.elapsedMs() / 1000).toFixed(3).padStart(8);
    scanner.scan('console', line, consoleLog.append(`${time}  ${line}`));
    lastLines.push(line);
    if (lastLines.length > keptLines) lastLines.shift();
    milestones.look(line);
  };
  const onJournalLine = (json: string) => {
    watchdog?.touch();
    const entry = ended ? undefined : parseJournalLine(json);
    if (entry === undefined) return;
    const line = formatJournalEntry(entry);
    scanner.scan('journal', line, journalLog.append(line));
  };

  const machine = await startMachine({
    ...options,
    accelerator: chosen,
    credentials: await injectedCredentials(),
    onConsoleLine,
    onEvent: (event) => events.push(event),
  }).catch((error: unknown) => {
    closeLogs();
    throw error;
  });
  watchdog = new ProgressWatchdog({
    limitMs: stallSeconds * 1000 * timeScale,
    bytesRead: machine.bytesRead,
    onStall: (silentMs) => failure.reject(stalled(silentMs, lastLines)),
  });
  onLines(machine.journalPort, onJournalLine);
  const channel = new AgentChannel(machine.agentPort, () => {
    watchdog?.touch();
    milestones.pass('agent');
    hello.resolve();
  });
  void machine.ended.then((completed) => failure.reject(machineEnded(events, completed.stderr)));
  milestones.pass('power-on');
  await machine.powerOn();

  return {
    machine,
    guest: new Guest(channel, timeScale),
    milestones,
    scanner,
    hello: hello.promise,
    failed: failure.promise,
    lastLines,
    stopWatching: () => watchdog?.stop(),
    end: async () => {
      watchdog?.stop();
      await machine.quit();
      ended = true;
      closeLogs();
    },
  };
}

function stalled(silentMs: number, lastLines: readonly string[]): BootFailed {
  const seconds = Math.round(silentMs / 1000);
  return lastLines.some((line) => /\blogin:$/.test(line))
    ? new BootFailed(
        'agent-silent',
        `the system asks for a login, but the lab's agent in it said nothing for ${seconds} s`,
        [
          'The agent is started through SMBIOS credentials: the image needs systemd 256 or newer, bash, and virtio_console.',
        ],
      )
    : new BootFailed('boot-stalled', `nothing moved for ${seconds} s: no console line, no disk read`);
}

/** With `-no-reboot` a guest's restart ends QEMU too; QEMU's last event tells these apart. */
function machineEnded(events: readonly QmpEvent[], stderr: string): BootFailed {
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
  return new BootFailed('machine-ended', `${why} during the test`, said.slice(-5));
}
