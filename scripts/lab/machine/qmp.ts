import type { Socket } from 'node:net';
import { onLines } from './socket.ts';

/** QEMU refused a command, or did not answer it. */
export class QmpError extends Error {
  readonly command: string;
  /** QEMU's error class (`GenericError`, `CommandNotFound` …), or `Timeout`, or `Closed`. */
  readonly errorClass: string;

  constructor(command: string, errorClass: string, description: string) {
    super(`QMP ${command}: ${description}`);
    this.name = 'QmpError';
    this.command = command;
    this.errorClass = errorClass;
  }
}

/** Something QEMU tells of its own accord (`SHUTDOWN`, `RESET`, `GUEST_PANICKED` …). */
export interface QmpEvent {
  readonly event: string;
  readonly data?: Readonly<Record<string, unknown>>;
}

interface QmpMessage extends Partial<QmpEvent> {
  readonly QMP?: unknown;
  readonly id?: number;
  readonly return?: unknown;
  readonly error?: { readonly class: string; readonly desc: string };
}

interface Waiting {
  readonly command: string;
  resolve(value: unknown): void;
  reject(error: QmpError): void;
  readonly timer: NodeJS.Timeout;
}

/** QEMU's machine protocol over a connected socket. */
export class QmpClient {
  readonly #socket: Socket;
  readonly #waiting = new Map<number, Waiting>();
  readonly #onEvent: (event: QmpEvent) => void;
  #greet: () => void = () => {};
  #lastId = 0;
  #closed = false;

  private constructor(socket: Socket, onEvent: (event: QmpEvent) => void) {
    this.#socket = socket;
    this.#onEvent = onEvent;
    onLines(socket, (line) => this.#receive(line));
    socket.on('close', () => this.#close());
  }

  /**
   * Waits for the greeting and leaves negotiation mode.
   * @throws QmpError when QEMU does not greet in time
   */
  static async open(socket: Socket, onEvent: (event: QmpEvent) => void, timeoutMs = 10_000): Promise<QmpClient> {
    const client = new QmpClient(socket, onEvent);
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new QmpError('greeting', 'Timeout', 'QEMU did not greet')), timeoutMs);
      client.#greet = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    await client.execute('qmp_capabilities', {}, timeoutMs);
    return client;
  }

  /**
   * Runs a command and returns what QEMU answers; the caller knows its shape.
   * @throws QmpError when QEMU refuses, is gone, or does not answer within `timeoutMs`
   */
  execute(command: string, options: Readonly<Record<string, unknown>> = {}, timeoutMs = 10_000): Promise<unknown> {
    if (this.#closed) return Promise.reject(new QmpError(command, 'Closed', 'QEMU has ended'));
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(id);
        reject(new QmpError(command, 'Timeout', `no answer within ${timeoutMs} ms`));
      }, timeoutMs);
      this.#waiting.set(id, { command, resolve, reject, timer });
      this.#socket.write(`${JSON.stringify({ execute: command, arguments: options, id })}\n`);
    });
  }

  #receive(line: string): void {
    const message = parse(line);
    if (message === undefined) return;
    if (message.QMP !== undefined) this.#greet();
    if (message.event !== undefined)
      this.#onEvent({ event: message.event, ...(message.data && { data: message.data }) });
    if (message.id === undefined) return;
    const waiting = this.#waiting.get(message.id);
    if (waiting === undefined) return;
    this.#waiting.delete(message.id);
    clearTimeout(waiting.timer);
    if (message.error === undefined) waiting.resolve(message.return);
    else waiting.reject(new QmpError(waiting.command, message.error.class, message.error.desc));
  }

  #close(): void {
    this.#closed = true;
    for (const waiting of this.#waiting.values()) {
      clearTimeout(waiting.timer);
      waiting.reject(new QmpError(waiting.command, 'Closed', 'QEMU ended before it answered'));
    }
    this.#waiting.clear();
  }
}

function parse(line: string): QmpMessage | undefined {
  try {
    return JSON.parse(line) as QmpMessage;
  } catch {
    // A line cut off by QEMU's end.
    return undefined;
  }
}
