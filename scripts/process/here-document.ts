/** A terminator for a here-document that no line of its text equals: what came after such a line would be run. */
export function terminatorFor(lines: readonly string[], word = 'EOF'): string {
  let terminator = word;
  for (let number = 2; lines.includes(terminator); number++) terminator = `${word}_${number}`;
  return terminator;
}
