import { ReportedError } from '../../diagnostic/index.ts';

/**
 * Tells somebody at a terminal that the machine they typed into is gone, and keeps the terminal until they have seen it:
 * what was meant for the guest must not be read by the shell of their own computer. Enter on an empty line lets go; what
 * was typed before the notice, or is typed before that Enter, is nobody's. Ends at once where nobody sits at a terminal.
 */
export async function tellGone(
  why: string,
  terminal: { readonly input: NodeJS.ReadStream; readonly output: Pick<NodeJS.WriteStream, 'write'> },
  signal?: AbortSignal,
): Promise<void> {
  const { input, output } = terminal;
  if (!input.isTTY) return;
  const notice = `\r\n\r\n*** ${why}.\r\n*** You are back on your own computer. Press Enter on an empty line to go on.\r\n`;
  output.write(notice);
  input.setRawMode(true);
  let typed = false;
  await new Promise<void>((resolve) => {
    const done = () => {
      input.off('data', keys);
      input.off('end', done);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const keys = (bytes: Buffer) => {
      for (const key of bytes) {
        // Ctrl-C and Ctrl-D are no word of a command.
        if (key === 3 || key === 4) return done();
        if (key !== 13 && key !== 10) typed = true;
        else if (typed) {
          typed = false;
          output.write(notice);
        } else return done();
      }
    };
    input.on('data', keys);
    input.on('end', done);
    signal?.addEventListener('abort', done, { once: true });
    input.resume();
  });
  input.setRawMode(false);
  input.pause();
}

/** What `phyllome run`, `shell` and `test --keep` end with when the machine died. */
export function machineGone(title: string, why: string, details: readonly string[] = []): ReportedError {
  return new ReportedError({
    code: 'machine-gone',
    severity: 'error',
    message: `${title} is gone: ${why}`,
    ...(details.length > 0 && { hint: details.join('\n') }),
  });
}
