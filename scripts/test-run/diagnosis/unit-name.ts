/** The unit that a line of the console or the journal tells of; undefined when it names none. */
export function unitIn(line: string): string | undefined {
  // Without what the line came with: a process whose name looks like a unit's is rare, a time stamp is not.
  const name = /(?:^|[\s/='"`(])([\w@:.\\-]+\.(?:service|socket|mount|automount|swap|target|timer|path|scope))\b/.exec(
    line,
  );
  return name?.[1];
}
