import { parseArguments } from '../arguments/parse-arguments.ts';
import { word as quoteWord } from '../commands/canonical-line.ts';
import { commandGrammar, optionSet, sectionGrammar } from '../grammar/lookup.ts';
import { type KickstartVersion, LATEST_VERSION } from '../grammar/version.ts';
import { packageLines } from '../interpret/package-lines.ts';
import { skipSpaceBack } from '../source/whitespace.ts';
import { parse } from '../syntax/parse.ts';
import type { CommandLine, Document, DocumentNode, Section, SectionHeader } from '../syntax/tree.ts';
import type { Word } from '../syntax/words.ts';
import { applyEdits, type TextEdit } from './text-edit.ts';

/** A part of a document that has options. */
type OptionTarget = CommandLine | Section;

/** Changes a kickstart and leaves everything it is not told to change as it is, byte for byte. */
export function edit(document: Document, version: KickstartVersion = LATEST_VERSION): Editor {
  return new Editor(document, version);
}

/** Collects changes to a document. All of them refer to the document as it was at the start. */
export class Editor {
  readonly #document: Document;
  readonly #version: KickstartVersion;
  readonly #edits: TextEdit[] = [];

  constructor(document: Document, version: KickstartVersion) {
    this.#document = document;
    this.#version = version;
  }

  /** The changed text. */
  text(): string {
    return applyEdits(this.#document.source.text, this.#edits);
  }

  /** The changed document. */
  document(): Document {
    return parse(this.text(), { file: this.#document.file });
  }

  /** Sets an option: replaces its value where it stands, or adds it to the end of the line. No value: a flag. */
  setOption(target: OptionTarget, name: string, value?: string): this {
    const written = value === undefined ? name : `${name}=${quoteWord(value)}`;
    const use = this.#uses(target, name).at(-1);
    if (use !== undefined) return this.#replace(use.start, use.end, written);
    const at = optionLine(target).wordsEnd;
    return this.#replace(at, at, ` ${written}`);
  }

  /** Removes every use of an option, however it is abbreviated. */
  removeOption(target: OptionTarget, name: string): this {
    for (const use of this.#uses(target, name)) {
      this.#replace(skipSpaceBack(this.#document.source.text, target.start, use.start), use.end, '');
    }
    return this;
  }

  /** Adds a line to the command part: behind a node, or behind the last command. */
  addCommand(line: string, after?: DocumentNode): this {
    const { nodes } = this.#document;
    const place = after ?? nodes.findLast((node) => node.kind === 'command');
    const firstSection = nodes.find((node) => node.kind === 'section');
    return this.#insertLine(place?.end ?? firstSection?.start ?? this.#document.source.text.length, line);
  }

  /** Removes a node with its whole line or, for a section, all its lines. */
  remove(node: DocumentNode): this {
    return this.#replace(node.start, node.end, '');
  }

  /** Replaces the words of a command line; indentation and the comment at its end stay. */
  replaceCommand(node: CommandLine, line: string): this {
    const first = node.words[0];
    const last = node.words.at(-1);
    return first === undefined || last === undefined ? this : this.#replace(first.start, last.end, line);
  }

  /** Adds a line to the end of the first %packages section, which is made if there is none. */
  addPackage(name: string): this {
    const section = this.#packageSections()[0];
    if (section !== undefined) return this.#insertLine(section.bodyEnd, name);
    return this.addSection('%packages', `${name}\n`);
  }

  /** Removes every line of %packages that names the package, group (`@core`) or exclusion (`-vim`). */
  removePackage(name: string): this {
    const { source } = this.#document;
    for (const section of this.#packageSections()) {
      for (const line of packageLines(source, section)) {
        if (line.text !== name) continue;
        const index = source.lineIndex(line.start);
        this.#replace(source.lines.starts[index] ?? 0, source.lines.starts[index + 1] ?? source.text.length, '');
      }
    }
    return this;
  }

  /** Adds a section to the end of the kickstart. */
  addSection(header: string, body: string): this {
    const closed = body === '' || body.endsWith('\n') ? body : `${body}\n`;
    return this.#insertLine(this.#document.source.text.length, `\n${header}\n${closed}%end`);
  }

  /** Replaces the body of a section. */
  setBody(section: Section, body: string): this {
    return this.#replace(section.bodyStart, section.bodyEnd, body === '' || body.endsWith('\n') ? body : `${body}\n`);
  }

  #packageSections(): Section[] {
    return this.#document.nodes.filter((node) => node.kind === 'section').filter((node) => node.name === '%packages');
  }

  /** Where a line uses an option: from its name to the end of its value. */
  #uses(target: OptionTarget, name: string): { readonly start: number; readonly end: number }[] {
    const command = target.kind === 'command';
    const grammar = command ? commandGrammar(target.name, this.#version) : sectionGrammar(target.name, this.#version);
    if (grammar === undefined) return plainUses(optionLine(target).words, name);
    const set = optionSet(grammar);
    const positionals = command ? commandGrammar(target.name, this.#version)?.positionals : undefined;
    const { uses } = parseArguments(optionLine(target).words.slice(1), set, positionals);
    return uses
      .filter(({ option }) => option.names.includes(name))
      .map(({ word, valueWord }) => ({ start: word.start, end: (valueWord ?? word).end }));
  }

  #insertLine(at: number, line: string): this {
    const { text } = this.#document.source;
    const needsBreak = at > 0 && !/[\n\r]/.test(text[at - 1] ?? '');
    return this.#replace(at, at, `${needsBreak ? '\n' : ''}${line}\n`);
  }

  #replace(start: number, end: number, text: string): this {
    this.#edits.push({ start, end, text });
    return this;
  }
}

function optionLine(target: OptionTarget): CommandLine | SectionHeader {
  return target.kind === 'section' ? target.header : target;
}

/** Uses of an option on a line whose grammar is not known: only what is spelled out. */
function plainUses(words: readonly Word[], name: string): Word[] {
  return words.filter(({ value }) => value === name || value.startsWith(`${name}=`));
}
