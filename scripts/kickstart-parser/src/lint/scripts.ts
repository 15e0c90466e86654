import type { Span } from '../diagnostic.ts';
import type { Script } from '../model/model.ts';
import type { Document, Section } from '../syntax/tree.ts';

/** A line of a script with its place in the kickstart. */
interface ScriptLine {
  readonly text: string;
  /** Offset of its first character in the kickstart. */
  readonly start: number;
}

/** A script of the model together with the section it comes from. */
export class LintScript {
  readonly script: Script;
  readonly section: Section;
  readonly lines: readonly ScriptLine[];
  readonly #document: Document;

  constructor(document: Document, script: Script, section: Section) {
    this.#document = document;
    this.script = script;
    this.section = section;
    this.lines = bodyLines(section);
  }

  /** Whether a POSIX shell or bash runs it. */
  get isShell(): boolean {
    return /(^|\/)(sh|bash|dash)$/.test(this.script.interpreter.split(' ')[0] ?? '');
  }

  /** The place of a part of a line. */
  span(line: ScriptLine, from = 0, to = line.text.length): Span {
    return this.#document.source.span(line.start + from, line.start + to);
  }
}

/** The scripts of a document, in order. */
export function scriptsOf(document: Document, scripts: readonly Script[]): LintScript[] {
  const sections = document.nodes.filter((node) => node.kind === 'section');
  const byPlace = new Map(sections.map((section) => [placeKey(section.header.span), section]));
  return scripts.flatMap((script) => {
    const section = byPlace.get(placeKey(script.headerSpan));
    return section === undefined ? [] : [new LintScript(document, script, section)];
  });
}

function placeKey(span: Span): string {
  return `${span.file}:${span.start.offset}`;
}

function bodyLines(section: Section): ScriptLine[] {
  const lines: ScriptLine[] = [];
  let start = section.bodyStart;
  for (const text of section.body.split('\n')) {
    lines.push({ text, start });
    start += text.length + 1;
  }
  // The body ends with a line ending, behind which there is no line.
  return lines.at(-1)?.text === '' ? lines.slice(0, -1) : lines;
}
