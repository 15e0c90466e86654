import type { Socket } from 'node:net';
import { LeaveKey } from './leave-key.ts';

/** What comes of Ctrl-]. */
export interface Leaving {
  /** It was pressed, and leaves when it is pressed once more. */
  readonly onAsk: () => void;
  readonly onLeave: () => void;
}

/** Joins a terminal's keyboard to a machine's serial line. Returns how to part them. */
export function attachKeyboard(
  input: NodeJS.ReadStream,
  console: Pick<Socket, 'write'>,
  { onAsk, onLeave }: Leaving,
): () => void {
  const leaveKey = new LeaveKey(input);
  const keys = (bytes: Buffer) => {
    const { pass, next } = leaveKey.take(bytes);
    if (pass.length > 0) console.write(pass);
    if (next === 'ask') onAsk();
    else if (next === 'leave') onLeave();
  };
  if (input.isTTY) input.setRawMode(true);
  input.on('data', keys);
  return () => {
    input.off('data', keys);
    if (input.isTTY) input.setRawMode(false);
    input.pause();
  };
}
