import type { Ended, Machine, RunOptions } from '../../scripts/installation/machine.ts';

/** A machine of files and of programs that all succeed but for those with an answer of their own, by their first word. */
export class FakeMachine implements Machine {
  readonly ran: { readonly argv: readonly string[]; readonly stdin?: string }[] = [];
  readonly said: string[] = [];
  readonly written = new Map<string, string>();
  readonly #files: Readonly<Record<string, string>>;
  readonly #ends: Readonly<Record<string, Partial<Ended>>>;

  constructor(files: Readonly<Record<string, string>> = {}, ends: Readonly<Record<string, Partial<Ended>>> = {}) {
    this.#files = files;
    this.#ends = ends;
  }

  run(argv: readonly string[], { stdin, whileRunning }: RunOptions = {}): Ended {
    this.ran.push({ argv, ...(stdin !== undefined && { stdin }) });
    whileRunning?.();
    return { status: 0, stdout: '', stderr: '', ...this.#ends[argv[0] ?? ''] };
  }

  runOnTerminal(argv: readonly string[]): Ended {
    return this.run(argv);
  }

  read(file: string): string | undefined {
    return this.#files[file];
  }

  exists(path: string): boolean {
    return path in this.#files;
  }

  write(file: string, text: string): void {
    this.written.set(file, text);
  }

  say(line: string): void {
    this.said.push(line);
  }

  progress(line: string): void {
    this.said.push(line);
  }
}
