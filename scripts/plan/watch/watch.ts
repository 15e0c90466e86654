import type { ReportedError } from '../../diagnostic/index.ts';
import type { Command, Runner } from '../../process/index.ts';
import type { PhaseBoard } from './phase-board.ts';

/** Somebody who understands the words of a program that runs for long. */
export interface Watch {
  /** Of the task that starts it: "Starting livemedia-creator, which took 24 min before". */
  readonly title: string;
  /** The phases that it goes through; each is shown as a task. */
  readonly board: PhaseBoard;
  /**
   * Runs the program to its end, however it ends, and keeps the board.
   * @throws Interrupted
   */
  run(command: Command, options: WatchOptions): Promise<WatchedEnd>;
}

export interface WatchOptions {
  readonly runner: Runner;
  /** Everything that the program prints is added to it. */
  readonly logFile: string;
  /** The directory of the run's work. Absolute. */
  readonly workDirectory: string;
  readonly signal?: AbortSignal;
}

/** How a watched program ended. */
export interface WatchedEnd {
  /** Absent when all went well. Asked once the logs have been collected: they tell the cause. */
  readonly failure?: () => ReportedError;
}
