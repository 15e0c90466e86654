/** One place in a source text. `offset`s count UTF-16 code units from the start of the text, `line` and `column` count from 1. */
export interface Position {
  readonly offset: number;
  readonly line: number;
  readonly column: number;
}

/** A range of a source text: `end` is the position just behind the last character. */
export interface Span {
  readonly file: string;
  readonly start: Position;
  readonly end: Position;
  /** The text that stands there is nobody else's business: reports name the place and do not show the line. */
  readonly withheld?: true;
}

export type Severity = 'error' | 'warning' | 'info';

/** A replacement: each edit replaces its span by `text`. */
export interface Fix {
  readonly title: string;
  readonly edits: readonly { readonly span: Span; readonly text: string }[];
}

/** A finding with a place in a source. The same value serves kickstarts, flavours, plans and boots. */
export interface Diagnostic {
  /** Stable identifier, kebab-case: `unknown-command`. */
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  /** Absent only when no source text is to blame (a missing host tool, a full disk). */
  readonly span?: Span;
  readonly related?: readonly { readonly message: string; readonly span: Span }[];
  /** What the reader can do, one sentence, without a machine-applicable edit. */
  readonly hint?: string;
  /** Mends what was found and means what was meant: safe to apply without asking. */
  readonly fix?: Fix;
  /** What may have been meant, likeliest first: for a person to choose from. */
  readonly suggestions?: readonly Fix[];
}
