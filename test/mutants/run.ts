/**
 * `npm run test:mutants`: small changes ("mutants") are made to the program, one at a time, and the fast tests run on each.
 * A mutant that no test notices shows what the tests do not hold. Not part of CI: a sample takes minutes.
 *
 *   --seed N      which sample (default 1)
 *   --sample N    how many mutants (default 300; with --only, all of these rooms)
 *   --only ROOM   mutants of this room or file below scripts/ only; may be given more than once
 *   --own         run the tests of the mutants' own rooms only: faster, but what another room's tests notice counts as lived
 *   --list        print the chosen mutants, run nothing
 *
 * StrykerJS makes the mutants (all of its kinds, texts too) in a copy of the checkout and runs the tests: all of them once
 * without a mutant, which tells which test reaches which mutant, then for each mutant those that reach it until one fails.
 * What only a program sees that a test starts does not count. What is chosen, the list of equivalent mutants
 * (equivalents.ts) and the report are ours. Exit status 1 when fewer than 85 % of the sample are noticed, or, with --only, when any lived.
 */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { findPlaces } from '../../scripts/places/index.ts';
import { discover } from './discover.ts';
import { findEquivalent, outdated } from './equivalent.ts';
import { equivalents } from './equivalents.ts';
import { idOf, type Mutant } from './mutant.ts';
import { describe, noticedPercent, type Verdict } from './report.ts';
import { runStryker } from './run-stryker.ts';
import { sample } from './sample.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    sample: { type: 'string' },
    only: { type: 'string', multiple: true, default: [] },
    own: { type: 'boolean', default: false },
    list: { type: 'boolean', default: false },
  },
});

const { checkout } = findPlaces();
const files = sources().filter((file) => values.only.length === 0 || values.only.some((room) => isIn(room, file)));
if (files.length === 0) throw new Error(`No source is in ${values.only.join(', ')}.`);
const all = await discover(checkout, files);
const size = values.sample === undefined ? (values.only.length > 0 ? all.length : 300) : Number(values.sample);
const chosen = sample(all, size, Number(values.seed));
console.log(`${chosen.length} of ${all.length} mutants in ${files.length} files, seed ${values.seed}.`);

if (values.list) {
  for (const { file, span, original, replacement } of chosen) {
    console.log(`${file}:${span.start.line + 1}: ${JSON.stringify(original)} → ${JSON.stringify(replacement)}`);
  }
} else {
  await runAndReport(chosen);
}

async function runAndReport(mutants: readonly Mutant[]): Promise<void> {
  const outcomes = await runStryker({ checkout, mutants, testFiles: values.own ? ownTests(mutants) : undefined });
  const verdicts = mutants.map((mutant): Verdict => {
    const outcome = outcomes.get(idOf(mutant));
    if (outcome === undefined) throw new Error(`Stryker says nothing about ${idOf(mutant)}.`);
    const equivalent = findEquivalent(mutant, equivalents);
    return { mutant, outcome, ...(equivalent && { equivalent }) };
  });
  console.log(`\n${describe(verdicts)}`);
  const old = outdated(
    equivalents.filter(({ file }) => files.includes(file)),
    all,
  );
  for (const { file, original, replacement } of old) {
    console.log(`test/mutants/equivalents.ts: no mutant of ${file} is ${original} → ${replacement} any more`);
  }
  const limit = values.only.length > 0 ? 100 : 85;
  if (noticedPercent(verdicts) < limit || old.length > 0) process.exitCode = 1;
}

/** All TypeScript below scripts/ but for what developers run by hand (benchmarks, generators). */
function sources(): string[] {
  return execFileSync('git', ['ls-files', 'scripts/**.ts'], { cwd: checkout, encoding: 'utf8' })
    .split('\n')
    .filter((file) => file !== '' && existsSync(path.join(checkout, file)))
    .filter((file) => !/^scripts\/kickstart-parser\/(bench|tools)\//.test(file));
}

function isIn(room: string, file: string): boolean {
  const below = file.replace(/^scripts\//, '');
  return below === room || below.startsWith(`${room}/`);
}

/** The tests that mirror the mutants' folders. */
function ownTests(mutants: readonly Mutant[]): string[] {
  const folders = mutants.map(({ file }) => path.dirname(file).replace(/^scripts\//, ''));
  const mirrored = folders.map((folder) => {
    let test = folder.replace(/^(kickstart-parser)\/src/, '$1');
    while (!existsSync(path.join(checkout, 'test', test))) test = path.dirname(test);
    return `test/${test}/**/*.test.ts`;
  });
  // What checks say of a guest is told beside what scenarios' questions say.
  const examples = folders.includes('checks') ? ['test/scenarios/examples.test.ts'] : [];
  return [...new Set([...mirrored, ...examples])];
}
