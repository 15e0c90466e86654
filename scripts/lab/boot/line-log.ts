import { closeSync, openSync, writeSync } from 'node:fs';

/** A log file that is complete up to the last line whatever happens to us, and that knows its line numbers. */
export class LineLog {
  readonly #file: number;
  #lines = 0;

  constructor(path: string) {
    this.#file = openSync(path, 'w');
  }

  /** Appends a line (more than one when it holds line ends) and returns the number of its first, from 1. */
  append(text: string): number {
    const first = this.#lines + 1;
    this.#lines += text.split('\n').length;
    writeSync(this.#file, `${text}\n`);
    return first;
  }

  close(): void {
    closeSync(this.#file);
  }
}
