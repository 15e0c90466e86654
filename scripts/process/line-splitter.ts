import { StringDecoder } from 'node:string_decoder';

/** Turns chunks of bytes into lines. A carriage return ends a line too, as progress displays use it. */
export class LineSplitter {
  readonly #decoder = new StringDecoder();
  readonly #onLine: (line: string) => void;
  /** Of the last line, the chunks so far: joined once, as a line may have thousands. */
  #rest: string[] = [];

  constructor(onLine: (line: string) => void) {
    this.#onLine = onLine;
  }

  push(chunk: Uint8Array): void {
    const text = this.#decoder.write(chunk as Buffer);
    const parts = text.split(/\r\n|[\r\n]/);
    const last = parts.pop() ?? '';
    if (parts.length > 0) {
      parts[0] = `${this.unfinished}${parts[0]}`;
      this.#rest = [];
      for (const part of parts) this.#onLine(part);
    }
    if (last !== '') this.#rest.push(last);
  }

  /** What came after the last line end: a prompt that waits for an answer stays here. */
  get unfinished(): string {
    return this.#rest.join('');
  }

  /** Hands over a last line that had no line end. */
  end(): void {
    if (this.#rest.length > 0) this.#onLine(this.unfinished);
    this.#rest = [];
  }
}
