/** One known way to fail: what to look for in a line of any log, what it means and what to do. One row of a table. */
export interface Signature {
  /** Kebab-case; `livemedia-ID` is the code of the finding. */
  readonly id: string;
  readonly pattern: RegExp;
  /** What is wrong. `$1` and `$<name>` stand for the pattern's groups. */
  readonly cause: string;
  /** What to do. */
  readonly advice: string;
  /** It only says that something failed, or that a step did: told when no line names the reason. */
  readonly isSymptom?: true;
  /** Nothing good can follow this line: the build is stopped when it appears, not when the program gets round to it. */
  readonly isFatal?: true;
  /** The pattern's group `line` is a line of the kickstart. */
  readonly hasKickstartLine?: true;
  /** The pattern's group `line` is where a script begins, counted as Anaconda counts scripts. */
  readonly hasScriptLine?: true;
  /** The lines after this one say what is wrong; they are `$<problem>`. Where this is an expression, they must match it. */
  readonly problemBelow?: true | RegExp;
  /** A traceback begins here, and its last line is `$<problem>`: the lines around that one are shown. */
  readonly isTraceback?: true;
  /** These groups of the pattern are words of the kickstart; the first line that has one is the place. */
  readonly kickstartWords?: readonly string[];
  /** The first line with this command is the place. */
  readonly kickstartCommand?: string;
  /** Where the words were found: a file of the program that says them, or a thread in which somebody met them. */
  readonly source: string;
  /** Lines as they appear in a log, the matching one among them. */
  readonly excerpt: readonly string[];
}

/** `text` with the groups of a match in it. */
export function fillGroups(text: string, match: RegExpExecArray): string {
  const filled = text.replace(/\$(?:(\d)|<(\w+)>)/g, (_, index: string | undefined, name: string | undefined) =>
    ((index === undefined ? match.groups?.[name ?? ''] : match[Number(index)]) ?? '').trim(),
  );
  // Of the alternatives of a pattern only one has its groups.
  return filled.replaceAll(/ {2,}/g, ' ');
}
