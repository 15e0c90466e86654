import { type Colours, noColours, terminalColours } from 'kickstart-parser/report';

export { type Colours, noColours, terminalColours };

/** Colours where a person looks at the stream, unless they asked for none (no-color.org) or for them everywhere. */
export function coloursFor(stream: { readonly isTTY?: boolean }, env: NodeJS.ProcessEnv = process.env): Colours {
  if (env.NO_COLOR) return noColours;
  if (env.FORCE_COLOR && env.FORCE_COLOR !== '0') return terminalColours;
  return stream.isTTY && env.TERM !== 'dumb' ? terminalColours : noColours;
}
