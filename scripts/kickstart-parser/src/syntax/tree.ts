import type { Span } from '../diagnostic.ts';
import type { SourceText } from '../source/source-text.ts';
import { skipSpace, skipSpaceBack, strip } from '../source/whitespace.ts';
import type { LexedLine, QuotingError, Word } from './words.ts';

/** Sections the kickstart language knows, in every release. */
export const SECTION_NAMES = [
  '%addon',
  '%anaconda',
  '%certificate',
  '%onerror',
  '%packages',
  '%post',
  '%pre',
  '%pre-install',
  '%traceback',
] as const;

type SectionName = (typeof SECTION_NAMES)[number];

/** Tells whether a word opens a section. */
export function isSectionName(word: string): word is SectionName {
  return (SECTION_NAMES as readonly string[]).includes(word);
}

/** A piece of the text. The nodes of a document lie edge to edge, so printing them one after the other gives the text back. */
abstract class SyntaxNode {
  abstract readonly kind: string;
  /** Offset of the first character, indentation included. */
  readonly start: number;
  /** Offset just behind the last character, line ending included. */
  readonly end: number;
  protected readonly source: SourceText;

  constructor(source: SourceText, start: number, end: number) {
    this.source = source;
    this.start = start;
    this.end = end;
  }

  /** The node as written, line endings included. */
  get text(): string {
    return this.source.text.slice(this.start, this.end);
  }

  /** The whole node, indentation and line ending included. */
  get wholeSpan(): Span {
    return this.source.span(this.start, this.end);
  }

  /** From the first visible character to the end of the last line, without its line ending. */
  get span(): Span {
    const { text } = this.source;
    const from = skipSpace(text, this.start, this.end);
    return from === this.end
      ? this.source.span(this.start, this.start)
      : this.source.span(from, skipSpaceBack(text, from, this.end));
  }
}

/** A line split into words: a command, a section header, an `%include`. */
abstract class WordLine extends SyntaxNode {
  readonly words: readonly Word[];
  readonly quotingError: QuotingError | undefined;
  readonly #commentStart: number | undefined;

  constructor(source: SourceText, start: number, end: number, lexed: LexedLine) {
    super(source, start, end);
    this.words = lexed.words;
    this.quotingError = lexed.error;
    this.#commentStart = lexed.commentStart;
  }

  /** The words behind the first one. */
  get args(): readonly Word[] {
    return this.words.slice(1);
  }

  /** The place of some words with the blanks before them. */
  spanOf(from: Word, to: Word): Span {
    return this.source.span(skipSpaceBack(this.source.text, this.start, from.start), to.end);
  }

  /** Offset behind the last word, where further words can be added. */
  get wordsEnd(): number {
    const last = this.words.at(-1);
    if (last === undefined) return this.start;
    // The last word may hold line endings the reference does not count as white space.
    const { lines } = this.source;
    return Math.min(last.end, lines.ends[this.source.lineIndex(last.start)] ?? last.end);
  }

  /** The comment at the end of the line, with its `#`. */
  get comment(): string | undefined {
    return this.#commentStart === undefined ? undefined : strip(this.source.text.slice(this.#commentStart, this.end));
  }

  /** Where the comment at the end of the line stands. */
  get commentSpan(): Span | undefined {
    const from = this.#commentStart;
    return from === undefined ? undefined : this.source.span(from, from + (this.comment?.length ?? 0));
  }

  /** Where the quoting goes wrong. */
  get quotingSpan(): Span | undefined {
    const at = this.quotingError?.offset;
    return at === undefined ? undefined : this.source.span(at, at + 1);
  }
}

/** A line of white space only. */
export class BlankLine extends SyntaxNode {
  readonly kind = 'blank';
}

/** A line that begins with `#`. */
export class CommentLine extends SyntaxNode {
  readonly kind = 'comment';
}

/** A line of the command part, also one that names no command of any release. */
export class CommandLine extends WordLine {
  readonly kind = 'command';

  get name(): string {
    return this.words[0]?.value ?? '';
  }
}

/** `%include PATH`, in the command part or inside a section. */
export class IncludeLine extends WordLine {
  readonly kind = 'include';

  /** The path as written; empty when it is missing. */
  get path(): string {
    return this.words[1]?.value ?? '';
  }
}

/** A `%ksappend` line: the installer ignores it. */
export class IgnoredLine extends WordLine {
  readonly kind = 'ignored';
}

/** A `%` line in the command part that opens no section: an unknown name or an `%end` without a beginning. */
export class StrayDirective extends WordLine {
  readonly kind = 'stray';

  get name(): string {
    return this.words[0]?.value ?? '';
  }
}

/** The first line of a section. */
export class SectionHeader extends WordLine {
  readonly kind = 'header';
}

/** The `%end` of a section. */
export class EndLine extends WordLine {
  readonly kind = 'end';
}

interface SectionParts {
  readonly name: string;
  readonly isKnown: boolean;
  readonly header: SectionHeader;
  readonly bodyEnd: number;
  readonly includes: readonly IncludeLine[];
  readonly endLine: EndLine | undefined;
}

/** A section from its header to its `%end`, or to where another section begins if `%end` is missing. */
export class Section extends SyntaxNode {
  readonly kind = 'section';
  readonly name: string;
  /** False for a section of an unknown name that is closed by `%end` like any other. */
  readonly isKnown: boolean;
  readonly header: SectionHeader;
  /** Absent when the section is not closed. */
  readonly endLine: EndLine | undefined;
  /** `%include` lines inside the body. */
  readonly includes: readonly IncludeLine[];
  readonly bodyStart: number;
  readonly bodyEnd: number;

  constructor(source: SourceText, parts: SectionParts) {
    super(source, parts.header.start, parts.endLine?.end ?? parts.bodyEnd);
    this.name = parts.name;
    this.isKnown = parts.isKnown;
    this.header = parts.header;
    this.bodyStart = parts.header.end;
    this.bodyEnd = parts.bodyEnd;
    this.includes = parts.includes;
    this.endLine = parts.endLine;
  }

  /** Everything between the header line and `%end`, byte for byte. */
  get body(): string {
    return this.source.text.slice(this.bodyStart, this.bodyEnd);
  }

  get bodySpan(): Span {
    return this.source.span(this.bodyStart, this.bodyEnd);
  }
}

export type DocumentNode = BlankLine | CommentLine | CommandLine | IncludeLine | IgnoredLine | StrayDirective | Section;

/** A parsed kickstart. */
export interface Document {
  readonly file: string;
  readonly source: SourceText;
  /** All of the text, in order and without gaps. */
  readonly nodes: readonly DocumentNode[];
}
