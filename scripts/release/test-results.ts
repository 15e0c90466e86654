import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { readRegular } from '../files/index.ts';
import { type Statement, statementOf, TEST_RESULT } from './statement.ts';
import type { Sum } from './sums.ts';
import { fieldsOf, objectIn, objectsOf, textOf } from './untrusted-json.ts';

const REPORT = 'results.json';
const RESULTS: Readonly<Record<string, string>> = { passed: 'PASSED', failed: 'FAILED' };

/**
 * A statement for each report that `phyllome test` left below the directory, where it is of one of these files: a report of what
 * was built before says nothing of what is there now.
 */
export function testStatements(directory: string, sums: readonly Sum[]): readonly Statement[] {
  return reportsIn(directory, 'test').flatMap((report) => {
    const read = readRegular(path.join(directory, report), 64);
    if ('fault' in read) return [];
    const run = objectIn(read.bytes);
    const tested = sums.find(({ sha256 }) => sha256 === fieldsOf(run?.image)?.sha256);
    const result = RESULTS[textOf(run?.verdict)];
    if (run === undefined || tested === undefined || result === undefined) return [];
    const checks = objectsOf(run.checks).map(({ id, status }) => ({ id: textOf(id), status: textOf(status) }));
    const named = (status: string) => checks.filter((check) => check.status === status).map(({ id }) => id);
    const sha256 = createHash('sha256').update(read.bytes).digest('hex');
    return statementOf([tested], TEST_RESULT, {
      result,
      // Where it was asked, on which machine: all of it is in the report.
      configuration: [{ name: report, digest: { sha256 }, mediaType: 'application/json' }],
      passedTests: named('passed'),
      failedTests: named('failed'),
      startedAt: textOf(run.startedAt),
    });
  });
}

/** Paths of reports below a directory, with `/`. Links are not followed. */
function reportsIn(directory: string, below: string): readonly string[] {
  return entriesOf(path.join(directory, below)).flatMap((entry) => {
    const at = `${below}/${entry.name}`;
    if (entry.isDirectory()) return reportsIn(directory, at);
    return entry.isFile() && entry.name === REPORT ? [at] : [];
  });
}

function entriesOf(directory: string) {
  try {
    return readdirSync(directory, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
