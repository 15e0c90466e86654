/**
 * Measures reading speed, the cold start of the command line, and memory; prints a table. Nothing is asserted.
 *
 *     npm run bench     (makes dist)
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { largeTexts } from './large-texts.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
// The published code is what users run.
const published = new URL('../dist/index.js', import.meta.url).href;
const { interpret, parse } = (await import(published)) as typeof import('../src/index.ts');

interface RecordedCase {
  readonly group: string;
  readonly input: string;
}

const packed = readFileSync(here('../../../test/kickstart-parser/reference/conformance.jsonl.gz'));
const cases = gunzipSync(packed)
  .toString()
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as RecordedCase)
  .filter(({ group }) => group !== '_flatten');
const ROUNDS = 5;
const COLD_STARTS = 15;

/** Documents read in a second. */
function speed(documents: readonly string[]): number {
  return Math.round((documents.length / milliseconds(...documents)) * 1000);
}

/** Milliseconds to read some documents, best of some rounds. */
function milliseconds(...documents: readonly string[]): number {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    for (const text of documents) interpret(parse(text), 'F44');
    best = Math.min(best, performance.now() - start);
  }
  return Math.round(best);
}

/** Milliseconds from start to end of a program, the median of some runs. */
function coldStart(...args: string[]): number {
  const times = Array.from({ length: COLD_STARTS }, () => {
    const start = performance.now();
    execFileSync(process.execPath, args, { stdio: 'ignore' });
    return performance.now() - start;
  });
  return Math.round(times.sort((a, b) => a - b)[COLD_STARTS >> 1] ?? 0);
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}

const all = cases.map(({ input }) => input);
const single = cases.filter(({ group }) => !group.startsWith('_')).map(({ input }) => input);
const own = cases.filter(({ group }) => group === '_own_documents').map(({ input }) => input);
const whole = own.filter((text) => text.split('\n').length > 10);
const main = here('../dist/cli/main.js');
const example = here('example.ks');
const large = 'part /m --size=100 --fstype="ext4"\n'.repeat(100_000);

const rows: readonly (readonly [string, string])[] = [
  ['parse + validate, conformance documents', `${speed(all)} documents/s`],
  ['parse + validate, one-command documents', `${speed(single)} documents/s`],
  ['parse + validate, documents over 10 lines', `${speed(whole)} documents/s`],
  ['parse + validate, one document of 100,000 lines', `${milliseconds(large)} ms`],
  ...Object.entries(largeTexts).map(([what, text]) => {
    const [some, twice] = [milliseconds(text(30_000)), milliseconds(text(60_000))];
    return [
      `60,000 ${what}, and how many times as long as 30,000`,
      `${twice} ms, ${(twice / some).toFixed(1)}`,
    ] as const;
  }),
  ['cold start of node alone', `${coldStart('-e', '0')} ms`],
  ['cold check of one file', `${coldStart(main, 'check', example)} ms`],
  ['cold check without bash -n', `${coldStart(main, 'check', '--no-shell', example)} ms`],
  ['memory after all this', megabytes(process.memoryUsage().rss)],
];
for (const [what, result] of rows) console.log(`${what.padEnd(75)}${result.padStart(20)}`);
