import { agentSilent, type BootFailed } from './boot-failure.ts';
import { deferred } from './deferred.ts';
import { type Milestone, Milestones } from './milestones.ts';
import type { ProgressWatchdog } from './watchdog.ts';

/** The agent starts long before the login prompt; this much later it will not come, at the reference speed. */
const helloSeconds = 30;
/** systemd repeats this while nothing happens: it is the opposite of progress. */
const waitingLine = /A (?:start|stop) job is running for /;

export interface BootOptions {
  readonly timeScale: number;
  readonly onMilestone: (milestone: Milestone) => void;
  /** The image is known to take the agent: a login without it is a failure. */
  readonly needsAgent: boolean;
  /** It cannot end well any more. */
  readonly onFailure: (why: BootFailed) => void;
}

/**
 * One start of the guest, from power-on or a reset: how far it came, whether its agent has spoken, and the watch over its
 * progress. A machine that is restarted gets a new one.
 */
export class Boot {
  readonly milestones: Milestones;
  readonly #hello = deferred<void>();
  readonly #options: BootOptions;
  #watchdog: ProgressWatchdog | undefined;

  constructor(options: BootOptions) {
    this.#options = options;
    this.milestones = new Milestones((milestone) => {
      options.onMilestone(milestone);
      if (milestone.id === 'login' && options.needsAgent) this.#failUnlessHello();
    });
  }

  /** Resolves when the agent has said hello in this boot. */
  get hello(): Promise<void> {
    return this.#hello.promise;
  }

  /** Silence counts from now on, as `watchdog` measures it. */
  watch(watchdog: ProgressWatchdog): void {
    this.#watchdog?.stop();
    this.#watchdog = watchdog;
  }

  /** The boot is over: silence is no longer a sign of failure. */
  stopWatching(): void {
    this.#watchdog?.stop();
  }

  /** Takes a whole line of the console, as a person would read it. */
  consoleLine(line: string): void {
    if (!waitingLine.test(line)) this.#watchdog?.touch();
    this.milestones.look(line);
  }

  /** Takes the start of a line that has not ended: a login prompt is the last thing a quiet system says. */
  consolePrompt(start: string): void {
    this.milestones.look(start);
  }

  /** The guest did something that the console does not show. */
  signOfLife(): void {
    this.#watchdog?.touch();
  }

  /** The agent has said hello. */
  greet(): void {
    this.#watchdog?.touch();
    this.milestones.pass('agent');
    this.#hello.resolve();
  }

  #failUnlessHello(): void {
    const { onFailure, timeScale } = this.#options;
    const waiting = setTimeout(() => onFailure(agentSilent()), helloSeconds * 1000 * timeScale);
    waiting.unref();
    void this.#hello.promise.then(() => clearTimeout(waiting));
  }
}
