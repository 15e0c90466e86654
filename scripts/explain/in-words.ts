import type { Span } from '../diagnostic/index.ts';
import type { Change, Comparison } from './compare.ts';
import type { Part } from './profile.ts';

/** Where something of one side is said. */
export type Places = (part: Part, name: string) => Span | undefined;

/**
 * A comparison as people read it: `+` is new, `-` is gone, `~` is different. `places` tells the line that brings what is
 * new or different.
 */
export function inWords(comparison: Comparison, places: Places = () => undefined): string {
  return Object.entries(comparison)
    .map(([part, changes]) => {
      const lines = [...changes]
        .sort((a, b) => rank(a) - rank(b))
        .map((change) => `  ${sentence(part as Part, change)}${placeOf(part as Part, change, places)}`);
      return `${part}: ${count(changes)}\n${lines.join('\n')}\n`;
    })
    .join('\n');
}

function placeOf(part: Part, { name, after }: Change, places: Places): string {
  const at = after === undefined ? undefined : places(part, name);
  return at ? `  # ${at.file}:${at.start.line}` : '';
}

function sentence(part: Part, { name, before, after }: Change): string {
  const isText = part === 'files' || part === 'scripts';
  if (before === undefined) return `+ ${name}${isText || !after ? '' : `: ${after}`}`;
  if (after === undefined) return `- ${name}${isText || !before ? '' : `: ${before}`}`;
  return `~ ${name}: ${isText ? textChange(part, before, after) : `${before} → ${after}`}`;
}

/** Of a file: its owner and mode where they differ, and how many lines do. */
function textChange(part: Part, before: string, after: string): string {
  const [oldHow = '', ...old] = before.split('\n');
  const [nowHow = '', ...now] = after.split('\n');
  const how = part === 'files' && oldHow !== nowHow ? [`${oldHow} → ${nowHow}`] : [];
  const gone = old.filter((line) => !now.includes(line)).length;
  const come = now.filter((line) => !old.includes(line)).length;
  const lines = gone + come > 0 ? [`+${come} -${gone} lines`] : old.join() === now.join() ? [] : ['lines move'];
  return [...how, ...lines].join('; ');
}

function count(changes: readonly Change[]): string {
  const come = changes.filter(({ before }) => before === undefined).length;
  const gone = changes.filter(({ after }) => after === undefined).length;
  const parts = [
    [come, 'new'],
    [gone, 'gone'],
    [changes.length - come - gone, 'different'],
  ] as const;
  return parts
    .filter(([number]) => number > 0)
    .map(([number, word]) => `${number} ${word}`)
    .join(', ');
}

function rank({ before, after }: Change): number {
  return before === undefined ? 0 : after === undefined ? 1 : 2;
}
