/** What a terminal sends for keys that have no character (as xterm does; GRUB, systemd and Anaconda's text mode read these). */
export const serialKeys = {
  Enter: '\r',
  Tab: '\t',
  Escape: '\u001b',
  Backspace: '\u007f',
  Up: '\u001b[A',
  Down: '\u001b[B',
  Right: '\u001b[C',
  Left: '\u001b[D',
  Home: '\u001b[H',
  End: '\u001b[F',
  PageUp: '\u001b[5~',
  PageDown: '\u001b[6~',
  Delete: '\u001b[3~',
  F10: '\u001b[21~',
  'Control-C': '\u0003',
  'Control-D': '\u0004',
  'Control-X': '\u0018',
} as const;

export type SpecialKey = keyof typeof serialKeys;
