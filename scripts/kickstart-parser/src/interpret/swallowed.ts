import { workingCommands } from '../grammar/lookup.ts';
import type { KickstartVersion } from '../grammar/version.ts';
import type { SourceText } from '../source/source-text.ts';
import type { Section } from '../syntax/tree.ts';
import { packageLines } from './package-lines.ts';

/** Whether commands stand in an unclosed list of packages: its %end is missing above them, not below. */
export function swallowsCommands(section: Section, source: SourceText, version: KickstartVersion): boolean {
  if (section.name !== '%packages') return false;
  const commands = new Set(workingCommands(version));
  return packageLines(source, section).some(({ text }) => {
    const [first = '', second] = text.split(/\s+/, 2);
    return second !== undefined && commands.has(first);
  });
}
