import type { Diagnostic } from '../diagnostic.ts';
import type { SourceLookup } from '../report/pretty.ts';
import { printable } from '../report/printable.ts';
import { encode } from '../source/bytes.ts';
import type { Format } from './arguments.ts';

type Formatter = (findings: readonly Diagnostic[], lookup: SourceLookup) => string;

/** Each format is loaded only when it is asked for, to keep the start short. */
const FORMATTERS: Readonly<Record<Format, () => Promise<Formatter>>> = {
  pretty: async () => {
    const { formatPretty, summary } = await import('../report/pretty.ts');
    const { noColours, terminalColours } = await import('../report/style.ts');
    const { isTTY, columns = 100 } = process.stdout;
    const colours = isTTY === true && process.env.NO_COLOR === undefined ? terminalColours : noColours;
    return (findings, lookup) => {
      const report = formatPretty(findings, lookup, { colours, width: columns });
      return `${report}${report === '' ? '' : '\n'}${summary(findings)}\n`;
    };
  },
  json: async () => (await import('../report/json.ts')).formatJson,
  sarif: async () => {
    const { formatSarif } = await import('../report/sarif.ts');
    return (findings) => formatSarif(findings);
  },
  github: async () => (await import('../report/github.ts')).formatGithub,
  gitlab: async () => {
    const { formatGitlab } = await import('../report/gitlab.ts');
    return (findings) => formatGitlab(findings);
  },
};

/** Prints findings in the format asked for. */
export async function printFindings(
  findings: readonly Diagnostic[],
  format: Format,
  lookup: SourceLookup,
): Promise<void> {
  const formatter = await FORMATTERS[format]();
  process.stdout.write(formatter(findings, lookup));
}

/** Prints a kickstart: its bytes as they are into a file or pipe, what a terminal would obey as pictures on one. */
export function writeText(text: string): void {
  process.stdout.write(process.stdout.isTTY ? printable(text) : encode(text));
}
