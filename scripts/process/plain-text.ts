// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences are made of control characters
const escapeSequence = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\-_]|[ -/]+[0-~])/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: the remaining control characters, but the tab
const controlCharacter = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;

/** A console line as a person would read it: colours, cursor moves and other control characters taken out. */
export function plainText(line: string): string {
  // The same beginning of a sequence in one character.
  const written = line.replaceAll('\u009b', '\u001b[').replaceAll('\u009d', '\u001b]');
  return written.replace(escapeSequence, '').replace(controlCharacter, '').trimEnd();
}
