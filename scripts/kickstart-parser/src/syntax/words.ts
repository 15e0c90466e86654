import type { Span } from '../diagnostic.ts';
import type { SourceText } from '../source/source-text.ts';
import { isSpace, skipSpace } from '../source/whitespace.ts';

/** One word of a command line or section header. */
export class Word {
  /** The word as the language means it: quotes and escapes resolved. */
  readonly value: string;
  readonly start: number;
  readonly end: number;
  readonly #source: SourceText;

  constructor(source: SourceText, value: string, start: number, end: number) {
    this.#source = source;
    this.value = value;
    this.start = start;
    this.end = end;
  }

  /** The word as written, with its quotes. */
  get raw(): string {
    return this.#source.text.slice(this.start, this.end);
  }

  get span(): Span {
    return this.#source.span(this.start, this.end);
  }
}

/** The words of one line, the comment behind them, and what is wrong with the quoting. */
export interface LexedLine {
  readonly words: readonly Word[];
  /** Offset of the `#` that starts a trailing comment. */
  readonly commentStart?: number;
  readonly error?: QuotingError;
}

export interface QuotingError {
  readonly kind: 'unclosed-quote' | 'dangling-escape';
  /** Offset of the quote or backslash that is never closed. */
  readonly offset: number;
}

const TAB = 0x09;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const SPACE = 0x20;
const DOUBLE_QUOTE = 0x22;
const HASH = 0x23;
const SINGLE_QUOTE = 0x27;
const BACKSLASH = 0x5c;

function isSeparator(code: number): boolean {
  return code === SPACE || code === TAB || code === LINE_FEED || code === CARRIAGE_RETURN;
}

/**
 * Splits one line into words as a POSIX shell would, with two peculiarities of kickstart: `#` starts a comment even
 * inside a word, and there is no line continuation. `end` must include the line ending, because a final backslash
 * makes it part of the value.
 */
export function lexLine(
  source: SourceText,
  start: number,
  end: number,
  { hasComments = true }: { hasComments?: boolean } = {},
): LexedLine {
  const { text } = source;
  const words: Word[] = [];
  let i = start;
  while (i < end) {
    const code = text.charCodeAt(i);
    if (isSeparator(code)) {
      i++;
      continue;
    }
    if (code === HASH && hasComments) return { words, commentStart: i };
    const wordStart = i;
    let value = '';
    let from = i;
    let isQuoted = false;
    while (i < end) {
      const inner = text.charCodeAt(i);
      if (isSeparator(inner) || (inner === HASH && hasComments)) break;
      if (inner === BACKSLASH) {
        if (i + 1 >= end) return { words, error: { kind: 'dangling-escape', offset: i } };
        value += text.slice(from, i) + text.charAt(i + 1);
        i += 2;
        from = i;
      } else if (inner === SINGLE_QUOTE || inner === DOUBLE_QUOTE) {
        value += text.slice(from, i);
        const quoted = readQuoted(text, i, end);
        if (typeof quoted === 'string') return { words, error: { kind: quoted, offset: i } };
        value += quoted.value;
        i = quoted.next;
        from = i;
        isQuoted = true;
      } else {
        i++;
      }
    }
    value += text.slice(from, i);
    if (value !== '' || isQuoted) words.push(new Word(source, value, wordStart, i));
  }
  return { words };
}

/** Splits a part of a text at white space, without looking at quotes. */
export function splitWords(source: SourceText, start: number, end: number): Word[] {
  const { text } = source;
  const words: Word[] = [];
  let i = skipSpace(text, start, end);
  while (i < end) {
    const wordStart = i;
    while (i < end && !isSpace(text.charCodeAt(i))) i++;
    words.push(new Word(source, text.slice(wordStart, i), wordStart, i));
    i = skipSpace(text, i, end);
  }
  return words;
}

function readQuoted(text: string, open: number, end: number): { value: string; next: number } | QuotingError['kind'] {
  const quote = text.charCodeAt(open);
  let value = '';
  let from = open + 1;
  for (let i = open + 1; i < end; i++) {
    const code = text.charCodeAt(i);
    if (code === quote) return { value: value + text.slice(from, i), next: i + 1 };
    if (code !== BACKSLASH || quote === SINGLE_QUOTE) continue;
    if (i + 1 >= end) return 'dangling-escape';
    const escaped = text.charCodeAt(i + 1);
    // Inside double quotes a backslash escapes only itself and the quote; before anything else it stays.
    const kept = escaped === DOUBLE_QUOTE || escaped === BACKSLASH ? i : i + 1;
    value += text.slice(from, kept);
    from = i + 1;
    i++;
  }
  return 'unclosed-quote';
}
