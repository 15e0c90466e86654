import { open } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { onLines, SocketDirectory } from '../machine/socket.ts';
import { type Answer, type Frame, frameLine, parseFrame, saidFrame } from './frames.ts';
import { type Inside, type PluggedPort, plugPort } from './plug-port.ts';
import { takeFile } from './take-file.ts';

/** The socket in the machine's directory that a client knocks at. */
export const doorName = 'door';

/** A shell may stay open for a day. */
const shellSeconds = 24 * 3600;

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
 * Lets clients have a root shell each in the guest, or copy a file into it. Every shell gets a console of its own, plugged
 * in when it is asked for and pulled out when it ends, so that it is a real terminal with job control and a size; a guest
 * that nobody enters carries nothing for it. Returns how to close the door; clients are told why.
 */
export async function serveShells(run: Inside, machineDirectory: string): Promise<(why: string) => Promise<void>> {
  // A socket's path may have 107 bytes; through the directory's descriptor it is short.
  const handle = await open(machineDirectory, 'r');
  const sockets = await SocketDirectory.open(machineDirectory);
  const clients = new Set<Socket>();
  let count = 0;
  const place: Place = { sockets, inTurn: oneAtATime(), taken: new Set<number>() };
  const server = createServer((client) => {
    clients.add(client);
    client.on('close', () => clients.delete(client));
    client.on('error', () => client.destroy());
    count += 1;
    void serveOne(run, place, client, count).catch(async (error: Error) => {
      // The agent's silence is noticed a moment before QEMU's end is: that is the better reason.
      const ended = run.howItEnded.then(({ message }) => message);
      answerLast(client, { gone: await Promise.race([ended, sleep(1500, error.message, { ref: false })]) });
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(`/proc/self/fd/${handle.fd}/${doorName}`, resolve);
  });
  return async (why) => {
    server.close();
    const left = [...clients].map((client) => new Promise((resolve) => client.once('close', resolve)));
    for (const client of clients) answerLast(client, { gone: why });
    await Promise.race([Promise.all(left), sleep(1000, undefined, { ref: false })]);
    for (const client of clients) client.destroy();
    await sockets.close();
    await handle.close();
  };
}

/** Nothing comes after it: what is said later is lost, as it should be. */
function answerLast(client: Socket, answer: Answer): void {
  if (client.writable) client.end(frameLine(answer));
}

function answer(client: Socket, said: Uint8Array): void {
  if (client.writable) client.write(frameLine(saidFrame(said)));
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
  const waiting: Buffer[] = [];
  let port: Socket | undefined;
  let tty: string | undefined;
  let size: readonly [number, number] = [80, 24];
  const resize = async () => {
    if (tty === undefined) return;
    const [columns, rows] = size;
    await guest.run(['stty', '-F', tty, 'columns', String(columns), 'rows', String(rows)], { allowFailure: true });
  };
  const put = (bytes: Buffer) => {
    // A guest that is slow, or not there yet, holds the client up, not our memory.
    if (port === undefined) {
      waiting.push(bytes);
      client.pause();
    } else if (!port.write(bytes) && !client.isPaused()) {
      client.pause();
      port.once('drain', () => client.resume());
    }
  };
  const feed = (to: Socket) => {
    port = to;
    client.resume();
    for (const bytes of waiting.splice(0)) put(bytes);
  };
  const first = await new Promise<Exclude<Frame, { keys: string }>>((resolve) => {
    onLines(client, (line) => {
      const frame = parseFrame(line);
      if (frame === undefined) return;
      if ('keys' in frame) return put(Buffer.from(frame.keys, 'base64'));
      if ('size' in frame) size = frame.size;
      resolve(frame);
      void resize().catch(() => {});
    });
  });
  if ('copy' in first) {
    await takeFile(run, place.sockets, `copy${number}`, { name: first.copy, bytes: first.bytes }, feed);
    return answerLast(client, { ended: true });
  }
  const plugged = await place.inTurn(() => plugConsole(run, place, `shell${number}`));
  tty = plugged.tty;
  try {
    await resize();
    plugged.socket.on('data', (bytes: Buffer) => answer(client, bytes));
    client.on(
      'close',
      () => void guest.run(['systemctl', 'stop', unitOf(number)], { allowFailure: true }).catch(() => {}),
    );
    const shell = guest.run(shellCommand(tty, number, first.terminal ?? 'vt220'), {
      timeoutSeconds: shellSeconds,
      allowFailure: true,
    });
    // The terminal forgets what was typed before somebody reads it: keys wait for the shell's first word, its prompt.
    // It forgets its size, too, when it is opened.
    plugged.socket.once(
      'data',
      () =>
        void resize().then(
          () => feed(plugged.socket),
          () => feed(plugged.socket),
        ),
    );
    const ended = await shell;
    // Its last words may still be on their way.
    await sleep(200);
    if (ended.stderr !== '') answer(client, Buffer.from(`\r\n${ended.stderr.trimEnd().replaceAll('\n', '\r\n')}\r\n`));
    answerLast(client, { ended: true });
  } finally {
    // Whoever waits for the words of a failure does not wait for the guest to come back.
    void place.inTurn(plugged.unplug).catch(() => {});
  }
}

const unitOf = (number: number): string => `phyllome-lab-shell-${number}.service`;

/** A shell leaves when its terminal does, and not when it is asked to end: the guest's shutdown would wait for it. */
const ending = ['SendSIGHUP=yes', 'TimeoutStopSec=5s'];

function shellCommand(tty: string, number: number, terminal: string): string[] {
  const properties = [`TTYPath=${tty}`, 'StandardInput=tty', 'StandardOutput=tty', 'StandardError=tty'];
  return [
    'systemd-run',
    '--wait',
    '--collect',
    '--quiet',
    `--unit=${unitOf(number)}`,
    '--slice=phyllome-lab.slice',
    ...[...properties, ...ending, 'WorkingDirectory=/root'].flatMap((property) => ['-p', property]),
    `--setenv=TERM=${terminal}`,
    '--setenv=HOME=/root',
    '--setenv=USER=root',
    '--',
    'bash',
    '--login',
  ];
}

/**
 * Linux has terminals hvc0 to hvc7 from the first console on, and gives each that comes the lowest that is free; consoles
 * come and go in turn, so we know which.
 */
async function plugConsole(run: Inside, { sockets, taken }: Place, id: string): Promise<PluggedPort & { tty: string }> {
  const number = Array.from({ length: mostShells }, (_, index) => index).find((index) => !taken.has(index));
  if (number === undefined) throw new Error(`no more than ${mostShells} shells at a time`);
  taken.add(number);
  try {
    const plugged = await plugPort(run, sockets, id, 'virtconsole');
    const unplug = () => plugged.unplug().finally(() => taken.delete(number));
    return { ...plugged, tty: `/dev/hvc${number}`, unplug };
  } catch (error) {
    taken.delete(number);
    throw error;
  }
}
