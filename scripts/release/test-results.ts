import { createHash } from 'node:crypto';
import { testReports } from '../dossier/index.ts';
import { fieldsOf, objectIn, objectsOf, textOf } from '../files/index.ts';
import { type StatedTest, testIn } from './judge-statement.ts';
import { type Statement, statementOf, TEST_RESULT } from './statement.ts';
import type { Sum } from './sums.ts';

const RESULTS: Readonly<Record<string, string>> = { passed: 'PASSED', failed: 'FAILED' };

/**
 * A statement for each report of a test below the directory, where it is of one of these files: a report of what was built before
 * says nothing of what is there now. Those of `phyllome test` name the image that they booted, those of installations the medium
 * that installed, and have what was asked of the installed system.
 * @throws ReportedError for a report that cannot be read
 */
export function testStatements(directory: string, sums: readonly Sum[]): readonly Statement[] {
  return testReports(directory).flatMap(({ name, bytes }) => {
    const run = objectIn(bytes);
    const installation = fieldsOf(run?.installation);
    const image = fieldsOf(installation === undefined ? run?.image : installation.medium);
    const tested = sums.find(({ sha256 }) => sha256 === image?.sha256);
    const result = RESULTS[textOf(run?.verdict)];
    if (run === undefined || tested === undefined || result === undefined) return [];
    const checks = objectsOf(run.checks).map(({ id, status }) => ({ id: textOf(id), status: textOf(status) }));
    const named = (status: string) => checks.filter((check) => check.status === status).map(({ id }) => id);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    return statementOf([tested], TEST_RESULT, {
      result,
      // Where it was asked, on which machine: all of it is in the report.
      configuration: [
        {
          name,
          digest: { sha256 },
          mediaType: 'application/json',
          ...(installation && { annotations: { installation: textOf(installation.case) } }),
        },
      ],
      passedTests: named('passed'),
      failedTests: named('failed'),
      startedAt: textOf(run.startedAt),
    });
  });
}

/**
 * What the reports of tests below the directory say of these files, signed or not.
 * @throws ReportedError for a report that cannot be read
 */
export function reportedTests(directory: string, sums: readonly Sum[]): readonly StatedTest[] {
  return testStatements(directory, sums).flatMap((statement) => testIn({ ...statement }, sums) ?? []);
}
