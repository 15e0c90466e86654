interface Heredoc {
  /** Index of the line that opens it. */
  readonly line: number;
  /** Columns of the operator and the delimiter, from 0. */
  readonly from: number;
  readonly to: number;
  readonly delimiter: string;
  /** `<<-` allows tabs before the delimiter. */
  readonly allowsTabs: boolean;
}

const OPERATOR = /<<(-?)[ \t]*(?:'([^'\n]+)'|"([^"\n]+)"|\\?([\w.\-+@!]+))/y;

/** The first here-document of a script that no line closes. */
export function openHeredoc(lines: readonly string[]): Heredoc | undefined {
  const pending: Heredoc[] = [];
  let quote = '';
  for (const [index, text] of lines.entries()) {
    const [current] = pending;
    if (current === undefined) quote = scanLine(text, index, quote, pending);
    else if (closes(text, current)) pending.shift();
  }
  return pending[0];
}

function closes(text: string, { delimiter, allowsTabs }: Heredoc): boolean {
  return (allowsTabs ? text.replace(/^\t+/, '') : text).replace(/\r$/, '') === delimiter;
}

/**
 * Collects the here-documents a line opens; returns the quote that is still open at its end. Operators inside quotes,
 * comments and arithmetic open none.
 */
function scanLine(text: string, line: number, openQuote: string, found: Heredoc[]): string {
  let quote = openQuote;
  const lastClose = text.lastIndexOf('))');
  for (let i = 0; i < text.length; i++) {
    const char = text[i] ?? '';
    if (char === '\\' && quote !== "'") i++;
    else if (quote !== '') quote = char === quote ? '' : quote;
    else if (char === "'" || char === '"') quote = char;
    else if (char === '#' && (i === 0 || /[\s;&|(]/.test(text[i - 1] ?? ''))) break;
    else if (text.startsWith('((', i)) i = lastClose > i ? text.indexOf('))', i) : i;
    else if (text.startsWith('<<<', i)) i += 2;
    else if (text.startsWith('<<', i)) {
      OPERATOR.lastIndex = i;
      const match = OPERATOR.exec(text);
      if (match === null) continue;
      const delimiter = match[2] ?? match[3] ?? match[4] ?? '';
      found.push({ line, from: i, to: OPERATOR.lastIndex, delimiter, allowsTabs: match[1] === '-' });
      i = OPERATOR.lastIndex - 1;
    }
  }
  return quote;
}
