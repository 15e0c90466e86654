import { StringDecoder } from 'node:string_decoder';

/** Turns chunks of bytes into lines. A carriage return ends a line too, as progress displays use it. */
export class LineSplitter {
  readonly #decoder = new StringDecoder();
  readonly #onLine: (line: string) => void;
  #rest = '';

  constructor(onLine: (line: string) => void) {
    this.#onLine = onLine;
  }

  push(chunk: Uint8Array): void {
    const parts = (this.#rest + this.#decoder.write(chunk as Buffer)).split(/\r\n|[\r\n]/);
    this.#rest = parts.pop() ?? '';
    for (const part of parts) this.#onLine(part);
  }

  /** What came after the last line end: a prompt that waits for an answer stays here. */
  get unfinished(): string {
    return this.#rest;
  }

  /** Hands over a last line that had no line end. */
  end(): void {
    if (this.#rest !== '') this.#onLine(this.#rest);
    this.#rest = '';
  }
}
