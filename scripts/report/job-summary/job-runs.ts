import path from 'node:path';
import { type BuiltSide, testReports } from '../../dossier/index.ts';
import { objectIn } from '../../files/index.ts';
import type { TestRun } from '../../test-run/index.ts';

/** What a summary tells of one test: a part of its `results.json`. */
export type JobRun = Pick<TestRun, 'verdict' | 'checks' | 'diagnostics' | 'timings' | 'accelerator' | 'topology'> &
  Pick<Partial<TestRun>, 'reusedFrom' | 'evidence'> & {
    /** Its directory, from that of the build: `test/bios`. */
    readonly directory: string;
  };

export type JobVerdict = 'passed' | 'failed' | 'not tested';

/** The tests of what was built, by name; of an earlier build in the same place none. */
export function runsOf({ directory, manifest }: BuiltSide): readonly JobRun[] {
  const sums = new Set(manifest.outputs.flatMap(({ files }) => files.map(({ sha256 }) => sha256)));
  return testReports(directory).flatMap(({ name, bytes }) => {
    const run: unknown = objectIn(bytes);
    if (!isRun(run) || !sums.has(run.image.sha256)) return [];
    return [{ ...run, directory: path.posix.dirname(name) }];
  });
}

/** One test that failed is a failure, and no test is no success. */
export function verdictOf(runs: readonly Pick<JobRun, 'verdict'>[]): JobVerdict {
  if (runs.length === 0) return 'not tested';
  return runs.every(({ verdict }) => verdict === 'passed') ? 'passed' : 'failed';
}

function isRun(read: unknown): read is TestRun {
  const run = read as Partial<TestRun> | null | undefined;
  return (
    (run?.verdict === 'passed' || run?.verdict === 'failed') &&
    typeof run.image?.sha256 === 'string' &&
    typeof run.topology?.firmware === 'string' &&
    typeof run.timings?.verdictMs === 'number' &&
    typeof run.accelerator?.chosen === 'string' &&
    Array.isArray(run.checks) &&
    Array.isArray(run.diagnostics)
  );
}
