import { mkdtemp, rm } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SocketDirectory } from '../../scripts/lab/machine/socket.ts';

export interface ConnectedSockets {
  /** The lab's end. */
  readonly ours: Socket;
  /** The end that QEMU or a program in the guest would hold. */
  readonly theirs: Socket;
  close(): Promise<void>;
}

/** Two ends of one connection, made the way the lab makes them. */
export async function connectedSockets(): Promise<ConnectedSockets> {
  const directory = await mkdtemp(path.join(tmpdir(), 'sockets-'));
  const sockets = await SocketDirectory.open(directory);
  const pending = await sockets.accept('one');
  const theirs = connect(path.join(directory, 'one'));
  const ours = await pending.connected;
  return {
    ours,
    theirs,
    close: async () => {
      ours.destroy();
      theirs.destroy();
      await sockets.close();
      await rm(directory, { recursive: true });
    },
  };
}
