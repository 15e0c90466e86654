/** A line without the time that a logger put in front: `2026-11-22 19:41:13,123: `, `… ERROR livemedia-creator: `. */
export function withoutTime(line: string): string {
  return line.replace(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}(?: [A-Z]+(?: [\w.-]+)?)?: /, '');
}
