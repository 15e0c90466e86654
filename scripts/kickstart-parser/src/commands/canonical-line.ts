import { NEGATIVE_NUMBER } from '../arguments/classify.ts';

type Scalar = string | number | boolean | undefined;

/** Puts the parts of a canonical line together; parts with nothing to say are empty and left out. */
export function line(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' ');
}

/** The same for commands that say nothing without options. */
export function optionsOnly(command: string, ...parts: readonly string[]): string {
  return parts.every((part) => part === '') ? '' : line(command, ...parts);
}

/** `--name` if the flag is on. */
export function flag(name: string, isOn: boolean | undefined): string {
  return isOn === true ? name : '';
}

/** `--name=value`, with quotes only where the value needs them. Empty values and zero are not written. */
export function plain(name: string, value: Scalar): string {
  return isSilent(value) ? '' : `${name}=${word(String(value))}`;
}

/** `--name=value`, also when the value is empty. */
export function named(name: string, value: string | undefined): string {
  return `${name}=${value ? word(value) : ''}`;
}

/** `--name="value"`. Empty values are not written. */
export function quoted(name: string, value: Scalar): string {
  return isSilent(value) ? '' : `${name}=${doubleQuote(String(value))}`;
}

/** `--name="value"`, also when the value is empty. */
export function quotedNamed(name: string, value: string | undefined): string {
  return `${name}=${doubleQuote(value ?? '')}`;
}

/** `--name=a,b`; nothing for an empty list. */
export function list(name: string, values: readonly string[] | undefined): string {
  return plain(name, values?.join(','));
}

/** `--name="a,b"`; nothing for an empty list. */
export function quotedList(name: string, values: readonly string[] | undefined): string {
  return quoted(name, values?.join(','));
}

/** A word, in double quotes if it would be read differently without. */
export function word(text: string): string {
  // Only a backslash before the line ending can put a line break into a word, and only at its end.
  const lineBreak = /[\r\n]+$/.exec(text)?.[0] ?? '';
  const visible = text.slice(0, text.length - lineBreak.length);
  const start = visible === '' || /[ \t\r\n"'#\\]/.test(visible) ? doubleQuote(visible) : visible;
  return lineBreak === '' ? start : `${start}\\${lineBreak}`;
}

/** The last word of a line, kept from being read as an option. */
export function lastWord(text: string): string {
  const isOption = text.startsWith('-') && !text.includes(' ') && !NEGATIVE_NUMBER.test(text);
  return isOption ? `-- ${word(text)}` : word(text);
}

/** A word in double quotes, whatever is in it. */
export function doubleQuote(text: string): string {
  // A backslash before anything but a quote or another backslash stands for itself.
  return `"${text.replace(/"|\\(?=["\\]|$)/g, '\\$&')}"`;
}

/** The reference does not write values that count as false in Python. */
function isSilent(value: Scalar): boolean {
  return value === undefined || value === '' || value === 0 || value === false;
}
