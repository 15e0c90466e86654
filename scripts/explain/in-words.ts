import { type Change, type Comparison, partsIn } from './compare.ts';
import type { Part } from './profile.ts';
import { textChange } from './text-change.ts';

/** What is said behind a change: the line that brings it, where it is so. */
export type Notes = (part: Part, change: Change) => string | undefined;

/** A comparison as people read it: `+` is new, `-` is gone, `~` is different. */
export function inWords(comparison: Comparison, notes: Notes = () => undefined): string {
  return partsIn(comparison)
    .map(([part, changes]) => partInWords(part, changes, (change) => line(part, change, notes)))
    .join('\n');
}

/** One part of a comparison: how many there are, then what is new, what is gone, what is different. */
export function partInWords<C extends Change>(
  title: string,
  changes: readonly C[],
  lineOf: (change: C) => string,
): string {
  const lines = [...changes].sort((a, b) => rank(a) - rank(b)).map((change) => `  ${lineOf(change)}`);
  return `${title}: ${count(changes)}\n${lines.join('\n')}\n`;
}

function line(part: Part, change: Change, notes: Notes): string {
  const note = notes(part, change);
  return changeInWords(part, change) + (note === undefined ? '' : `  # ${note}`);
}

/** One change as a line: `~ lang: C.UTF-8 → de_DE.UTF-8`. */
export function changeInWords(part: Part, change: Change): string {
  if (part !== 'files' && part !== 'scripts') return valueChange(change);
  const { name, before, after } = change;
  if (before === undefined) return `+ ${name}`;
  if (after === undefined) return `- ${name}`;
  if (part === 'files') return `~ ${name}: ${fileChange(before, after)}`;
  return `~ ${name}: ${textChange(before.split('\n'), after.split('\n'))}`;
}

/** A change of what one line says. */
export function valueChange(change: Change): string {
  const { name, before, after } = change;
  if (before === undefined) return `+ ${name}${after ? `: ${after}` : ''}`;
  if (after === undefined) return `- ${name}${before ? `: ${before}` : ''}`;
  return `~ ${name}: ${before} → ${after}`;
}

/** Owner and mode where they differ, and how many lines do. */
function fileChange(before: string, after: string): string {
  const [oldHow = '', ...old] = before.split('\n');
  const [nowHow = '', ...now] = after.split('\n');
  return [oldHow === nowHow ? '' : `${oldHow} → ${nowHow}`, textChange(old, now)].filter(Boolean).join('; ');
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
