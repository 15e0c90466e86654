/** Quoting for the two languages inside a kickstart. Both keep plain words as they are, for people who read them. */

/** One word of a kickstart command, read back unchanged by POSIX-like splitting with `#` comments. */
export function kickstartWord(value: string): string {
  if (/[\n\r\f\v\u0085\u2028\u2029]/.test(value)) throw new Error('a kickstart command cannot carry a line break');
  if (/^[A-Za-z0-9@%+=:,./_~-]+$/.test(value)) return value;
  return `"${value.replaceAll(/["\\]/g, '\\$&')}"`;
}

/** One word of a POSIX shell command. */
export function shellWord(value: string): string {
  if (/^[A-Za-z0-9@%+=:,./_-]+$/.test(value)) return value;
  return `'${value.replaceAll("'", `'\\''`)}'`;
}
