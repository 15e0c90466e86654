import type { ScreenLine, ScreenRun } from '../../../lab/index.ts';

/** A piece of a screen with the classes that give it its look. */
export interface Piece {
  readonly text: string;
  readonly classes: string;
}

/** A screen as pieces of text; the template writes them, escaped. */
export function screenPieces(lines: readonly ScreenLine[]): Piece[] {
  return lines.flatMap((line, index) => [
    ...line.map((run) => ({ text: run.text, classes: classesOf(run) })),
    ...(index < lines.length - 1 ? [{ text: '\n', classes: '' }] : []),
  ]);
}

function classesOf(run: ScreenRun): string {
  return [
    ...(run.bold ? ['b'] : []),
    ...(run.inverse ? ['i'] : []),
    ...(run.foreground === undefined ? [] : [`f${run.foreground}`]),
    ...(run.background === undefined ? [] : [`g${run.background}`]),
  ].join(' ');
}
