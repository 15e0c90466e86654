import { type FileHandle, open } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { LineSplitter } from '../../process/index.ts';

/** A directory whose sockets can be listened on however long its path is (a socket's own path may have 107 bytes). */
export class SocketDirectory {
  readonly #handle: FileHandle;

  private constructor(handle: FileHandle) {
    this.#handle = handle;
  }

  static async open(directory: string): Promise<SocketDirectory> {
    return new SocketDirectory(await open(directory, 'r'));
  }

  /** Listens at `name` and resolves when that is so; the connection itself comes later, once. */
  async accept(name: string): Promise<PendingConnection> {
    const server = createServer();
    const connected = new Promise<Socket>((resolve) => {
      server.once('connection', (socket) => {
        server.close();
        resolve(socket);
      });
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(`/proc/self/fd/${this.#handle.fd}/${name}`, resolve);
    });
    return { connected, cancel: () => server.close() };
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }
}

export interface PendingConnection {
  readonly connected: Promise<Socket>;
  /** Stops waiting for it. */
  cancel(): void;
}

/**
 * Calls `onLine` for every complete line that arrives. A connection that breaks just ends: QEMU's end is told by QEMU.
 * A prompt has no line end: `onUnfinished` gets what stands behind the last one, as it grows. Returns how to take that
 * for a line by itself.
 */
export function onLines(
  socket: Socket,
  onLine: (line: string) => void,
  onUnfinished: (start: string) => void = () => {},
): () => void {
  const splitter = new LineSplitter(onLine);
  socket.on('data', (chunk: Buffer) => {
    splitter.push(chunk);
    if (splitter.unfinished !== '') onUnfinished(splitter.unfinished);
  });
  socket.on('end', () => splitter.end());
  socket.on('error', () => splitter.end());
  return () => splitter.end();
}
