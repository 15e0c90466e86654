import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Diagnostic, ReportedError } from '../diagnostic/index.ts';
import { makeDirectory } from '../files/index.ts';
import { findPlaces } from '../places/index.ts';
import { SystemRunner } from '../process/index.ts';
import { hidingTasks } from '../progress/index.ts';
import {
  directoryOfFile,
  isPath,
  playScenarios,
  refuseStrangers,
  type Tested,
  type TestingContext,
  testFile,
  testFlavour,
} from '../testing/index.ts';
import { CannotTest } from './cannot-test.ts';
import type { TestOptions } from './options.ts';
import type { Problem, TestResult } from './result.ts';

/**
 * Boots an image in QEMU and judges it: any image by its path, or a flavour that was built by its name. Reports are left as
 * `phyllome test` leaves them. An image that fails is a verdict, not an exception; the process is never ended, and whatever was
 * started has ended when the promise settles.
 * @throws CannotTest where there is nothing to test, or nothing to test it with; the reason of `signal` when that was aborted
 */
export async function test(image: string, options: TestOptions = {}): Promise<TestResult> {
  const { signal } = options;
  signal?.throwIfAborted();
  const runner = new SystemRunner();
  try {
    return resultOf(await hidingTasks(() => tested(image, options, contextOf(options, runner))));
  } catch (error) {
    // Whatever broke when everything was stopped is not the story to tell.
    signal?.throwIfAborted();
    throw error instanceof ReportedError ? new CannotTest(error.diagnostics.map(problemOf)) : error;
  } finally {
    await runner.stopAll();
  }
}

function contextOf({ out, cache, directories, signal, onProgress }: TestOptions, runner: SystemRunner): TestingContext {
  const places = findPlaces(
    {
      ...process.env,
      ...(out !== undefined && { PHYLLOME_OUT: out }),
      ...(cache !== undefined && { PHYLLOME_CACHE: cache }),
    },
    directories,
  );
  const tell = (line: string) => onProgress?.(line);
  return {
    places,
    runner,
    signal: signal ?? new AbortController().signal,
    // What commands print is in the result and in the reports.
    print: () => {},
    say: tell,
    warn: (diagnostics) => {
      for (const { message } of diagnostics) tell(message);
    },
    watch: (title, work) => {
      tell(title);
      return work(tell);
    },
  };
}

async function tested(image: string, options: TestOptions, context: TestingContext): Promise<Tested> {
  const { accel = 'auto', scenarios, expect, ...others } = options;
  const given = withoutUndefined({ ...others, scenario: scenarios });
  refuseStrangers(image, { ...given, expect }, (option) => `\`${option === 'scenario' ? 'scenarios' : option}\``);
  if (isPath(image)) {
    const file = expect === undefined || typeof expect === 'string' ? expect : written(image, expect, context);
    return testFile(image, { ...given, accel, ...(file !== undefined && { expect: file }) }, context);
  }
  return scenarios === undefined
    ? testFlavour(image, { ...given, accel }, context)
    : playScenarios(image, scenarios, { ...given, accel }, context);
}

/** An expectation becomes a file beside the reports: what is wrong in it has a place there, and what was asked stays known. */
function written(image: string, expectation: object, context: TestingContext): string {
  const directory = directoryOfFile(path.resolve(image), context);
  makeDirectory(directory);
  const file = path.join(directory, 'expectation.json');
  writeFileSync(file, `${JSON.stringify(expectation, null, 2)}\n`);
  return file;
}

type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> };

/** Whoever passes options on has some that are not there. */
const withoutUndefined = <T extends object>(options: T): Defined<Partial<T>> =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Defined<Partial<T>>;

function resultOf(tested: Tested): TestResult {
  const machines = tested.reports.map(({ run, directory }) => ({
    machine: run.topology.name,
    firmware: run.topology.firmware,
    accelerator: run.accelerator.chosen,
    verdict: run.verdict,
    booted: run.booted,
    seconds: run.timings.verdictMs / 1000,
    milestones: run.milestones.map(({ id, atMs }) => ({ id, atMs })),
    checks: run.checks.map(({ id, title, status, summary, evidence }) => ({ id, title, status, summary, evidence })),
    problems: run.verdict === 'passed' ? [] : run.diagnostics.map(problemOf),
    directory,
  }));
  const problems = machines.flatMap((machine) => machine.problems);
  const passed = machines.every(({ verdict }) => verdict === 'passed');
  return {
    verdict: passed ? 'passed' : 'failed',
    machines,
    leftOut: tested.leftOut.map(({ scenario, reason }) => ({ scenario, reason })),
    summary: [
      ...machines.map(
        ({ machine, firmware, verdict, seconds }) => `${verdict} on ${machine} by ${firmware}, ${seconds.toFixed(1)} s`,
      ),
      ...problems.map(({ code, message, hint }) => `${code}: ${message}${hint === undefined ? '' : `\n  ${hint}`}`),
    ].join('\n'),
  };
}

const problemOf = ({ code, message, hint, span }: Diagnostic): Problem => ({
  code,
  message,
  ...(hint !== undefined && { hint }),
  ...(span && { file: span.file, line: span.start.line }),
});
