import { signatures } from '../signatures/index.ts';
import type { Signature } from '../signatures/signature.ts';
import type { InstallPhase } from './phases.ts';
import { withoutTime } from './without-time.ts';

/** What a line told: a phase that began, how far it is, or that nothing good can follow. */
export interface WatchEvents {
  readonly onPhase: (phase: InstallPhase) => void;
  readonly onProgress: (text: string) => void;
  /** Called once. The lines of Anaconda's error block are complete when it is called. */
  readonly onFatal: (finding: FatalFinding) => void;
}

export interface FatalFinding {
  /** Absent for an error block that says something unknown. */
  readonly signature?: Signature;
  readonly lines: readonly string[];
}

/** Anaconda's last words in command line mode; after them it sleeps for three minutes, then exits. */
const blockStart = /The exact error message is:|An error occurred during reading the kickstart file:/;
/** What Anaconda says behind its error. */
const blockEnd = /^The installer will now terminate|^The installation (?:will|was|cannot)|^\[anaconda\]/;
/** An error block has no end mark: so many lines are enough, and so little time is waited for the next. */
const blockLines = 30;
const blockSilenceMs = 1500;

/** Reads the output of livemedia-creator line by line, while it runs. */
export class CreatorWatch {
  readonly #phases: readonly InstallPhase[];
  readonly #events: WatchEvents;
  readonly #silenceMs: number;
  #current = -1;
  #block: string[] | undefined;
  #blockTimer: NodeJS.Timeout | undefined;
  #isOver = false;

  constructor(phases: readonly InstallPhase[], events: WatchEvents, silenceMs = blockSilenceMs) {
    this.#phases = phases;
    this.#events = events;
    this.#silenceMs = silenceMs;
  }

  /** A line of livemedia-creator's own output. */
  line(raw: string): void {
    const line = withoutTime(raw);
    if (this.#block !== undefined) {
      this.#inBlock(this.#block, line);
    } else if (blockStart.test(line)) {
      this.#block = [line];
      this.#waitForMore();
    } else {
      this.#phase(line);
      this.logLine(line);
    }
  }

  /** A line of a log that Anaconda or livemedia-creator writes beside it: tells nothing of progress. */
  logLine(line: string): void {
    const signature = signatures.find((one) => one.isFatal === true && one.pattern.test(line));
    if (signature !== undefined) this.#fatal({ signature, lines: [line] });
  }

  /** No more lines will come: an error block is complete. */
  end(): void {
    if (this.#block !== undefined) this.#endBlock();
    this.#isOver = true;
  }

  #phase(line: string): void {
    const next = this.#phases.findIndex((phase, index) => index > this.#current && phase.begins.test(line));
    if (next >= 0) {
      this.#current = next;
      const phase = this.#phases[next];
      if (phase !== undefined) this.#events.onPhase(phase);
    }
    const groups = this.#phases[this.#current]?.counts?.exec(line)?.groups;
    if (groups === undefined) return;
    const { done, total, what = '' } = groups;
    this.#events.onProgress(done !== undefined && total !== undefined ? `${done}/${total} ${what}` : what);
  }

  #inBlock(block: string[], line: string): void {
    const isOver = blockEnd.test(line) || block.length >= blockLines;
    if (!isOver) block.push(line);
    if (isOver) this.#endBlock();
    else this.#waitForMore();
  }

  #waitForMore(): void {
    clearTimeout(this.#blockTimer);
    this.#blockTimer = setTimeout(() => this.#endBlock(), this.#silenceMs);
    this.#blockTimer.unref();
  }

  #endBlock(): void {
    clearTimeout(this.#blockTimer);
    const all = this.#block ?? [];
    const lines = all.slice(0, 1 + all.findLastIndex((line) => line.trim() !== ''));
    this.#block = undefined;
    const signature = signatures.find((one) => lines.some((line) => one.pattern.test(line)) && one.isSymptom !== true);
    this.#fatal({ ...(signature && { signature }), lines });
  }

  #fatal(finding: FatalFinding): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#events.onFatal(finding);
  }
}
