import { strip } from '../source/whitespace.ts';
import type { CommandLine } from '../syntax/tree.ts';

/** Everything behind the name of a command, comment included, for commands that pass their line on to another program. */
export function rawArguments(line: CommandLine): string {
  const name = line.words[0];
  return name === undefined ? '' : strip(line.text.slice(name.end - line.start));
}
