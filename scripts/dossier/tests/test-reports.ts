import { type Dirent, readdirSync } from 'node:fs';
import path from 'node:path';
import { ReportedError } from '../../diagnostic/index.ts';
import { readRegular } from '../../files/index.ts';

const REPORT = 'results.json';
const MOST_MEBIBYTES = 64;

/** A report that `phyllome test` left of a build. */
export interface TestReport {
  /** With `/`, from the directory of the build: `test/bios/results.json`. */
  readonly name: string;
  readonly bytes: Buffer;
}

/**
 * All reports below `test/` of a build directory, by name; none where nothing was tested. Links are not followed.
 * @throws ReportedError for a report that cannot be read: without it, a test would be taken for one that never ran
 */
export function testReports(directory: string): readonly TestReport[] {
  return namesBelow(directory, 'test').map((name) => {
    const file = path.join(directory, name);
    const read = readRegular(file, MOST_MEBIBYTES);
    if ('bytes' in read) return { name, bytes: read.bytes };
    throw new ReportedError({
      code: 'unreadable-report',
      severity: 'error',
      message: `${file} ${read.fault}`,
      hint: 'It is a report of `phyllome test`: remove it to go on without that test.',
    });
  });
}

function namesBelow(directory: string, below: string): readonly string[] {
  return entriesOf(path.join(directory, below)).flatMap((entry) => {
    const name = `${below}/${entry.name}`;
    if (entry.isDirectory()) return namesBelow(directory, name);
    return entry.isFile() && entry.name === REPORT ? [name] : [];
  });
}

function entriesOf(directory: string): readonly Dirent[] {
  try {
    return readdirSync(directory, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
