/** One small change of one place of the program, as Stryker makes it. */
export interface Mutant {
  /** Below the checkout: `scripts/plan/key.ts`. */
  readonly file: string;
  readonly span: Span;
  readonly original: string;
  readonly replacement: string;
  /** The line of the source in which it begins, without the space around it. */
  readonly context: string;
}

/** From the first character that is replaced to the one behind the last. All numbers count from 0, as Stryker's do. */
export interface Span {
  readonly start: Position;
  readonly end: Position;
}

interface Position {
  readonly line: number;
  readonly column: number;
}

/** Describes a mutant of `file` by the text it changes. */
export function describeMutant(file: string, source: string, span: Span, replacement: string): Mutant {
  const lines = source.split('\n');
  const covered = lines.slice(span.start.line, span.end.line + 1);
  covered.push((covered.pop() ?? '').slice(0, span.end.column));
  covered.unshift((covered.shift() ?? '').slice(span.start.column));
  const context = (lines[span.start.line] ?? '').trim();
  return { file, span, original: covered.join('\n'), replacement, context };
}

/** What tells a mutant from all others of the same sources. */
export function idOf({ file, span, replacement }: Pick<Mutant, 'file' | 'span' | 'replacement'>): string {
  return JSON.stringify([file, span.start.line, span.start.column, span.end.line, span.end.column, replacement]);
}

/** The room that a file belongs to: `engines/direct`, `kickstart-parser`, `plan`. */
export function roomOf(file: string): string {
  const [room = '', below = ''] = file.replace(/^scripts\//, '').split('/');
  return room === 'engines' ? `${room}/${below}` : room;
}
