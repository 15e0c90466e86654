/** Rows of cells as lines: each column as wide as its longest cell, two blanks between, none at the end. `numbers`: columns aligned to the right. */
export function columns(rows: readonly (readonly string[])[], numbers: readonly number[] = []): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const cell = (text: string, column: number): string =>
    numbers.includes(column) ? text.padStart(widths[column] ?? 0) : text.padEnd(widths[column] ?? 0);
  return rows.map((row) => row.map(cell).join('  ').trimEnd());
}
