import type { Socket } from 'node:net';

/** Ctrl-]: leaves the machine's console, as telnet does. */
const leaveKey = 0x1d;

/** Joins a terminal's keyboard to a machine's serial line. Returns how to part them; `onLeave` is called for Ctrl-]. */
export function attachKeyboard(
  input: NodeJS.ReadStream,
  console: Pick<Socket, 'write'>,
  onLeave: () => void,
): () => void {
  const keys = (bytes: Buffer) => {
    if (input.isTTY && bytes.includes(leaveKey)) onLeave();
    else console.write(bytes);
  };
  if (input.isTTY) input.setRawMode(true);
  input.on('data', keys);
  return () => {
    input.off('data', keys);
    if (input.isTTY) input.setRawMode(false);
    input.pause();
  };
}
