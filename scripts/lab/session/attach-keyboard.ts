import type { Socket } from 'node:net';
import { asksToLeave } from './leave-key.ts';

/** Joins a terminal's keyboard to a machine's serial line. Returns how to part them; `onLeave` is called for Ctrl-]. */
export function attachKeyboard(
  input: NodeJS.ReadStream,
  console: Pick<Socket, 'write'>,
  onLeave: () => void,
): () => void {
  const keys = (bytes: Buffer) => {
    if (asksToLeave(input, bytes)) onLeave();
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
