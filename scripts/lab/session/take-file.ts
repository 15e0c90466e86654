import type { Socket } from 'node:net';
import { displayCommand } from '../../process/index.ts';
import type { SocketDirectory } from '../machine/socket.ts';
import { type Inside, plugPort } from './plug-port.ts';

/** A day is enough for any file. */
const copySeconds = 24 * 3600;

/** Bytes on their way from a client into the guest. */
export interface FileOnItsWay {
  readonly name: string;
  readonly bytes: number;
}

/**
 * Takes a file into /root of the guest, through a port that is plugged in for it. `feed` is told where the bytes go; they
 * wait for a guest that is slower than we are.
 * @throws Error when the guest could not write it whole
 */
export async function takeFile(
  run: Inside,
  sockets: SocketDirectory,
  id: string,
  file: FileOnItsWay,
  feed: (port: Socket) => void,
): Promise<void> {
  const port = await plugPort(run, sockets, id, 'virtserialport');
  try {
    const target = displayCommand([`/root/${file.name}`]);
    const part = displayCommand([`/root/.${file.name}.part`]);
    const script = `set -e
until [ -c /dev/virtio-ports/${port.name} ]; do sleep 0.1; done
head -c ${file.bytes} < /dev/virtio-ports/${port.name} > ${part} || { rm -f ${part}; exit 1; }
[ "$(stat -c %s ${part})" = ${file.bytes} ]
mv -f ${part} ${target}`;
    feed(port.socket);
    const { status, stderr } = await run.guest.run(script, { timeoutSeconds: copySeconds, allowFailure: true });
    if (status !== 0) throw new Error(`the guest could not write it: ${stderr.trim() || `status ${status}`}`);
  } finally {
    await port.unplug();
  }
}
