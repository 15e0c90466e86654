import { parseArguments } from '../arguments/parse-arguments.ts';
import { optionSet, sectionGrammar } from '../grammar/lookup.ts';
import type { KickstartVersion } from '../grammar/version.ts';
import { packageLines } from '../interpret/package-lines.ts';
import type { Document, Section } from '../syntax/tree.ts';
import { type Explanation, explainUses, hasOption, simpleExplanation } from './explanation.ts';

const SUMMARIES: Readonly<Record<string, string>> = {
  '%addon': 'Settings for an add-on of the installer.',
  '%anaconda': 'Settings for the installer itself.',
  '%certificate': 'A certificate for the installer and the installed system.',
  '%onerror': 'A script for when the installation fails.',
  '%packages': 'The packages to install.',
  '%post': 'A script that runs after the installation, in the installed system.',
  '%pre': 'A script that runs before the kickstart is read a second time, in the installer.',
  '%pre-install': 'A script that runs when the disks are ready, before packages are installed.',
  '%traceback': 'A script for when the installer crashes.',
};

/** Explains the line of a section that begins at an offset; undefined for blank lines and comments in a package list. */
export function explainSectionLine(
  document: Document,
  section: Section,
  start: number,
  version: KickstartVersion,
): Explanation | undefined {
  const { source } = document;
  const end = source.lines.ends[source.lineIndex(start)] ?? start;
  const [span, text] = [source.span(start, end), source.text.slice(start, end)];
  if (start < section.bodyStart) return explainHeader(section, version);
  if (start >= section.bodyEnd) return simpleExplanation(span, text, '%end', `Ends ${section.name}.`);
  if (section.name !== '%packages') return simpleExplanation(span, text, section.name, 'A line of the body.');
  const line = packageLines(source, section).find((candidate) => candidate.start >= start && candidate.start <= end);
  return line && simpleExplanation(span, text, section.name, packageSummary(line.text));
}

function explainHeader(section: Section, version: KickstartVersion): Explanation {
  const { header, name } = section;
  const grammar = sectionGrammar(name, version);
  const uses = grammar === undefined ? [] : parseArguments(header.args, optionSet(grammar)).uses;
  const runsOutside = name === '%post' && uses.some(({ option }) => option.field === 'nochroot');
  const summary = runsOutside
    ? 'A script that runs after the installation, outside the installed system.'
    : SUMMARIES[name];
  return {
    ...simpleExplanation(header.span, header.text, name, summary ?? 'There is no such section.'),
    options: explainUses(uses, (option, candidate) => hasOption(sectionGrammar(name, candidate), option)),
  };
}

function packageSummary(text: string): string {
  if (text.startsWith('@^')) return `Installs the environment ${text.slice(2)}.`;
  if (text.startsWith('-@')) return `Leaves the group ${text.slice(2)} out.`;
  if (text.startsWith('@')) return `Installs the group ${text.slice(1)}.`;
  return text.startsWith('-') ? `Keeps the package ${text.slice(1)} away.` : `Installs the package ${text}.`;
}
