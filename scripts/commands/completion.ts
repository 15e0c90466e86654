import { choice, completionScripts, operand, shells, type Values } from '../command-line/index.ts';
import type { ReadingContext } from '../context/index.ts';

export const name = 'completion';
export const help = {
  summary: 'print what bash, zsh or fish completes verbs, options and names by',
  more: '`source <(phyllome completion bash)`',
};
export const flags = { shell: operand(choice('shell', shells), 'bash, zsh or fish') };

/** Prints the script that a shell reads to complete the command line of `phyllome`. */
export function run({ shell }: Values<typeof flags>, { print }: ReadingContext): void {
  print(completionScripts[shell].trimEnd());
}
