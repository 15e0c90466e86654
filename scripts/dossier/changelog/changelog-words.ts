import type { SourceChanges } from './read-changelogs.ts';

/** More of one source are too many to read beside everything else; `--notes` and `--json` have all. */
const MOST_LINES = 12;

/** Changelogs below the comparison, as people read them. */
export function changelogsInWords(all: readonly SourceChanges[]): string {
  if (all.length === 0) return '';
  const told = all.filter(({ entries }) => entries.length > 0);
  return [
    'changelogs:',
    ...told.flatMap((one) => [`  ${titleOf(one)}`, ...linesOf(one).map((line) => `    ${line}`)]),
    ...withoutEntries(all).map((line) => `  ${line}`),
  ]
    .map((line) => line.trimEnd())
    .join('\n');
}

/** Sources of which nothing can be told, on a line for each reason: `not of linux, glibc and 3 more: …`. */
export function withoutEntries(all: readonly SourceChanges[]): readonly string[] {
  const none = all.filter(({ entries }) => entries.length === 0);
  const reasons = [...new Set(none.map(({ missing = '' }) => missing))];
  return reasons.map((reason) => {
    const names = none.filter(({ missing }) => missing === reason).map(({ source }) => source);
    const shown = names.length > 6 ? [...names.slice(0, 5), `${names.length - 5} more`] : names;
    return `not of ${shown.join(', ')}: ${reason}`;
  });
}

/** `openssh 1:10.0p1-7 → 1:10.0p1-8 (openssh-client, openssh-server)` */
export function titleOf({ source, from, to, packages }: SourceChanges): string {
  const shown = packages.length > 4 ? [...packages.slice(0, 3), `${packages.length - 3} more`] : packages;
  return `${source} ${from} → ${to}${packages.join() === source ? '' : ` (${shown.join(', ')})`}`;
}

/** The numbers of vulnerabilities that entries name, each once. */
export function vulnerabilitiesIn({ entries }: Pick<SourceChanges, 'entries'>): readonly string[] {
  return [...new Set(entries.flatMap(({ lines }) => lines.join('\n').match(/\bCVE-\d{4}-\d{4,}\b/g) ?? []))].sort();
}

function linesOf(one: SourceChanges): readonly string[] {
  const lines = entryLines(one);
  const vulnerabilities = vulnerabilitiesIn(one);
  return [
    ...(vulnerabilities.length > 0 ? [`names ${vulnerabilities.join(', ')}`] : []),
    ...lines.slice(0, MOST_LINES),
    ...(lines.length > MOST_LINES ? [`… and ${lines.length - MOST_LINES} lines more`] : []),
    ...(one.missing === undefined ? [] : [`(${one.missing})`]),
  ];
}

/** Every entry with its version, distribution and date above. */
export function entryLines({ entries }: Pick<SourceChanges, 'entries'>): readonly string[] {
  return entries.flatMap(({ version, distribution, date, lines }) => [
    `${version}, ${distribution}, ${date}`,
    ...lines.map((line) => `  ${line}`.trimEnd()),
  ]);
}
