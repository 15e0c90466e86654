/** What `qjs --std` (QuickJS 2025-04-26) has beyond the language, as far as the installer uses it. */
interface QuickJsFile {
  puts(text: string): void;
  readAsString(): string;
  flush(): void;
  close(): number;
  fileno(): number;
}

declare const std: {
  exit(status: number): never;
  getenv(name: string): string | undefined;
  open(file: string, mode: string): QuickJsFile | null;
  fdopen(descriptor: number, mode: string): QuickJsFile | null;
  readonly out: QuickJsFile;
  readonly err: QuickJsFile;
};

declare const os: {
  readonly O_WRONLY: number;
  readonly O_CREAT: number;
  readonly O_TRUNC: number;
  readonly WNOHANG: number;
  readonly SIGINT: number;
  readonly SIGPIPE: number;
  readonly SIGTERM: number;
  open(file: string, flags: number, mode: number): number;
  close(descriptor: number): number;
  pipe(): [number, number] | null;
  isatty(descriptor: number): boolean;
  stat(path: string): [{ readonly size: number } | null, number];
  kill(pid: number, signal: number): number;
  mkdir(path: string, mode: number): number;
  remove(path: string): number;
  sleep(milliseconds: number): void;
  waitpid(pid: number, options: number): [number, number];
  signal(signal: number, handler: (() => void) | null | undefined): void;
  exec(
    argv: readonly string[],
    options: { block: boolean; usePath: boolean; stdin?: number; stdout?: number; stderr?: number },
  ): number;
};

/** The words behind the program's own file. */
declare const scriptArgs: readonly string[];
