import { Interrupted, ReportedError } from '../diagnostic/index.ts';

const ENTER = new Set([0x0a, 0x0d]);
const ERASE = new Set([0x08, 0x7f]);
const CTRL_C = 0x03;
const CTRL_D = 0x04;

/** The parts of a terminal that are used. */
export interface PasswordInput extends NodeJS.EventEmitter {
  readonly isTTY?: boolean;
  setRawMode(isRaw: boolean): unknown;
  pause(): unknown;
  resume(): unknown;
}

/**
 * How a person at this terminal is asked for a password: what is typed is not shown. Undefined where nobody is there.
 * @param output where the question goes
 */
export function passwordPrompt(
  input: PasswordInput,
  output: { readonly isTTY?: boolean; write(text: string): unknown },
): ((question: string) => Promise<Buffer>) | undefined {
  if (input.isTTY !== true || output.isTTY !== true) return undefined;
  return async (question) => {
    output.write(question);
    // In raw mode nothing is echoed, and Ctrl-C is a byte as any other.
    input.setRawMode(true);
    try {
      return await lineOf(input);
    } finally {
      input.setRawMode(false);
      input.pause();
      output.write('\n');
    }
  };
}

function lineOf(input: PasswordInput): Promise<Buffer> {
  const typed: number[] = [];
  return new Promise((resolve, reject) => {
    const settle = (act: () => void) => {
      input.off('data', onData).off('end', onEnd);
      act();
      typed.fill(0);
    };
    const onEnd = () => settle(() => reject(noPassword()));
    const onData = (bytes: Buffer) => {
      for (const byte of bytes) {
        if (ENTER.has(byte)) return settle(() => resolve(Buffer.from(typed)));
        if (byte === CTRL_C) return settle(() => reject(new Interrupted()));
        if (byte === CTRL_D && typed.length === 0) return onEnd();
        if (ERASE.has(byte)) eraseLast(typed);
        else typed.push(byte);
      }
    };
    input.on('data', onData).on('end', onEnd);
    input.resume();
  });
}

/** A character of UTF-8 may be several bytes. */
function eraseLast(typed: number[]): void {
  while (((typed.pop() ?? 0) & 0xc0) === 0x80);
}

function noPassword(): ReportedError {
  return new ReportedError({ code: 'signing-key', severity: 'error', message: 'no password was typed' });
}
