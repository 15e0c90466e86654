import type { Kind } from './layer.ts';
import { timeInWords } from './layer.ts';
import { differingRanges, type Range, type Source } from './source.ts';

/** What is told of bytes that differ. */
export interface Judged {
  readonly kind: Kind;
  /** What stands there first, and then. */
  readonly what: string;
}

/** Text files that are larger are looked at as bytes. */
const MOST_TEXT = 4 * 2 ** 20;
const UUID = /\b[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}\b/i;
/** `2026-12-01`, `20261201`, `Dec  1 01:02:03`, and seconds since 1970 from 2001 on, also with parts of seconds. */
const TIME = /\b\d{4}-\d\d-\d\d\b|\b20\d{6}\b|\b\d{1,2}:\d\d:\d\d\b|\b1\d{9}(?:\d{3}|\d{6}|\d{9}|\.\d+)?\b/;
const [FIRST_YEAR, LAST_YEAR] = [Date.UTC(2000, 0) / 1000, Date.UTC(2100, 0) / 1000];

/** Says what kind of data differs in files of which nothing more is known. A guess, from what both hold there. */
export function classify(a: Source, b: Source): Judged {
  const texts = [a, b].map(readText);
  const [before, after] = texts;
  if (before !== undefined && after !== undefined) return classifyTexts(before, after);
  const ranges = differingRanges(a, b);
  const time = a.size === b.size ? timesAt(a, b, ranges) : undefined;
  if (time !== undefined) return { kind: 'time stamp', what: time };
  return { kind: 'content', what: rangesInWords(a, b, ranges) };
}

function readText(source: Source): string | undefined {
  if (source.size > MOST_TEXT) return undefined;
  const text = source.read(0, source.size).toString('utf8');
  return /[\0\ufffd]/.test(text) ? undefined : text;
}

function classifyTexts(before: string, after: string): Judged {
  const [old, now] = [before.split('\n'), after.split('\n')];
  if (old.length === now.length && old.toSorted().join('\n') === now.toSorted().join('\n')) {
    const line = firstDifferent(old, now);
    return { kind: 'order', what: `the same lines in another order, from line ${line + 1} on` };
  }
  const line = firstDifferent(old, now);
  const [was, is] = [old[line] ?? '', now[line] ?? ''];
  const what = `line ${line + 1}: ${short(was)}, then ${short(is)}`;
  if (without(UUID, was) === without(UUID, is)) return { kind: 'identifier', what };
  return { kind: without(TIME, was) === without(TIME, is) ? 'time stamp' : 'content', what };
}

const firstDifferent = (old: readonly string[], now: readonly string[]): number => {
  const found = old.findIndex((line, index) => line !== now[index]);
  return found === -1 ? old.length : found;
};

/** The line with what is such a value taken out; two lines without one are never the same by it. */
const without = (pattern: RegExp, line: string): string =>
  line.replaceAll(new RegExp(pattern, `${pattern.flags}g`), '\0');

const short = (line: string): string => JSON.stringify(line.length > 80 ? `${line.slice(0, 77)}...` : line);

/** Where every range lies within four bytes that are seconds of this century in both. */
function timesAt(a: Source, b: Source, ranges: readonly Range[]): string | undefined {
  if (ranges.length > 16) return undefined;
  const found = ranges.map(({ at, length }) => {
    const start = Math.floor(at / 4) * 4;
    if (at + length > start + 4 || start + 4 > a.size) return undefined;
    const [was, is] = [a.read(start, 4).readUInt32LE(), b.read(start, 4).readUInt32LE()];
    const isTime = [was, is].every((value) => value > FIRST_YEAR && value < LAST_YEAR);
    return isTime ? `at byte ${start}: ${timeInWords(was)}, then ${timeInWords(is)}` : undefined;
  });
  return found.length > 0 && found.every((one) => one !== undefined) ? found[0] : undefined;
}

/** How many bytes, and the first of them. */
export function rangesInWords(a: Source, b: Source, ranges: readonly Range[]): string {
  const [first] = ranges;
  if (first === undefined) return 'nothing';
  const count = ranges.reduce((sum, { length }) => sum + length, 0);
  const digits = (source: Source) => source.read(first.at, Math.min(first.length, 8)).toString('hex') || 'the end';
  const sizes = a.size === b.size ? '' : ` (${a.size} bytes, then ${b.size})`;
  return `${count} byte${count === 1 ? '' : 's'} from byte ${first.at} on: ${digits(a)}, then ${digits(b)}${sizes}`;
}
