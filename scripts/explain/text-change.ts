/** Stands for a text that is known by its checksum only. */
const CHECKSUM = /^sha256:[0-9a-f]+$/;

/** What differs between two texts, as far as they are at hand: how many lines, or that lines move. Empty where nothing does. */
export function textChange(before: readonly string[], after: readonly string[]): string {
  if (before.join('\n') === after.join('\n')) return '';
  if ([before, after].some(([first = '', ...more]) => more.length === 0 && CHECKSUM.test(first))) return 'another text';
  const [old, now] = [new Set(before), new Set(after)];
  const gone = before.filter((line) => !now.has(line)).length;
  const come = after.filter((line) => !old.has(line)).length;
  return gone + come > 0 ? `+${come} -${gone} lines` : 'lines move';
}
