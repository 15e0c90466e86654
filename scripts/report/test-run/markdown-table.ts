/** One line of a table in Markdown. */
export const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** Text of somebody else's within a line of Markdown: none of it is markup. */
export const cell = (text: string): string =>
  text
    .trim()
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll(/[\\`*_[\]|#~]/g, String.raw`\$&`)
    .replaceAll(/\s*\n\s*/g, '<br>');
