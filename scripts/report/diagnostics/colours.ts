export type Paint = (text: string) => string;

export interface Colours {
  readonly bold: Paint;
  readonly dim: Paint;
  readonly error: Paint;
  readonly warning: Paint;
  readonly info: Paint;
}

const plain: Paint = (text) => text;
const code =
  (open: string, close: string): Paint =>
  (text) =>
    `\u001b[${open}m${text}\u001b[${close}m`;

export const noColours: Colours = { bold: plain, dim: plain, error: plain, warning: plain, info: plain };

export const terminalColours: Colours = {
  bold: code('1', '22'),
  dim: code('2', '22'),
  error: code('31', '39'),
  warning: code('33', '39'),
  info: code('36', '39'),
};

/** Colours where a person looks at the stream, unless they asked for none (no-color.org) or for them everywhere. */
export function coloursFor(stream: { readonly isTTY?: boolean }, env: NodeJS.ProcessEnv = process.env): Colours {
  if (env.NO_COLOR) return noColours;
  if (env.FORCE_COLOR && env.FORCE_COLOR !== '0') return terminalColours;
  return stream.isTTY && env.TERM !== 'dumb' ? terminalColours : noColours;
}
