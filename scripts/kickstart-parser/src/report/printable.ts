/** Everything that a terminal obeys, but tab, line feed and a carriage return before one: C0, delete, and C1, which begins escape sequences in one character. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is these that are looked for
const OBEYED = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]|\r(?!\n)/g;

/**
 * A text that can be shown, whoever wrote it: control characters are pictures (`␛`) or written out (`\u009b`). Of a JSON text, where
 * only the latter can stand, it is the same value as before.
 */
export function printable(text: string): string {
  return text.replace(OBEYED, (character) => {
    const code = character.charCodeAt(0);
    if (code < 0x20) return String.fromCharCode(0x2400 + code);
    return `\\u${code.toString(16).padStart(4, '0')}`;
  });
}
