import path from 'node:path';
import type { BuiltSide } from '../built-side.ts';
import { entryLines, titleOf, vulnerabilitiesIn, withoutEntries } from '../changelog/changelog-words.ts';
import type { SourceChanges } from '../changelog/read-changelogs.ts';
import type { SourceCommit } from '../commits/commits-between.ts';
import { BUILT_PARTS } from './built-parts.ts';
import { changeLine, notComparedInWords } from './built-words.ts';
import type { BuiltComparison } from './compare-built.ts';

/** More of one part are counted: release notes are read by people. */
const MOST_CHANGES = 40;

/** Release notes, as Markdown: what somebody who runs the older image gets with the newer one. */
export function builtNotes(
  before: BuiltSide,
  after: BuiltSide,
  comparison: BuiltComparison,
  changelogs: readonly SourceChanges[],
  commits: readonly SourceCommit[] = [],
): string {
  const { flavour, base } = after.manifest;
  const vulnerabilities = vulnerabilitiesIn({ entries: changelogs.flatMap(({ entries }) => entries) });
  const sections = BUILT_PARTS.flatMap((part) => {
    const changes = comparison.parts[part];
    if (changes === undefined) return [];
    const lines = changes.slice(0, MOST_CHANGES).map((change) => `- ${code(changeLine(part, change))}`);
    const more = changes.length - lines.length;
    return [`## ${capital(part)}\n\n${[...lines, ...(more > 0 ? [`- and ${more} more`] : [])].join('\n')}`];
  });
  return [
    `# ${flavour} on ${base}: what changed`,
    [`From ${imagesOf(before)}`, `to ${imagesOf(after)}.`].join('\n'),
    ...(sections.length === 0 ? ['Nothing that the builds noted differs.'] : []),
    ...(vulnerabilities.length > 0
      ? [
          `Changelogs of the packages below name ${vulnerabilities.length === 1 ? 'a vulnerability' : `${vulnerabilities.length} vulnerabilities`}: ${vulnerabilities.join(', ')}.`,
        ]
      : []),
    ...(commits.length > 0 ? [`## Changes of the sources\n\n${commits.map(commitLine).join('\n')}`] : []),
    ...sections,
    ...(changelogs.length > 0
      ? [
          '## Changelogs',
          ...changelogs.filter(({ entries }) => entries.length > 0).map(changelogOf),
          ...withoutEntries(changelogs).map((line) => `${capital(line)}.`),
        ]
      : []),
    ...notComparedInWords(comparison.notCompared).map((line) => line.trimEnd()),
  ].join('\n\n');
}

const commitLine = ({ revision, subject }: SourceCommit) => `- ${code(revision)} ${code(subject)}`;

function imagesOf({ manifest, given }: BuiltSide): string {
  const images = manifest.outputs.flatMap(({ files: [first] }) =>
    first ? [`${code(path.basename(first.file))} (SHA-256 ${code(first.sha256)})`] : [],
  );
  return images.length > 0 ? images.join(', ') : code(given);
}

function changelogOf(one: SourceChanges): string {
  const lines = entryLines(one);
  const missing = one.missing === undefined ? [] : [`${capital(one.missing)}.`];
  return [`### ${code(titleOf(one))}`, ...(lines.length > 0 ? [fenced(lines)] : []), ...missing].join('\n\n');
}

/** A code span that backticks in the text do not end. */
function code(text: string): string {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  return longest > 0 ? `${fence} ${text} ${fence}` : `${fence}${text}${fence}`;
}

function fenced(lines: readonly string[]): string {
  const longest = Math.max(2, ...lines.flatMap((line) => line.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  return [`${fence}text`, ...lines, fence].join('\n');
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
