import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LabRun } from '../boot/lab-run.ts';
import type { QmpError } from '../machine/qmp.ts';
import type { SocketDirectory } from '../machine/socket.ts';

/** The guest, and the machine that something is plugged into. */
export type Inside = Pick<LabRun, 'guest' | 'howItEnded'> & { readonly machine: Pick<LabRun['machine'], 'qmp'> };

export interface PluggedPort {
  readonly socket: Socket;
  /** Of the guest's file in /dev/virtio-ports, where it is no console. */
  readonly name: string;
  readonly unplug: () => Promise<void>;
}

/**
 * Plugs a port into the guest's virtio-serial bus: a console, or a plain one.
 * @throws Error when the guest does not notice it
 */
export async function plugPort(
  run: Inside,
  sockets: SocketDirectory,
  id: string,
  driver: 'virtconsole' | 'virtserialport',
): Promise<PluggedPort> {
  const { qmp } = run.machine;
  const name = `org.phyllome.lab.${id}`;
  const pending = await sockets.accept(id);
  const backend = { type: 'socket', data: { addr: { type: 'unix', data: { path: id } }, server: false } };
  await qmp.execute('chardev-add', { id, backend });
  const socket = await pending.connected;
  const unplug = async () => {
    await qmp.execute('device_del', { id }).catch(() => {});
    await waitForPort(run.guest, name, false).catch(() => false);
    // The channel is in use until the device is gone.
    for (let tries = 0; tries < 20; tries += 1) {
      const removed = await qmp.execute('chardev-remove', { id }).then(
        () => true,
        (error: QmpError) => error.errorClass === 'Closed',
      );
      if (removed) break;
      await sleep(250);
    }
    socket.destroy();
  };
  await qmp.execute('device_add', { driver, id, chardev: id, name });
  if (await waitForPort(run.guest, name, true)) return { socket, name, unplug };
  await unplug();
  throw new Error('the guest did not notice the console that was plugged in: has it virtio_console?');
}

/** Waits until the guest has a port of that name, or has none any more; false when it takes too long. */
async function waitForPort(guest: Inside['guest'], name: string, there: boolean): Promise<boolean> {
  for (let tries = 0; tries < 40; tries += 1) {
    const { stdout } = await guest.run('cat /sys/class/virtio-ports/*/name');
    if (stdout.split('\n').includes(name) === there) return true;
    await sleep(250);
  }
  return false;
}
