import { displayCommand, ReportedError } from '../diagnostic/index.ts';
import type { Command, Completed } from './runner.ts';

/** A program ended badly. Carries everything needed to explain it: command, status, duration, last output. */
export class CommandFailed extends ReportedError {
  readonly command: Command;
  readonly completed: Completed;

  constructor(command: Command, completed: Completed) {
    super({
      code: 'command-failed',
      severity: 'error',
      message: `${command.argv[0]} ${describeEnd(completed)}`,
      hint: [`command: ${displayCommand(command.argv)}`, ...lastLines(completed, 15)].join('\n'),
    });
    this.command = command;
    this.completed = completed;
  }
}

/** The program is not installed. */
export class CommandNotFound extends ReportedError {
  override readonly exitCode = 3;
  readonly program: string;

  constructor(program: string) {
    super({
      code: 'command-not-found',
      severity: 'error',
      message: `${program}: not found on PATH`,
      hint: 'Run ci/setup, or install the package that has it.',
    });
    this.program = program;
  }
}

/** "exited with status 2", "was killed by SIGKILL", "did not end within 30 s". */
export function describeEnd(completed: Completed): string {
  if (completed.timedOut) return `did not end within ${Math.round(completed.durationMs / 1000)} s`;
  if (completed.signal) return `was killed by ${completed.signal}`;
  return `exited with status ${completed.exitCode}`;
}

/** The last `count` non-empty lines, standard error preferred. */
export function lastLines(completed: Pick<Completed, 'stdout' | 'stderr'>, count: number): string[] {
  const of = (text: string) => text.split('\n').filter((line) => line.trim() !== '');
  const stderr = of(completed.stderr);
  return (stderr.length > 0 ? stderr : of(completed.stdout)).slice(-count);
}
