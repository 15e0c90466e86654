import { open } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LabRun } from '../boot/lab-run.ts';
import type { QmpError } from '../machine/qmp.ts';
import { onLines, SocketDirectory } from '../machine/socket.ts';
import { parseFrame } from './frames.ts';

/** The socket in the machine's directory that a client knocks at. */
export const doorName = 'door';

/** A shell may stay open for a day. */
const shellSeconds = 24 * 3600;

type Inside = Pick<LabRun, 'guest'> & { readonly machine: Pick<LabRun['machine'], 'qmp'> };

/** Runs what is asked for one after the other: which console is new is found by comparing the lists before and after. */
type InTurn = <T>(work: () => Promise<T>) => Promise<T>;

function oneAtATime(): InTurn {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const next = last.then(work);
    last = next.catch(() => {});
    return next;
  };
}

/**
 * Lets clients have a root shell each in the guest. Every shell gets a console of its own, plugged in when it is asked for
 * and pulled out when it ends, so that it is a real terminal with job control and a size; a guest that nobody enters
 * carries nothing for it. Returns how to close the door.
 */
export async function serveShells(run: Inside, machineDirectory: string): Promise<() => Promise<void>> {
  // A socket's path may have 107 bytes; through the directory's descriptor it is short.
  const handle = await open(machineDirectory, 'r');
  const sockets = await SocketDirectory.open(machineDirectory);
  const clients = new Set<Socket>();
  let count = 0;
  const inTurn = oneAtATime();
  const taken = new Set<number>();
  const server = createServer((client) => {
    clients.add(client);
    client.on('close', () => clients.delete(client));
    client.on('error', () => client.destroy());
    count += 1;
    void serveOne(run, { sockets, inTurn, taken }, client, count).catch((error: Error) =>
      client.end(`\r\n${error.message}\r\n`),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(`/proc/self/fd/${handle.fd}/${doorName}`, resolve);
  });
  return async () => {
    server.close();
    for (const client of clients) client.destroy();
    await sockets.close();
    await handle.close();
  };
}

interface Place {
  readonly sockets: SocketDirectory;
  readonly inTurn: InTurn;
  /** Numbers of the consoles that are plugged in. */
  readonly taken: Set<number>;
}

/** Linux has eight virtio consoles, hvc0 to hvc7. */
const mostShells = 8;

async function serveOne(run: Inside, place: Place, client: Socket, number: number): Promise<void> {
  const { guest } = run;
  const id = `shell${number}`;
  const waiting: Buffer[] = [];
  let port: Socket | undefined;
  let tty: string | undefined;
  let size: readonly [number, number] = [80, 24];
  const resize = async () => {
    if (tty === undefined) return;
    const [columns, rows] = size;
    await guest.run(['stty', '-F', tty, 'columns', String(columns), 'rows', String(rows)], { allowFailure: true });
  };
  const sized = new Promise<string>((resolve) => {
    onLines(client, (line) => {
      const frame = parseFrame(line);
      if (frame === undefined) return;
      if ('keys' in frame) {
        const bytes = Buffer.from(frame.keys, 'base64');
        if (port === undefined) waiting.push(bytes);
        else port.write(bytes);
        return;
      }
      size = frame.size;
      resolve(frame.terminal ?? 'vt220');
      void resize();
    });
  });
  const terminal = await sized;
  const plugged = await place.inTurn(() => plugConsole(run, place, id));
  tty = plugged.tty;
  await resize();
  plugged.port.on('data', (bytes: Buffer) => client.write(bytes));
  client.on(
    'close',
    () => void guest.run(['systemctl', 'stop', unitOf(number)], { allowFailure: true }).catch(() => {}),
  );
  const shell = guest.run(shellCommand(tty, number, terminal), { timeoutSeconds: shellSeconds, allowFailure: true });
  // The terminal forgets what was typed before somebody reads it: keys wait for the shell's first word, its prompt.
  // It forgets its size, too, when it is opened.
  plugged.port.once('data', () => {
    void resize()
      .catch(() => {})
      .then(() => {
        port = plugged.port;
        for (const bytes of waiting) port.write(bytes);
      });
  });
  try {
    const ended = await shell;
    // Its last words may still be on their way.
    await sleep(200);
    if (ended.stderr !== '') client.write(`\r\n${ended.stderr.trimEnd().replaceAll('\n', '\r\n')}\r\n`);
  } finally {
    client.end();
    await place.inTurn(plugged.unplug);
  }
}

const unitOf = (number: number): string => `phyllome-lab-shell-${number}.service`;

function shellCommand(tty: string, number: number, terminal: string): string[] {
  const properties = [`TTYPath=${tty}`, 'StandardInput=tty', 'StandardOutput=tty', 'StandardError=tty'];
  return [
    'systemd-run',
    '--wait',
    '--collect',
    '--quiet',
    `--unit=${unitOf(number)}`,
    '--slice=phyllome-lab.slice',
    ...[...properties, 'WorkingDirectory=/root'].flatMap((property) => ['-p', property]),
    `--setenv=TERM=${terminal}`,
    '--setenv=HOME=/root',
    '--setenv=USER=root',
    '--',
    'bash',
    '--login',
  ];
}

/**
 * Plugs a console into the guest's virtio-serial bus. Linux has terminals hvc0 to hvc7 from the first console on, and gives
 * each that comes the lowest that is free; consoles come and go in turn, so we know which.
 */
async function plugConsole(run: Inside, { sockets, taken }: Place, id: string) {
  const { qmp } = run.machine;
  const name = `org.phyllome.lab.${id}`;
  const number = Array.from({ length: mostShells }, (_, index) => index).find((index) => !taken.has(index));
  if (number === undefined) throw new Error(`no more than ${mostShells} shells at a time`);
  taken.add(number);
  const pending = await sockets.accept(id);
  const backend = { type: 'socket', data: { addr: { type: 'unix', data: { path: id } }, server: false } };
  await qmp.execute('chardev-add', { id, backend });
  const port = await pending.connected;
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
    port.destroy();
    taken.delete(number);
  };
  await qmp.execute('device_add', { driver: 'virtconsole', id, chardev: id, name });
  if (await waitForPort(run.guest, name, true)) return { port, tty: `/dev/hvc${number}`, unplug };
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
