/** What the client of a shell sends, one line of JSON each. What the shell says comes back as it is. */
export type Frame =
  | { readonly keys: string }
  | { readonly size: readonly [columns: number, rows: number]; readonly terminal?: string };

export const frameLine = (frame: Frame): string => `${JSON.stringify(frame)}\n`;

/** Keys travel as base64: they may be half a character. */
export const keysFrame = (bytes: Uint8Array): Frame => ({ keys: Buffer.from(bytes).toString('base64') });

/** Undefined for what is none. */
export function parseFrame(line: string): Frame | undefined {
  try {
    const value = JSON.parse(line) as Partial<Record<'keys' | 'size' | 'terminal', unknown>>;
    if (typeof value.keys === 'string') return { keys: value.keys };
    if (!Array.isArray(value.size)) return undefined;
    const [columns, rows] = value.size.map(Number);
    if (!Number.isInteger(columns) || !Number.isInteger(rows)) return undefined;
    // It becomes an environment variable in the guest.
    const terminal =
      typeof value.terminal === 'string' && /^[\w.+-]+$/.test(value.terminal) ? value.terminal : undefined;
    return { size: [columns ?? 80, rows ?? 24], ...(terminal !== undefined && { terminal }) };
  } catch {
    return undefined;
  }
}
