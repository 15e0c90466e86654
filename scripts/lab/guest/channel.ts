import type { Socket } from 'node:net';
import { onLines } from '../machine/socket.ts';

/** What a script in the guest did. */
export interface GuestResult {
  /** 124: the script ran out of time. */
  readonly status: number;
  readonly stdout: Buffer;
  readonly stderr: Buffer;
}

/** The agent did not answer: no reply in time, or the guest restarted or ended in between. */
export class AgentSilent extends Error {
  constructor(why: string) {
    super(why);
    this.name = 'AgentSilent';
  }
}

interface Waiting {
  resolve(result: GuestResult): void;
  reject(error: AgentSilent): void;
  readonly timer: NodeJS.Timeout;
}

/** Requests and replies over the agent's port. Many requests may be under way at once. */
export class AgentChannel {
  readonly #socket: Socket;
  readonly #waiting = new Map<string, Waiting>();
  readonly #onHello: (bootId: string) => void;
  #lastId = 0;
  #ended = false;

  constructor(socket: Socket, onHello: (bootId: string) => void) {
    this.#socket = socket;
    this.#onHello = onHello;
    onLines(socket, (line) => this.#receive(line));
    socket.on('close', () => {
      this.#ended = true;
      this.#abandon('the machine ended before the agent answered');
    });
  }

  /**
   * Runs a bash script in the guest. The agent stops it after `timeoutSeconds`; when even the agent says nothing
   * `graceMs` later, the request is given up.
   * @throws AgentSilent
   */
  request(script: string, timeoutSeconds: number, graceMs: number): Promise<GuestResult> {
    if (this.#ended) return Promise.reject(new AgentSilent('the machine has ended'));
    this.#lastId += 1;
    const id = String(this.#lastId);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => {
          this.#waiting.delete(id);
          reject(new AgentSilent(`the agent in the guest did not answer within ${timeoutSeconds} s`));
        },
        timeoutSeconds * 1000 + graceMs,
      );
      this.#waiting.set(id, { resolve, reject, timer });
      this.#socket.write(`${id} ${timeoutSeconds} ${Buffer.from(script).toString('base64')}\n`);
    });
  }

  /** Whoever waits for an answer gets none. */
  forget(why: string): void {
    this.#abandon(why);
  }

  #receive(line: string): void {
    const [id = '', status = '', stdout = '', stderr = ''] = line.split(' ');
    if (id === 'hello') {
      this.#abandon('the guest restarted before the agent answered');
      this.#onHello(status);
      return;
    }
    const waiting = this.#waiting.get(id);
    // A reply that comes after its request was given up.
    if (waiting === undefined) return;
    this.#waiting.delete(id);
    clearTimeout(waiting.timer);
    waiting.resolve({
      status: Number(status),
      stdout: Buffer.from(stdout, 'base64'),
      stderr: Buffer.from(stderr, 'base64'),
    });
  }

  #abandon(why: string): void {
    for (const waiting of this.#waiting.values()) {
      clearTimeout(waiting.timer);
      waiting.reject(new AgentSilent(why));
    }
    this.#waiting.clear();
  }
}
