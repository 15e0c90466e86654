import { open } from 'node:fs/promises';
import { connect } from 'node:net';
import { ReportedError } from '../../diagnostic/index.ts';
import { frameLine, keysFrame } from './frames.ts';
import { asksToLeave } from './leave-key.ts';
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
 * A root shell in the guest of a session; resolves when it has ended, or `signal` is aborted.
 * @throws ReportedError when the session does not open its door
 */
export async function enterShell(session: Session, terminal: Terminal, signal?: AbortSignal): Promise<void> {
  const { input, output } = terminal;
  const handle = await open(session.directory, 'r').catch(() => {
    throw gone(session);
  });
  const socket = connect(`/proc/self/fd/${handle.fd}/${doorName}`);
  const size = () => [output.columns ?? 80, output.rows ?? 24] as const;
  const resize = () => void socket.write(frameLine({ size: size() }));
  const keys = (bytes: Buffer) => {
    if (asksToLeave(input, bytes)) socket.end();
    else socket.write(frameLine(keysFrame(bytes)));
  };
  const leave = () => void socket.end();
  const ended = () => void socket.write(frameLine(keysFrame(endOfInput)));
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once('error', () => reject(gone(session)));
      socket.once('connect', resolve);
    });
    socket.write(frameLine({ size: size(), ...(terminal.kind !== undefined && { terminal: terminal.kind }) }));
    if (input.isTTY) input.setRawMode(true);
    output.on('resize', resize);
    input.on('data', keys);
    input.on('end', ended);
    socket.on('data', (bytes) => output.write(bytes));
    signal?.addEventListener('abort', leave, { once: true });
    await new Promise<void>((resolve) => socket.once('close', resolve));
  } finally {
    if (input.isTTY) input.setRawMode(false);
    signal?.removeEventListener('abort', leave);
    output.off('resize', resize);
    input.off('data', keys);
    input.off('end', ended);
    // Else it would keep the process waiting for a key.
    input.pause();
    socket.destroy();
    await handle.close();
  }
}

function gone(session: Session): ReportedError {
  return new ReportedError({
    code: 'no-such-session',
    severity: 'error',
    message: `${session.title} does not let anybody in (any more)`,
    hint: 'The guest has to have booted; `phyllome shell` lists the machines that run.',
  });
}
