import type { Change, Comparison } from './compare.ts';
import type { Part } from './profile.ts';

/** A comparison as people read it: `+` is new, `-` is gone, `~` is different. */
export function inWords(comparison: Comparison): string {
  return Object.entries(comparison)
    .map(([part, changes]) => {
      const lines = [...changes]
        .sort((a, b) => rank(a) - rank(b))
        .map((change) => `  ${sentence(part as Part, change)}`);
      return `${part}: ${count(changes)}\n${lines.join('\n')}\n`;
    })
    .join('\n');
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
