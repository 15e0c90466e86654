import type { Context } from '../context/index.ts';
import type { LeftOut, TestRun } from '../test-run/index.ts';

/** Shows that a machine runs, and what it does, until `work` has ended. */
export type Watch = (title: string, work: (tell: (message: string) => void) => Promise<TestRun>) => Promise<TestRun>;

/** What a test is given: the surroundings of all work, and how it is watched. */
export interface TestingContext extends Context {
  readonly watch: Watch;
}

/** A machine that was started and asked, and the directory of its report. */
export interface Reported {
  readonly run: TestRun;
  readonly directory: string;
}

/** What was asked for, done. */
export interface Tested {
  readonly reports: readonly Reported[];
  /** Scenarios that say nothing about this image. */
  readonly leftOut: readonly LeftOut[];
}

/** Why the verdict is what it is: of every run that failed. */
export const problemsOf = ({ reports }: Tested) =>
  reports.filter(({ run }) => run.verdict === 'failed').flatMap(({ run }) => run.diagnostics);
