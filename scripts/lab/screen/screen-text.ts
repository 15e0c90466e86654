import type { IBufferCell, Terminal } from '@xterm/headless';

/** Characters of one line that look the same. */
export interface ScreenRun {
  readonly text: string;
  /** Colours by their number in the terminal's palette (0–7, bright 8–15); absent for the terminal's own. */
  readonly foreground?: number;
  readonly background?: number;
  readonly bold?: true;
  readonly inverse?: true;
}

export type ScreenLine = readonly ScreenRun[];

/** What a terminal shows now, without empty lines at its end. */
export function visibleLines(terminal: Terminal): ScreenLine[] {
  const buffer = terminal.buffer.active;
  const lines = Array.from({ length: terminal.rows }, (_, row) => {
    const line = buffer.getLine(buffer.viewportY + row);
    if (line === undefined) return [];
    const cells = Array.from({ length: terminal.cols }, (_, column) => line.getCell(column)).filter(
      // A wide character takes two cells; the second has no width.
      (cell): cell is IBufferCell => cell !== undefined && cell.getWidth() > 0,
    );
    return runsOf(cells);
  });
  while (lines.at(-1)?.length === 0) lines.pop();
  return lines;
}

export const plainLine = (line: ScreenLine): string => line.map((run) => run.text).join('');

function runsOf(cells: readonly IBufferCell[]): ScreenRun[] {
  const runs: ScreenRun[] = [];
  for (const cell of cells) {
    const text = cell.getChars() || ' ';
    const look = lookOf(cell);
    const last = runs.at(-1);
    if (last && sameLook(last, look)) runs[runs.length - 1] = { ...last, text: last.text + text };
    else runs.push({ text, ...look });
  }
  return withoutBlankEnd(runs);
}

function lookOf(cell: IBufferCell): Omit<ScreenRun, 'text'> {
  return {
    ...(cell.isFgPalette() && cell.getFgColor() < 16 && { foreground: cell.getFgColor() }),
    ...(cell.isBgPalette() && cell.getBgColor() < 16 && { background: cell.getBgColor() }),
    ...(cell.isBold() !== 0 && { bold: true as const }),
    ...(cell.isInverse() !== 0 && { inverse: true as const }),
  };
}

function sameLook(one: Omit<ScreenRun, 'text'>, other: Omit<ScreenRun, 'text'>): boolean {
  return (
    one.foreground === other.foreground &&
    one.background === other.background &&
    one.bold === other.bold &&
    one.inverse === other.inverse
  );
}

/** Blanks at the end of a line say nothing, unless they have a colour of their own. */
function withoutBlankEnd(runs: ScreenRun[]): ScreenRun[] {
  for (let last = runs.pop(); last !== undefined; last = runs.pop()) {
    if (last.background !== undefined || last.inverse) return [...runs, last];
    const text = last.text.trimEnd();
    if (text !== '') return [...runs, { ...last, text }];
  }
  return runs;
}
