import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ReportedError } from '../../diagnostic/index.ts';
import { onLines } from '../machine/socket.ts';
import { type Answer, frameLine, keysFrame, parseAnswer } from './frames.ts';
import { tellGone } from './gone.ts';
import { LeaveKey, onceMore } from './leave-key.ts';
import type { Session } from './registry.ts';
import { doorName } from './shell-server.ts';

/** What ends a shell whose input is not a terminal: Ctrl-D. */
const endOfInput = Buffer.from([4]);

/** The terminal of whoever wants in. */
export interface Terminal {
  readonly input: NodeJS.ReadStream;
  readonly output: NodeJS.WriteStream;
  readonly kind: string | undefined;
}

/**
 * A root shell in the guest of a session; resolves when it has ended, its person has left, or `signal` is aborted.
 * @throws ReportedError when the session does not open its door, or the machine went away beneath the shell
 */
export async function enterShell(session: Session, terminal: Terminal, signal?: AbortSignal): Promise<void> {
  const { input, output } = terminal;
  const { socket, ended, close } = await knock(session, (bytes) => output.write(bytes));
  let hasLeft = false;
  const size = () => [output.columns ?? 80, output.rows ?? 24] as const;
  const resize = () => void socket.write(frameLine({ size: size() }));
  const leave = () => {
    hasLeft = true;
    socket.end();
  };
  const leaveKey = new LeaveKey(input);
  const keys = (bytes: Buffer) => {
    const { pass, next } = leaveKey.take(bytes);
    if (pass.length > 0 && socket.writable) socket.write(frameLine(keysFrame(pass)));
    if (next === 'ask') output.write(onceMore('leaves the shell'));
    else if (next === 'leave') leave();
  };
  const inputEnded = () => void socket.write(frameLine(keysFrame(endOfInput)));
  let gone: string | undefined;
  try {
    socket.write(frameLine({ size: size(), ...(terminal.kind !== undefined && { terminal: terminal.kind }) }));
    if (input.isTTY) input.setRawMode(true);
    output.on('resize', resize);
    input.on('data', keys);
    input.on('end', inputEnded);
    signal?.addEventListener('abort', leave, { once: true });
    gone = await ended;
  } finally {
    signal?.removeEventListener('abort', leave);
    output.off('resize', resize);
    input.off('data', keys);
    input.off('end', inputEnded);
    if (gone !== undefined && !hasLeft) await tellGone(gone, terminal, signal);
    if (input.isTTY) input.setRawMode(false);
    // Else it would keep the process waiting for a key.
    input.pause();
    await close();
  }
  if (gone !== undefined && !hasLeft) throw wentAway(gone);
}

/**
 * Copies a file into /root of the guest of a session.
 * @throws ReportedError when there is no such file, or the guest did not take it
 */
export async function copyInto(session: Session, file: string, signal?: AbortSignal): Promise<void> {
  const found = await stat(file).catch(() => undefined);
  if (!found?.isFile()) {
    throw new ReportedError({
      code: 'missing-file',
      severity: 'error',
      message: `${file}: ${found === undefined ? 'there is no such file' : 'this is no file'}`,
      hint: 'A directory is shared by `phyllome run IMAGE --share DIR`.',
    });
  }
  const { socket, ended, close } = await knock(session, () => {});
  const abort = () => void socket.destroy();
  signal?.addEventListener('abort', abort, { once: true });
  try {
    socket.write(frameLine({ copy: path.basename(file), bytes: found.size }));
    void feed(file, found.size, socket).catch(() => socket.destroy());
    const gone = await ended;
    if (gone !== undefined) throw wentAway(`${path.basename(file)} was not copied: ${gone}`);
  } finally {
    signal?.removeEventListener('abort', abort);
    await close();
  }
}

/** Of a file that grows meanwhile, what it was when it was looked at. */
async function feed(file: string, bytes: number, socket: Socket): Promise<void> {
  if (bytes === 0) return;
  const chunks = createReadStream(file, { end: bytes - 1, highWaterMark: 48 * 1024 });
  const frames = async function* (source: AsyncIterable<Buffer>) {
    for await (const chunk of source) yield frameLine(keysFrame(chunk));
  };
  await pipeline(chunks, frames, socket, { end: false });
}

/** Opens the door. `ended`: what became of the machine where not the shell itself ended. */
async function knock(session: Session, said: (bytes: Buffer) => void) {
  const handle = await open(session.directory, 'r').catch(() => {
    throw nobodyIn(session);
  });
  const socket = connect(`/proc/self/fd/${handle.fd}/${doorName}`);
  const close = async () => {
    socket.destroy();
    await handle.close();
  };
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once('error', () => reject(nobodyIn(session)));
      socket.once('connect', resolve);
    });
  } catch (error) {
    await close();
    throw error;
  }
  let last: Answer | undefined;
  onLines(socket, (line) => {
    const answer = parseAnswer(line);
    if (answer !== undefined && 'said' in answer) said(Buffer.from(answer.said, 'base64'));
    else last = answer ?? last;
  });
  const ended = new Promise<string | undefined>((resolve) =>
    socket.once('close', () => {
      if (last === undefined) resolve(`${session.title} is gone: whoever held it has ended`);
      else resolve('gone' in last ? last.gone : undefined);
    }),
  );
  return { socket, ended, close };
}

function wentAway(message: string): ReportedError {
  return new ReportedError({
    code: 'machine-gone',
    severity: 'error',
    message,
    hint: '`phyllome shell` lets in again when the guest has booted; without a machine it says so.',
  });
}

function nobodyIn(session: Session): ReportedError {
  return new ReportedError({
    code: 'no-such-session',
    severity: 'error',
    message: `${session.title} does not let anybody in (any more)`,
    hint: 'The guest has to have booted; `phyllome shell` lists the machines that run.',
  });
}
