/** Ctrl-]: what leaves a machine's console or a shell, as in telnet. The guest does not get it. */
const leaveKey = 0x1d;

/** Whether somebody at a terminal wants to leave. What is piped in may hold any byte. */
export const asksToLeave = (input: Pick<NodeJS.ReadStream, 'isTTY'>, bytes: Buffer): boolean =>
  input.isTTY && bytes.includes(leaveKey);
