/** A table, or nothing where there are no rows. Columns in which every cell is empty are left out. */
export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const used = heads.map((_, column) => rows.some((row) => (row[column] ?? '') !== ''));
  const line = (cells: readonly string[]) =>
    `| ${cells
      .filter((_, column) => used[column])
      .map(cell)
      .join(' | ')} |`;
  return [
    line(heads),
    line(heads.map(() => '---')),
    ...rows.map((row) => line(heads.map((_, i) => row[i] ?? ''))),
  ].join('\n');
}

/** `text` as code; several, with commas between. */
export function code(...texts: readonly string[]): string {
  return texts.map((text) => `\`${text}\``).join(', ');
}

export function section(title: string, ...parts: readonly string[]): string {
  const body = parts.filter((part) => part !== '');
  return body.length === 0 ? '' : [`## ${title}`, ...body].join('\n\n');
}

function cell(text: string): string {
  return text.trim().replaceAll(/\s+/g, ' ').replaceAll('|', '\\|');
}
