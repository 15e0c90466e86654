import type { Command, Completed, Runner, RunningProcess } from './runner.ts';

const success: Completed = { exitCode: 0, signal: null, stdout: '', stderr: '', durationMs: 0, timedOut: false };

/** A runner for tests and dry runs: remembers every command and runs none. `reply` may decide what each one answers. */
export class RecordingRunner implements Runner {
  readonly commands: Command[] = [];
  readonly #reply: (command: Command) => Partial<Completed>;

  constructor(reply: (command: Command) => Partial<Completed> = () => ({})) {
    this.#reply = reply;
  }

  async run(command: Command): Promise<Completed> {
    this.commands.push(command);
    return { ...success, ...this.#reply(command) };
  }

  start(command: Command): RunningProcess {
    this.commands.push(command);
    const completed = Promise.resolve({ ...success, ...this.#reply(command) });
    return { pid: 0, completed, stop: () => completed };
  }
}
