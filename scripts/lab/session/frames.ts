/** What the client of a shell sends, one line of JSON each. */
export type Frame =
  | { readonly keys: string }
  | { readonly size: readonly [columns: number, rows: number]; readonly terminal?: string }
  /** Instead of a size: no shell, but a file of so many bytes, which the frames with keys hold. */
  | { readonly copy: string; readonly bytes: number };

/** What it gets: what the shell says, and in the end whether the shell ended by itself, or what became of the machine. */
export type Answer = { readonly said: string } | { readonly ended: true } | { readonly gone: string };

export const frameLine = (frame: Frame | Answer): string => `${JSON.stringify(frame)}\n`;

/** Keys travel as base64: they may be half a character. */
export const keysFrame = (bytes: Uint8Array): Frame => ({ keys: Buffer.from(bytes).toString('base64') });
export const saidFrame = (bytes: Uint8Array): Answer => ({ said: Buffer.from(bytes).toString('base64') });

/** Undefined for what is none. */
export function parseFrame(line: string): Frame | undefined {
  const value = parse(line);
  if (typeof value.keys === 'string') return { keys: value.keys };
  if (typeof value.copy === 'string' && isFileName(value.copy) && Number.isSafeInteger(value.bytes)) {
    return { copy: value.copy, bytes: Number(value.bytes) };
  }
  if (!Array.isArray(value.size)) return undefined;
  const [columns, rows] = value.size.map(Number);
  if (!Number.isInteger(columns) || !Number.isInteger(rows)) return undefined;
  // It becomes an environment variable in the guest.
  const terminal = typeof value.terminal === 'string' && /^[\w.+-]+$/.test(value.terminal) ? value.terminal : undefined;
  return { size: [columns ?? 80, rows ?? 24], ...(terminal !== undefined && { terminal }) };
}

/** Undefined for what is none. */
export function parseAnswer(line: string): Answer | undefined {
  const value = parse(line);
  if (typeof value.said === 'string') return { said: value.said };
  if (typeof value.gone === 'string') return { gone: value.gone };
  return value.ended === true ? { ended: true } : undefined;
}

const isFileName = (name: string) => /^[^/\p{Cc}]+$/u.test(name) && name !== '.' && name !== '..';

function parse(line: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
  } catch {
    return {};
  }
}
