import type { Diagnostic } from '../diagnostic.ts';
import type { LineOrigin, SourceText } from '../source/source-text.ts';
import { firstDirective } from '../syntax/directive.ts';
import { isSectionName } from '../syntax/tree.ts';
import { lexLine } from '../syntax/words.ts';
import type { ChainLink } from './chain-link.ts';
import {
  fetchedLater,
  includeLoop,
  leftOpen,
  madeByPre,
  splitSection,
  tooManyIncludes,
  unreadableFile,
} from './findings.ts';
import type { IncludeReader } from './reader.ts';

/** Beyond these something is wrong, and going on would only exhaust memory: files that include each other twice double. */
const MOST_INCLUDES = 10_000;
const DEEPEST_CHAIN = 100;

/** The section the lines being read belong to. */
interface OpenSection {
  readonly name: string;
  readonly headerText: string;
  /** How many files deep its header stands. */
  readonly depth: number;
}

/** Collects the lines of a kickstart and of everything it includes. */
export class Expansion {
  readonly origins: LineOrigin[] = [];
  readonly #found: Diagnostic[] = [];
  /** Files that cannot be read, by their findings: a script may be about to make them. */
  readonly #missing = new Map<Diagnostic, string>();
  /** What the %pre scripts say; the installer runs them before it reads the files that are included. */
  readonly #preLines: string[] = [];
  readonly #lines: string[] = [];
  readonly #chain: ChainLink[] = [];
  readonly #reader: IncludeReader;
  readonly #isOptional: (path: string) => boolean;
  #section: OpenSection | undefined;
  #included = 0;

  constructor(reader: IncludeReader, isOptional: (path: string) => boolean) {
    this.#reader = reader;
    this.#isOptional = isOptional;
  }

  /** The collected text. It ends with a line ending if the main file does. */
  text(main: SourceText): string {
    const text = this.#lines.join('');
    const mainIsOpenEnded = main.text === '' || main.lines.ends.at(-1) === main.text.length;
    return mainIsOpenEnded ? text.replace(/\n$/, '') : text;
  }

  /** What is wrong with the included files. Complete when all files have been added. */
  get diagnostics(): Diagnostic[] {
    const scripts = this.#preLines.join('');
    return this.#found.map((finding) => {
      const path = this.#missing.get(finding);
      return path !== undefined && scripts.includes(path) ? madeByPre(path, finding) : finding;
    });
  }

  addFile(source: SourceText, fullPath: string): void {
    const link: ChainLink = { fullPath, source, includeLine: 0 };
    this.#chain.push(link);
    for (let index = 0; index < source.lines.starts.length; index++) this.#addLine(link, index);
    this.#chain.pop();
  }

  #addLine(link: ChainLink, index: number): void {
    const { source } = link;
    const start = source.lines.starts[index] ?? 0;
    const end = source.lines.starts[index + 1] ?? source.text.length;
    const directive = firstDirective(source.text, start, end);
    if (directive === '%include') {
      const path = lexLine(source, start, end).words[1]?.value ?? '';
      link.includeLine = index;
      if (path !== '' && this.#include(link, path)) return;
    }
    const text = source.text.slice(start, end);
    if (this.#section?.name === '%pre') this.#preLines.push(text);
    this.#follow(directive, text);
    // The last line of an included file must not run into the next line of the includer.
    this.#emit(end === source.lines.ends[index] ? `${text}\n` : text, { source, index });
  }

  /** Keeps track of the section being read. */
  #follow(directive: string | undefined, text: string): void {
    if (directive === '%end') this.#section = undefined;
    else if (directive !== undefined && isSectionName(directive)) {
      this.#section = { name: directive, headerText: text, depth: this.#chain.length };
    }
  }

  /** Adds an included file; false when the line has to stay as it is. */
  #include(link: ChainLink, path: string): boolean {
    if (/^(?:https?|ftp):\/\//.test(path)) {
      if (!this.#isOptional(path)) this.#found.push(fetchedLater(path, this.#chain));
      return false;
    }
    const found = this.#reader.find(path, link.fullPath);
    if (found === undefined) {
      if (!this.#isOptional(path)) this.#reportMissing(path, link);
      return false;
    }
    if (this.#chain.some(({ fullPath }) => fullPath === found.fullPath)) {
      this.#found.push(includeLoop(found.fullPath, this.#chain));
      return false;
    }
    this.#included++;
    if (this.#included > MOST_INCLUDES || this.#chain.length > DEEPEST_CHAIN) {
      this.#found.push(tooManyIncludes(this.#chain));
      return false;
    }
    const before = this.#section;
    this.addFile(found.source, found.fullPath);
    this.#checkBoundaries(link, before);
    return true;
  }

  #reportMissing(path: string, link: ChainLink): void {
    const finding = unreadableFile(path, this.#reader.candidates(path, link.fullPath), this.#chain);
    this.#missing.set(finding, path);
    this.#found.push(finding);
  }

  /** Sees to it that a file which opens or closes a section of its includer means the same in one piece. */
  #checkBoundaries(link: ChainLink, before: OpenSection | undefined): void {
    const after = this.#section;
    if (after !== undefined && after !== before && after.depth > this.#chain.length) {
      this.#found.push(leftOpen(after.name, this.#chain));
    }
    if (before === undefined || after === before) return;
    // To the installer the rest of the includer goes on in the section: as a further script without options, or as
    // more of the same package list.
    this.#found.push(splitSection(before.name, this.#chain));
    const header = before.name === '%packages' ? before.headerText : `${before.name}\n`;
    this.#emit(header, { source: link.source, index: link.includeLine });
    this.#section = before;
  }

  #emit(text: string, origin: LineOrigin): void {
    // What stood between them is gone: a lone carriage return and an empty line's line feed would be one line ending.
    const before = this.#lines.at(-1);
    if (before?.endsWith('\r') && text.startsWith('\n')) this.#lines.splice(-1, 1, `${before.slice(0, -1)}\n`);
    this.#lines.push(text);
    this.origins.push(origin);
  }
}
