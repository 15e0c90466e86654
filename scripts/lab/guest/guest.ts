import { setTimeout as sleep } from 'node:timers/promises';
import { splitKernelCommandLine } from '../../flavour/index.ts';
import { displayCommand } from '../../process/index.ts';
import type { AgentChannel, GuestResult } from './channel.ts';
import { type JournalEntry, parseJournalLine } from './journal-entry.ts';
import { parseProperties, type UnitState, unitProperties, unitStateOf } from './unit-state.ts';

/** What a command in the guest did, as text. */
export interface GuestCompleted {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface GuestRunOptions {
  /** On a machine of the reference speed; more on slower ones. Default 30. */
  readonly timeoutSeconds?: number;
  /** Return a non-zero exit instead of throwing GuestCommandFailed. */
  readonly allowFailure?: boolean;
}

export interface JournalFilter {
  readonly kernel?: boolean;
  readonly unit?: string;
  readonly priority?: number;
}

/** A command in the guest ended badly or ran out of time. */
export class GuestCommandFailed extends Error {
  readonly completed: GuestCompleted;

  constructor(command: string, completed: GuestCompleted) {
    const how = completed.status === 124 ? 'did not end in time' : `exited with status ${completed.status}`;
    const said = (completed.stderr.trim() || completed.stdout.trim()).split('\n').slice(-3).join('; ');
    super(`in the guest, ${command} ${how}${said === '' ? '' : `: ${said}`}`);
    this.name = 'GuestCommandFailed';
    this.completed = completed;
  }
}

/** A condition in the guest did not come true in time. */
export class GuestWaitFailed extends Error {
  constructor(what: string, seconds: number) {
    super(`in the guest, ${what} did not come true within ${seconds} s`);
    this.name = 'GuestWaitFailed';
  }
}

/** The booted image, as root sees it. */
export class Guest {
  readonly #channel: Pick<AgentChannel, 'request'>;
  /** A fast machine gets no less time for a command: much of what is waited for in a guest is not computing. */
  readonly #timeScale: number;

  constructor(channel: Pick<AgentChannel, 'request'>, timeScale: number) {
    this.#channel = channel;
    this.#timeScale = Math.max(1, timeScale);
  }

  /**
   * Runs a program (argument vector) or a bash script (string) as root.
   * @throws GuestCommandFailed on a non-zero exit (unless `allowFailure`) and when it runs out of time
   * @throws AgentSilent when the guest does not answer at all
   */
  async run(command: string | readonly string[], options: GuestRunOptions = {}): Promise<GuestCompleted> {
    const script = typeof command === 'string' ? command : displayCommand(command);
    const result = await this.#request(script, options.timeoutSeconds ?? 30);
    const completed = { status: result.status, stdout: result.stdout.toString(), stderr: result.stderr.toString() };
    const failed = completed.status === 124 || (completed.status !== 0 && options.allowFailure !== true);
    if (failed) throw new GuestCommandFailed(firstLine(script), completed);
    return completed;
  }

  /**
   * The bytes of a file.
   * @throws GuestCommandFailed when it cannot be read
   */
  async read(path: string): Promise<Buffer> {
    const { status, stdout, stderr } = await this.#request(displayCommand(['cat', '--', path]), 30);
    if (status === 0) return stdout;
    throw new GuestCommandFailed(`cat ${path}`, { status, stdout: '', stderr: stderr.toString() });
  }

  /** Lines of a text file, without line ends and empty last line. */
  async readLines(path: string): Promise<string[]> {
    return (await this.read(path)).toString().trimEnd().split('\n');
  }

  /** Arguments on the running kernel's command line. */
  async kargs(): Promise<string[]> {
    return splitKernelCommandLine((await this.read('/proc/cmdline')).toString().trim());
  }

  /** Entries of this boot's journal, oldest first: all, or the kernel's, a unit's, those of at least a priority (3: errors). */
  async journal(filter: JournalFilter = {}): Promise<JournalEntry[]> {
    const options = [
      ...(filter.kernel === true ? ['--dmesg'] : []),
      ...(filter.unit === undefined ? [] : [`--unit=${filter.unit}`]),
      ...(filter.priority === undefined ? [] : [`--priority=${filter.priority}`]),
    ];
    const { stdout } = await this.run(['journalctl', '--boot', '--no-pager', '--quiet', '--output=json', ...options]);
    return stdout.split('\n').flatMap((line) => parseJournalLine(line) ?? []);
  }

  /** What the system manager knows about a unit. */
  async unit(name: string): Promise<UnitState> {
    const { stdout } = await this.run(['systemctl', 'show', `--property=${unitProperties.join(',')}`, '--', name]);
    return unitStateOf(parseProperties(stdout));
  }

  /** The same of several units in one request, in the order asked for, under the names asked for (not what they alias). */
  async units(names: readonly string[]): Promise<UnitState[]> {
    if (names.length === 0) return [];
    const { stdout } = await this.run(['systemctl', 'show', `--property=${unitProperties.join(',')}`, '--', ...names]);
    const blocks = stdout.trimEnd().split('\n\n');
    return names.map((name, index) => ({ ...unitStateOf(parseProperties(blocks[index] ?? '')), name }));
  }

  /**
   * Asks again until the script succeeds.
   * @throws GuestWaitFailed after `timeoutSeconds` (of the reference speed)
   */
  async waitFor(what: string, script: string, timeoutSeconds: number): Promise<GuestCompleted> {
    const deadline = Date.now() + timeoutSeconds * 1000 * this.#timeScale;
    for (;;) {
      const completed = await this.run(script, { allowFailure: true, timeoutSeconds });
      if (completed.status === 0) return completed;
      if (Date.now() > deadline) throw new GuestWaitFailed(what, Math.ceil(timeoutSeconds * this.#timeScale));
      await sleep(500);
    }
  }

  #request(script: string, timeoutSeconds: number): Promise<GuestResult> {
    const seconds = Math.ceil(timeoutSeconds * this.#timeScale);
    return this.#channel.request(script, seconds, 10_000 * this.#timeScale);
  }
}

const firstLine = (script: string): string => script.trim().split('\n')[0] ?? '';
