import { SourceText } from '../source/source-text.ts';
import { skipSpace } from '../source/whitespace.ts';
import { firstDirective } from './directive.ts';
import {
  BlankLine,
  CommandLine,
  CommentLine,
  type Document,
  type DocumentNode,
  EndLine,
  IgnoredLine,
  IncludeLine,
  isSectionName,
  Section,
  SectionHeader,
  StrayDirective,
} from './tree.ts';
import { lexLine } from './words.ts';

const HASH = 0x23;

export interface ParseOptions {
  /** Name of the text in spans and messages. */
  readonly file?: string;
}

/** Parses a kickstart. Never fails: what is wrong with the text is for `validate` to say. */
export function parse(text: string, options: ParseOptions = {}): Document {
  return parseSource(new SourceText(text, options.file ?? '<kickstart>'));
}

/** Parses a text that already has its line table, and perhaps its origins. */
export function parseSource(source: SourceText): Document {
  return { file: source.file, source, nodes: new Parser(source).nodes() };
}

/** Gives the text of a document back, byte for byte. */
export function print(document: Document): string {
  return document.nodes.map((node) => node.text).join('');
}

class Parser {
  readonly #source: SourceText;
  readonly #lineCount: number;
  /** The next line that opens or closes a section, from where it was last looked for. */
  #nextBoundary: { line: number; isEnd: boolean } | undefined;

  constructor(source: SourceText) {
    this.#source = source;
    this.#lineCount = source.lines.starts.length;
  }

  nodes(): DocumentNode[] {
    const nodes: DocumentNode[] = [];
    let line = 0;
    while (line < this.#lineCount) {
      const node = this.#node(line);
      nodes.push(node);
      line = node.kind === 'section' ? this.#lineAfter(node) : line + 1;
    }
    return nodes;
  }

  #lineAfter(node: Section): number {
    return node.end >= this.#source.text.length ? this.#lineCount : this.#source.lineIndex(node.end);
  }

  #node(line: number): DocumentNode {
    const start = this.#start(line);
    const end = this.#end(line);
    const first = skipSpace(this.#source.text, start, end);
    if (first === end) return new BlankLine(this.#source, start, end);
    if (this.#source.text.charCodeAt(first) === HASH) return new CommentLine(this.#source, start, end);
    const lexed = lexLine(this.#source, start, end);
    const name = lexed.words[0]?.value ?? '';
    if (!name.startsWith('%')) return new CommandLine(this.#source, start, end, lexed);
    if (name === '%include') return new IncludeLine(this.#source, start, end, lexed);
    if (name === '%ksappend') return new IgnoredLine(this.#source, start, end, lexed);
    if (isSectionName(name)) return this.#section(line, name, true);
    // A misspelt section name must not turn its whole body into bogus commands.
    if (name !== '%end' && this.#isClosed(line + 1)) return this.#section(line, name, false);
    return new StrayDirective(this.#source, start, end, lexed);
  }

  #section(headerLine: number, name: string, isKnown: boolean): Section {
    const source = this.#source;
    const headerStart = this.#start(headerLine);
    const headerEnd = this.#end(headerLine);
    const header = new SectionHeader(source, headerStart, headerEnd, lexLine(source, headerStart, headerEnd));
    const includes: IncludeLine[] = [];
    let bodyEnd = headerEnd;
    for (let line = headerLine + 1; line < this.#lineCount; line++) {
      const word = this.#directive(line);
      if (word !== undefined && isSectionName(word)) break;
      const start = this.#start(line);
      const end = this.#end(line);
      if (word === '%end') {
        const endLine = new EndLine(source, start, end, lexLine(source, start, end));
        return new Section(source, { name, isKnown, header, bodyEnd, includes, endLine });
      }
      if (word === '%include') includes.push(new IncludeLine(source, start, end, lexLine(source, start, end)));
      bodyEnd = end;
    }
    return new Section(source, { name, isKnown, header, bodyEnd, includes, endLine: undefined });
  }

  /** Whether an `%end` comes before the next section header. Remembers the answer, so that many unknown names stay linear. */
  #isClosed(from: number): boolean {
    if (this.#nextBoundary === undefined || this.#nextBoundary.line < from) {
      this.#nextBoundary = { line: this.#lineCount, isEnd: false };
      for (let line = from; line < this.#lineCount; line++) {
        const word = this.#directive(line);
        if (word !== '%end' && (word === undefined || !isSectionName(word))) continue;
        this.#nextBoundary = { line, isEnd: word === '%end' };
        break;
      }
    }
    return this.#nextBoundary.isEnd;
  }

  #directive(line: number): string | undefined {
    return firstDirective(this.#source.text, this.#start(line), this.#end(line));
  }

  #start(line: number): number {
    return this.#source.lines.starts[line] ?? this.#source.text.length;
  }

  /** Offset behind the line ending. */
  #end(line: number): number {
    return this.#start(line + 1);
  }
}
