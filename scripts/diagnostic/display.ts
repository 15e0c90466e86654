/** A command as it can be pasted into a POSIX shell. */
export function displayCommand(argv: readonly string[]): string {
  return argv.map(quoteForShell).join(' ');
}

/** One word, quoted for a POSIX shell only where it must be. */
export function quoteForShell(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
