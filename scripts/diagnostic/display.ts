/** A command as it can be pasted into a POSIX shell. */
export function displayCommand(argv: readonly string[]): string {
  return argv.map(quoteForShell).join(' ');
}

/** One word, quoted for a POSIX shell only where it must be. */
export function quoteForShell(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** One word of a kickstart command, read back unchanged by POSIX-like splitting with `#` comments. */
export function kickstartWord(value: string): string {
  if (/[\n\r\f\v\u0085\u2028\u2029]/.test(value)) throw new Error('a kickstart command cannot carry a line break');
  if (/^[A-Za-z0-9@%+=:,./_~-]+$/.test(value)) return value;
  return `"${value.replaceAll(/["\\]/g, '\\$&')}"`;
}
