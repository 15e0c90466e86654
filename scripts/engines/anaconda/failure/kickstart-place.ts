import type { Span } from '../../../diagnostic/index.ts';
import type { Cause } from './find-cause.ts';
import { type AnacondaVersion, linesOfScripts } from './script-line.ts';

/** The kickstart that was given to Anaconda, and how findings name it. */
export interface GivenKickstart {
  readonly file: string;
  readonly text: string;
}

/** The line of the kickstart that a cause is about, where one can be told. */
export function kickstartPlace(
  { signature, match }: Cause,
  { file, text }: GivenKickstart,
  anaconda: AnacondaVersion,
): Span | undefined {
  const lines = text.split('\n');
  const line = lineOf();
  if (!(line >= 1 && line <= lines.length)) return undefined;
  const place = { offset: 0, line, column: 1 };
  return { file, start: place, end: place };

  function lineOf(): number {
    const { groups = {} } = match;
    if (signature.hasKickstartLine === true) return Number(groups.line);
    if (signature.hasScriptLine === true)
      return linesOfScripts(text, anaconda).get(Number(groups.line ?? groups.problem)) ?? 0;
    const words = (signature.kickstartWords ?? []).flatMap((group) => wordsFor(groups[group]));
    const command = signature.kickstartCommand;
    return (
      1 + lines.findIndex((one) => (command === undefined ? hasOneOf(one, words) : one.split(/\s/, 1)[0] === command))
    );
  }
}

/** What a log calls `qemu-kvm-core-2:10.1.0-1.fc44.x86_64`, or several names between commas, as a kickstart writes it. */
function wordsFor(text: string | undefined): string[] {
  if (text === undefined) return [];
  return text.split(/,\s*/).flatMap((name) => {
    const package_ = /^(.+)-(?:\d+:)?[^-:]+-[^-]+\.[^.-]+$/.exec(name)?.[1];
    return package_ === undefined ? [name] : [package_];
  });
}

function hasOneOf(line: string, words: readonly string[]): boolean {
  if (line.startsWith('#')) return false;
  const own = line.split(/[\s,=]+/).map((word) => word.replaceAll(/^"|"$/g, ''));
  return words.some((word) => own.includes(word));
}
