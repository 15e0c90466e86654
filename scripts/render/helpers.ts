import { kickstartWord } from '../diagnostic/index.ts';
import type { ResolvedScript, Sourced } from '../flavour/index.ts';
import { type EmbeddedFile, writeFile } from './embedded-file.ts';
import { mark } from './origin-marks.ts';
import { shellWord } from './quoting.ts';

type Quotable = string | Sourced<string>;

/** What templates may call. Each marks its output with the place of the value it prints. */
export const helpers = {
  /** A word of a kickstart command. */
  ks: (value: Quotable): string => quoted(value, kickstartWord),
  /** A word of a shell command. */
  sh: (value: Quotable): string => quoted(value, shellWord),
  /** A text that is right as it is. */
  text: (value: Quotable): string => quoted(value, (text) => text),
  /** Several values as one word of a kickstart command, separated by spaces. */
  ksJoined: (values: readonly Sourced<string>[]): string =>
    values.map(({ at }) => mark({ file: at.file, line: at.start.line })).join('') +
    kickstartWord(values.map(({ value }) => value).join(' ')),
  /** Several values as one word of a shell command, separated by spaces. */
  shJoined: (values: readonly Sourced<string>[]): string =>
    values.map(({ at }) => mark({ file: at.file, line: at.start.line })).join('') +
    shellWord(values.map(({ value }) => value).join(' ')),
  /** Says that this line comes from the entry's place. */
  mark: ({ at }: Pick<Sourced<unknown>, 'at'>): string => mark({ file: at.file, line: at.start.line }),
  /** The shell lines that write a file. */
  file: (file: EmbeddedFile): string => writeFile(file),
  /** The lines of a component's script. */
  script: ({ source, text, lines }: ResolvedScript): string =>
    text
      .replace(/\n$/, '')
      .split('\n')
      .map((line, index) => mark({ file: source, line: lines?.[index] ?? index + 1 }) + line)
      .join('\n'),
};

function quoted(value: Quotable, quote: (text: string) => string): string {
  return typeof value === 'string' ? quote(value) : helpers.mark(value) + quote(value.value);
}
