import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Stryker } from '@stryker-mutator/core';
import { chosenOption } from './chosen-only.ts';
import { idOf, type Mutant, type Span } from './mutant.ts';

/** `noticed`: a test failed; `stuck`: the tests did not end; `lived`: all passed; `unreached`: no test runs this code. */
export type Outcome = 'noticed' | 'stuck' | 'lived' | 'unreached';

export interface Run {
  readonly checkout: string;
  readonly mutants: readonly Mutant[];
  /** Globs of the test files to run; all that Vitest finds related when absent. */
  readonly testFiles: readonly string[] | undefined;
}

/**
 * Runs the tests on each mutant, in a copy of the checkout. Stryker runs them all once without a mutant and notes which
 * test reaches which mutant, then for each mutant those tests that reach it, until the first one fails.
 * @returns outcomes by the mutants' ids
 * @throws Error when the tests fail without a mutant
 */
export async function runStryker({ checkout, mutants, testFiles }: Run): Promise<Map<string, Outcome>> {
  const scratch = mkdtempSync(path.join(tmpdir(), 'phyllome-mutants-'));
  chmodSync(scratch, 0o711);
  try {
    const configFile = path.join(scratch, 'stryker.json');
    writeFileSync(configFile, JSON.stringify(optionsOf({ checkout, mutants, testFiles }, scratch)));
    const results = await new Stryker({ configFile }).runMutationTest();
    return new Map(
      results.flatMap(({ fileName, location, replacement, status }) => {
        const outcome = outcomes[status];
        const file = path.relative(checkout, fileName);
        return outcome === undefined
          ? []
          : [[idOf({ file, span: fromReport(location), replacement }), outcome] as const];
      }),
    );
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Stryker's options: https://stryker-mutator.io/docs/stryker-js/configuration/ */
function optionsOf({ mutants, testFiles }: Run, scratch: string): Readonly<Record<string, unknown>> {
  return {
    mutate: mutants.map(rangeOf),
    plugins: ['@stryker-mutator/vitest-runner', path.join(import.meta.dirname, 'chosen-only.ts')],
    testRunner: 'vitest',
    vitest: { configFile: 'test/mutants/vitest.config.ts' },
    testFiles,
    checkers: ['chosen-only'],
    checkerNodeArgs: ['--import', 'tsx'],
    [chosenOption]: mutants.map(idOf),
    concurrency: 1,
    coverageAnalysis: 'perTest',
    // Limits for hangs: on a busy computer slow tests must not count as stuck ones. Endless loops end by a count.
    dryRunTimeoutMinutes: 60,
    timeoutMS: 120_000,
    tempDirName: scratch,
    // Stryker would rewrite it, by functions that TypeScript 7 does not have. It has no paths that lead out of the copy.
    tsconfigFile: 'none.json',
    reporters: ['progress-append-only'],
    warnings: { unknownOptions: false },
    // It would warn that the test runner's process cannot load the checker, which it does not need.
    logLevel: 'error',
    allowConsoleColors: false,
  };
}

/** By Stryker's names; a mutant that was not chosen has none of them. An error outside of a test fails the test file, too. */
const outcomes: Readonly<Record<string, Outcome>> = {
  Killed: 'noticed',
  RuntimeError: 'noticed',
  Timeout: 'stuck',
  Survived: 'lived',
  NoCoverage: 'unreached',
};

/** In Stryker's reports lines and columns count from 1. */
function fromReport({ start, end }: Span): Span {
  return {
    start: { line: start.line - 1, column: start.column - 1 },
    end: { line: end.line - 1, column: end.column - 1 },
  };
}

/** Stryker's way to name a place in its options: lines count from 1, columns from 0. */
function rangeOf({ file, span }: Mutant): string {
  return `${file}:${span.start.line + 1}:${span.start.column}-${span.end.line + 1}:${span.end.column}`;
}
