import { createInterface } from 'node:readline/promises';
import { Interrupted, ReportedError, UsageError } from '../diagnostic/index.ts';

/** How a person is asked. */
export interface Terminal {
  /** Whether somebody can answer. */
  readonly isThere: boolean;
  /** @throws Interrupted */
  readonly ask: (question: string, signal: AbortSignal) => Promise<string>;
}

/** @throws UsageError where nobody can be asked and nobody has agreed by the option */
export function mustBeAskable(path: string, isAgreed: boolean, terminal: Terminal): void {
  if (isAgreed || terminal.isThere) return;
  throw new UsageError({
    code: 'nobody-to-ask',
    severity: 'error',
    message: `nobody can be asked here whether all on ${path} may be lost`,
    hint: `In a script, say so: --yes ${path}`,
  });
}

/**
 * Returns when somebody has agreed that all on this disk is lost: by the option, or by typing its name.
 * @throws ReportedError for any other answer, Interrupted
 */
export async function agree(
  path: string,
  options: { readonly isAgreed: boolean; readonly terminal: Terminal; readonly signal: AbortSignal },
): Promise<void> {
  if (options.isAgreed) return;
  const name = path.replace(/^\/dev\//, '');
  const answer = await options.terminal.ask(
    `All on ${path} will be lost. Type its name (${name}) to write to it; anything else leaves it as it is: `,
    options.signal,
  );
  if ([name, path].includes(answer.trim())) return;
  throw new ReportedError({ code: 'not-agreed', severity: 'error', message: `${path} is left as it is` });
}

/** The terminal of this process. The question goes where people read, and not into what is piped on. */
export function ownTerminal(input: NodeJS.ReadStream, output: NodeJS.WriteStream): Terminal {
  return {
    isThere: input.isTTY === true && output.isTTY === true,
    ask: async (question, signal) => {
      // The terminal itself edits the line, and Ctrl-C stays a signal.
      const lines = createInterface({ input, output, terminal: false });
      try {
        const ended = new Promise<string>((resolve) => lines.once('close', () => resolve('')));
        return await Promise.race([lines.question(question, { signal }), ended]);
      } catch (error) {
        if (signal.aborted) throw new Interrupted();
        throw error;
      } finally {
        lines.close();
      }
    },
  };
}
