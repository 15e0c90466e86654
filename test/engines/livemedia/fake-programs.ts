import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import {
  type Command,
  type Completed,
  type Runner,
  type RunningProcess,
  type RunOptions,
  SystemRunner,
} from '../../../scripts/process/index.ts';

const fakeBin = path.join(import.meta.dirname, '../../fake-bin');
const streams = path.join(import.meta.dirname, '../../fixtures/livemedia');

/** Runs programs for real, with the stand-ins of `test/fake-bin` before all others. */
export class FakePrograms implements Runner {
  readonly directory: string;
  readonly #runner = new SystemRunner();
  readonly #env: Readonly<Record<string, string>>;

  /**
   * `stream` names a recorded one, or is a text for livemedia-creator to replay. A second of theirs lasts `secondMs` here.
   * `writeTree` writes what the image holds into a directory; without it no program can look into the image.
   */
  constructor(
    stream: string | { readonly creator: string; readonly anaconda?: string },
    secondMs = 10,
    writeTree?: (directory: string) => void,
  ) {
    this.directory = mkdtempSync(path.join(tmpdir(), 'phyllome-fake-'));
    onTestFinished(() => rmSync(this.directory, { recursive: true, force: true }));
    const record = path.join(this.directory, 'record');
    mkdirSync(record);
    writeTree?.(path.join(this.directory, 'tree'));
    this.#env = {
      PATH: `${fakeBin}:${process.env.PATH}`,
      FAKE_STREAM: typeof stream === 'string' ? path.join(streams, stream) : this.#write(stream),
      FAKE_RECORD: record,
      FAKE_SECOND_MS: String(secondMs),
      FAKE_TREE: writeTree === undefined ? '' : path.join(this.directory, 'tree'),
    };
  }

  #write({ creator, anaconda = '' }: { readonly creator: string; readonly anaconda?: string }): string {
    const directory = path.join(this.directory, 'stream');
    mkdirSync(directory);
    writeFileSync(path.join(directory, 'creator'), creator);
    writeFileSync(path.join(directory, 'anaconda'), anaconda);
    return directory;
  }

  get record(): string {
    return path.join(this.directory, 'record');
  }

  /** Every command line that a stand-in was given, in order. */
  get commands(): readonly (readonly string[])[] {
    const file = path.join(this.record, 'commands');
    if (!existsSync(file)) return [];
    return readFileSync(file, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => line.trim().split('\u001f'));
  }

  run(command: Command, options?: RunOptions): Promise<Completed> {
    return this.#runner.run(this.#with(command), options);
  }

  start(command: Command, options?: RunOptions): RunningProcess {
    return this.#runner.start(this.#with(command), options);
  }

  #with(command: Command): Command {
    return { ...command, env: { ...command.env, ...this.#env } };
  }
}
