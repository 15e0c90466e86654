import { type ConsolePattern, consoleCatalogue } from './catalogue.ts';

/** A line of the console or the journal that a pattern of the catalogue matched. */
export interface ConsoleFinding {
  readonly pattern: string;
  readonly explanation: string;
  readonly source: 'console' | 'journal' | 'display';
  /** From 1, in console.log or journal.log; of the display the row. */
  readonly lineNumber: number;
  readonly line: string;
  readonly fatal: boolean;
}

/** Patterns look for their words from each character on: binary data on a console would take minutes. */
const MOST_CHARACTERS = 2000;

/** The first pattern that matches a line (the catalogue has the more telling ones first). */
export function matchLine(line: string): ConsolePattern | undefined {
  const start = line.slice(0, MOST_CHARACTERS);
  return consoleCatalogue.find((pattern) => pattern.regex.test(start));
}

/**
 * Collects findings from both sources as their lines arrive. The kernel's messages come through both, and one fault is
 * often repeated: the same message is kept once.
 */
export class ConsoleScanner {
  readonly findings: ConsoleFinding[] = [];
  readonly #seen = new Set<string>();
  readonly #excused: RegExp[] = [];
  readonly #onFinding: (finding: ConsoleFinding) => void;

  constructor(onFinding: (finding: ConsoleFinding) => void = () => {}) {
    this.#onFinding = onFinding;
  }

  /** Lines like this are no finding from now on: the lab itself did what they tell of. */
  excuse(regex: RegExp): void {
    this.#excused.push(regex);
  }

  scan(source: ConsoleFinding['source'], whole: string, lineNumber: number): void {
    const line = whole.slice(0, MOST_CHARACTERS);
    const pattern = matchLine(line);
    if (pattern === undefined || this.#excused.some((regex) => regex.test(line))) return;
    // The kernel says the same on both of its consoles; on the display it is cut off at the edge.
    const isTold =
      source === 'display' && this.findings.some((one) => one.pattern === pattern.id && one.source !== source);
    if (isTold) return;
    const key = `${pattern.id} ${messageOf(source, line)}`;
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    const { id, explanation, fatal = false } = pattern;
    const finding: ConsoleFinding = { pattern: id, explanation, source, lineNumber, line: line.trim(), fatal };
    this.findings.push(finding);
    this.#onFinding(finding);
  }
}

/** A message without what differs between the two sources: times, the program's name, numbers, systemd's status mark. */
function messageOf(source: ConsoleFinding['source'], line: string): string {
  const name = source === 'journal' ? /^\S+?: / : /^\S*\[\d+\]: /;
  return line
    .replace(/^\[ *\d+\.\d+\](?:\[ *[TC]\d+\])? */, '')
    .replace(/^\[ *FAILED *\] /, '')
    .replace(name, '')
    .replace(/\d+/g, 'N')
    .trim();
}
