/** One program to run: an argument vector, never a shell string. `argv` reads exactly as it would be typed. */
export interface Command {
  readonly argv: readonly [string, ...string[]];
  /** Added to the inherited environment (which a runner strips to a known minimum first). */
  readonly env?: Readonly<Record<string, string>>;
  /** Absolute; the current directory when absent. */
  readonly cwd?: string;
  /** In octal, what new files do not permit; the caller's own when absent. */
  readonly umask?: string;
  /** Written to standard input, which is then closed; an empty input when absent. */
  readonly stdin?: string;
}

export interface RunOptions {
  /** Called for every complete line of standard output and standard error, without its line end. */
  readonly onLine?: (line: string, stream: 'stdout' | 'stderr') => void;
  /** The command line, both streams and the exit status are appended to this file. */
  readonly logFile?: string;
  /** The process group is stopped after this many milliseconds; none when absent. */
  readonly timeoutMs?: number;
  /** Stops the process group when aborted. */
  readonly signal?: AbortSignal;
  /** Return a non-zero exit instead of throwing CommandFailed. */
  readonly allowFailure?: boolean;
}

export interface Completed {
  /** `null` when a signal ended the program. */
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly durationMs: number;
  /** True when `timeoutMs` ran out. */
  readonly timedOut: boolean;
}

/** A program that was started and goes on beside us (QEMU, swtpm). */
export interface RunningProcess {
  readonly pid: number;
  /** Settles when the program has ended, however it ended; never rejects. */
  readonly completed: Promise<Completed>;
  /** SIGTERM to the whole process group, SIGKILL after `graceMs` (default 2000); resolves when it is gone. */
  stop(graceMs?: number): Promise<Completed>;
}

/** The only way to other programs. The real one runs them, the recording one only writes them down. */
export interface Runner {
  /**
   * Runs a program to its end.
   * @throws CommandFailed when it exits non-zero (unless `allowFailure`), is killed or times out
   * @throws CommandNotFound when the program is not on PATH
   * @throws Interrupted when `signal` was aborted
   */
  run(command: Command, options?: RunOptions): Promise<Completed>;
  /** Starts a program and returns at once. It is stopped with us, however we end. */
  start(command: Command, options?: RunOptions): RunningProcess;
}
