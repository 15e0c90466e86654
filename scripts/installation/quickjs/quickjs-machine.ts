import type { Ended, Machine, RunOptions } from '../machine.ts';

const ownDirectory = '/run/phyllome-installer';

/** Between two looks at a program that runs. */
const patienceMs = 100;
/** Between two calls of `whileRunning`, and of lines of progress where a line cannot be replaced. */
const lookEveryMs = 2_000;
const lineEveryMs = 10_000;

/** The computer that QuickJS runs on. */
export function quickJsMachine(): Machine {
  // One runs on each console: what a program printed is read by the one that started it, and by no other.
  os.mkdir(ownDirectory, 0o700);
  const workDirectory = makeOwn(`${ownDirectory}/work`);
  // A program that does not read what it is given is no reason to die.
  os.signal(os.SIGPIPE, undefined);
  // Ctrl-C ends the program that runs, which is told like any other failure; what was opened is closed.
  os.signal(os.SIGINT, () => {});
  let isLineOpen = false;
  let lastLine = Number.NEGATIVE_INFINITY;
  const say = (line: string) => {
    std.out.puts(`${isLineOpen ? '\n' : ''}${line}\n`);
    std.out.flush();
    isLineOpen = false;
    lastLine = Number.NEGATIVE_INFINITY;
  };
  return {
    run: (argv, options) => run(workDirectory, argv, options),
    runOnTerminal: (argv) => runOnTerminal(workDirectory, argv),
    read,
    exists: (path) => os.stat(path)[1] === 0,
    write,
    say,
    progress: (line) => {
      if (os.isatty(1)) {
        std.out.puts(`\r${line}`);
        std.out.flush();
        isLineOpen = true;
      } else if (Date.now() - lastLine >= lineEveryMs) {
        say(line);
        lastLine = Date.now();
      }
    },
  };
}

function run(
  workDirectory: string,
  argv: readonly string[],
  { stdin, whileRunning, endsAtFirstError }: RunOptions = {},
): Ended {
  const names = { out: `${workDirectory}/out`, err: `${workDirectory}/err` };
  // What `whileRunning` runs has files of its own.
  if (whileRunning !== undefined) for (const name of ['out', 'err'] as const) names[name] += '-watched';
  const out = create(names.out);
  const err = create(names.err);
  const input = stdin === undefined ? undefined : os.pipe();
  if (input === null) throw new Error('no pipe could be made');
  const nothing = input === undefined ? os.open('/dev/null', 0, 0) : -1;
  const pid = os.exec(argv, { block: false, usePath: true, stdin: input?.[0] ?? nothing, stdout: out, stderr: err });
  for (const descriptor of [out, err, input?.[0] ?? nothing]) os.close(descriptor);
  if (input !== undefined) feed(input[1], stdin ?? '');
  const complains = () => (os.stat(names.err)[0]?.size ?? 0) > 0;
  const status = waitFor(pid, { whileRunning, ...(endsAtFirstError && { isToEnd: complains }) });
  const ended = { status, stdout: read(names.out) ?? '', stderr: read(names.err) ?? '' };
  for (const name of Object.values(names)) os.remove(name);
  return ended;
}

/** A dialog draws on its first two files and answers on its third. */
function runOnTerminal(workDirectory: string, argv: readonly string[]): Ended {
  const name = `${workDirectory}/answer`;
  const answer = create(name);
  const pid = os.exec(argv, { block: false, usePath: true, stderr: answer });
  os.close(answer);
  const status = waitFor(pid, {});
  const stderr = read(name) ?? '';
  os.remove(name);
  return { status, stdout: '', stderr };
}

/** More programs than ever run at a time, or were killed before. */
const mostPrograms = 1000;

/** A directory that was not there before. */
function makeOwn(start: string): string {
  for (let number = 1; number <= mostPrograms; number += 1) {
    const directory = `${start}-${number}`;
    if (os.mkdir(directory, 0o700) === 0) return directory;
  }
  throw new Error(`${start}-… cannot be made`);
}

/** To its end: `std.loadFile` believes the size, and files of /proc say that theirs is 0. */
function read(file: string): string | undefined {
  const opened = std.open(file, 'r');
  if (opened === null) return undefined;
  const text = opened.readAsString();
  opened.close();
  return text;
}

function feed(descriptor: number, text: string): void {
  const file = std.fdopen(descriptor, 'w');
  if (file === null) throw new Error('the pipe could not be opened');
  file.puts(text);
  file.close();
}

interface Watch {
  readonly whileRunning?: (() => void) | undefined;
  readonly isToEnd?: () => boolean;
}

function waitFor(pid: number, { whileRunning, isToEnd }: Watch): number {
  const isWatched = whileRunning !== undefined || isToEnd !== undefined;
  let looked = Date.now();
  let isEnded = false;
  for (;;) {
    const [ended, status] = os.waitpid(pid, isWatched ? os.WNOHANG : 0);
    if (ended === pid) return exitStatus(status) || (isEnded ? 1 : 0);
    // A signal to this program ends the waiting, not the program that it waits for.
    if (ended < 0 && !isWatched) continue;
    os.sleep(patienceMs);
    if (!isEnded && isToEnd?.() === true) {
      isEnded = true;
      os.kill(pid, os.SIGTERM);
    }
    if (whileRunning === undefined || Date.now() - looked < lookEveryMs) continue;
    whileRunning();
    looked = Date.now();
  }
}

/** wait(2)'s number as a shell gives it. */
function exitStatus(status: number): number {
  const signal = status & 0x7f;
  return signal === 0 ? (status >> 8) & 0xff : 128 + signal;
}

/** Nobody else may read what programs print. */
function create(file: string, mode = 0o600): number {
  const descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode);
  if (descriptor < 0) throw new Error(`${file} cannot be written`);
  return descriptor;
}

function write(file: string, text: string, mode = 0o644): void {
  feed(create(file, mode), text);
}
