/** What a program said and how it ended. */
export interface Ended {
  /** Exit status; 128 and the signal's number where a signal ended it. */
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  /** What it reads; it goes through a pipe, so that no secret in it is in a file or a process list. */
  readonly stdin?: string;
  /** It is ended as soon as it writes to its standard error; its status is not 0 then. */
  readonly endsAtFirstError?: true;
  /** Called every second or two while the program runs. */
  readonly whileRunning?: () => void;
}

/**
 * The computer that is installed on, as the program sees it: under QuickJS the real one, in tests another. All calls block:
 * an installation does one thing at a time.
 */
export interface Machine {
  /** Runs a program found by the PATH. Never throws for a status; 127 where it is not there. */
  run(argv: readonly string[], options?: RunOptions): Ended;
  /** Runs a program that has the terminal to itself (a dialog); what it writes to its third file comes back as `stderr`. */
  runOnTerminal(argv: readonly string[]): Ended;
  /** The text of a file; undefined where there is none or it cannot be read. */
  read(file: string): string | undefined;
  exists(path: string): boolean;
  /** Writes a file whole, with `mode` (0644 where none is given); its directory is there. @throws where it cannot */
  write(file: string, text: string, mode?: number): void;
  /** A line on the screen. */
  say(line: string): void;
  /** Takes the place of the line said last, where the screen can; else as `say`, but only when 10 s have passed. */
  progress(line: string): void;
}
