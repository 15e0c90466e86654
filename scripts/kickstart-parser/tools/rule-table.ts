import { LINT_RULES } from '../src/lint/registry.ts';

const START = '<!-- rules: written by "npm run docs" -->';
const END = '<!-- end of rules -->';

/** Puts the table of lint rules into the README, between its markers. */
export function withRuleTable(readme: string): string {
  const start = readme.indexOf(START);
  const end = readme.indexOf(END);
  if (start < 0 || end < start) throw new Error(`The README needs the lines ${START} and ${END}.`);
  return `${readme.slice(0, start + START.length)}\n${ruleTable()}${readme.slice(end)}`;
}

function ruleTable(): string {
  const rows = LINT_RULES.map(({ id, severity, profiles, isFixable, summary }) => [
    `\`${id}\``,
    severity,
    profiles?.join(', ') ?? 'all',
    isFixable ? 'yes' : '',
    summary.replaceAll('|', '\\|'),
  ]);
  const reasons = LINT_RULES.map(({ id, reason }) => `- \`${id}\`: ${reason}\n`);
  return `\n${alignedTable(['rule', 'severity', 'profiles', 'fix', 'what'], rows)}\nWhy:\n\n${reasons.join('')}\n`;
}

/** A Markdown table laid out as the formatter wants it. */
function alignedTable(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = heads.map((head, column) => Math.max(...[heads, ...rows].map((row) => (row[column] ?? head).length)));
  const line = (cells: readonly string[]) => `| ${cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |\n`;
  return [line(heads), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('');
}
