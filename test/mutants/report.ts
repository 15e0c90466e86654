import type { Equivalent } from './equivalent.ts';
import { type Mutant, roomOf } from './mutant.ts';
import type { Outcome } from './run-stryker.ts';

/** A mutant and what became of it. `equivalent` holds the entry of the list that says why no test can notice it. */
export interface Verdict {
  readonly mutant: Mutant;
  readonly outcome: Outcome;
  readonly equivalent?: Equivalent;
}

/** Whether the tests told the mutant from the program. A mutant that hangs the tests is noticed, too. */
function isNoticed({ outcome }: Verdict): boolean {
  return outcome === 'noticed' || outcome === 'stuck';
}

/** How many of those mutants were noticed that can be, in percent, rounded down; 100 of none. */
export function noticedPercent(verdicts: readonly Verdict[]): number {
  const noticed = verdicts.filter(isNoticed).length;
  const lived = verdicts.filter(livedOn).length;
  return noticed + lived === 0 ? 100 : Math.floor((100 * noticed) / (noticed + lived));
}

/** The outcome in words: a line for each room, each survivor with its place and change, then the sum. */
export function describe(verdicts: readonly Verdict[]): string {
  const rooms = [...new Set(verdicts.map(({ mutant }) => roomOf(mutant.file)))].sort();
  const width = Math.max(0, ...rooms.map((room) => room.length));
  const lines = rooms.map((room) => {
    const inRoom = verdicts.filter(({ mutant }) => roomOf(mutant.file) === room);
    return `${room.padEnd(width)}  ${count(inRoom)}`;
  });
  const survivors = verdicts.filter(livedOn).map(describeSurvivor);
  return [...lines, '', ...survivors.flatMap((text) => [text, '']), `In all: ${count(verdicts)}`].join('\n');
}

function livedOn(verdict: Verdict): boolean {
  return !isNoticed(verdict) && verdict.equivalent === undefined;
}

function count(verdicts: readonly Verdict[]): string {
  const noticed = verdicts.filter(isNoticed).length;
  const lived = verdicts.filter(livedOn).length;
  const parts = [`${noticed} noticed`, `${lived} lived`, `${verdicts.length - noticed - lived} equivalent`];
  return `${parts.join(', ')} (${noticedPercent(verdicts)} %)`;
}

function describeSurvivor({ mutant, outcome }: Verdict): string {
  const { file, span, original, replacement } = mutant;
  const place = `${file}:${span.start.line + 1}:${span.start.column + 1}`;
  const why = outcome === 'unreached' ? 'no test runs this' : 'lived';
  return [`${place}: ${why}`, ...marked('-', original), ...marked('+', replacement)].join('\n');
}

function marked(sign: string, text: string): string[] {
  return text.split('\n').map((line) => `  ${sign} ${line}`);
}
