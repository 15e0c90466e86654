import type { Context } from '../../context/index.ts';
import { CommandNotFound } from '../../process/index.ts';
import type { BuiltSide } from '../built-side.ts';

/** A change of the sources that lies between two builds. */
export interface SourceCommit {
  /** Twelve hexadecimal digits. */
  readonly revision: string;
  readonly subject: string;
  /** What it changed of the files that one of the two kickstarts was rendered from. */
  readonly files: readonly string[];
}

/** What stands between two records of git's output, and between the fields of one. */
const [RECORD, FIELD] = ['\u001e', '\u001f'];

/**
 * The commits from the revision that one image was built of to that of the other, newest first, as far as they changed files that
 * one of them was rendered from: what other flavours are made of is none of theirs. Undefined where a build did not note its
 * revision, both are of one, or this checkout does not know them.
 */
export async function commitsBetween(
  before: BuiltSide,
  after: BuiltSide,
  { places, runner, signal }: Pick<Context, 'places' | 'runner' | 'signal'>,
): Promise<readonly SourceCommit[] | undefined> {
  const [from, to] = [before.revision, after.revision];
  if (from === undefined || to === undefined || from === to) return undefined;
  const format = `--format=${RECORD}%H${FIELD}%s${FIELD}`;
  const argv = ['log', '--no-merges', '--name-only', format, `${from}..${to}`, '--', 'kickstarts', 'overlays'];
  try {
    const { stdout, exitCode } = await runner.run(
      { argv: ['git', '-C', places.checkout, ...argv] },
      { allowFailure: true, signal },
    );
    if (exitCode !== 0) return undefined;
    const sources = new Set([before, after].flatMap(({ kickstart }) => kickstart?.map.sources ?? []));
    const commits = stdout.split(RECORD).slice(1).map(commitOf);
    return commits
      .map((commit) => ({ ...commit, files: commit.files.filter((file) => sources.has(file)) }))
      .filter(({ files }) => files.length > 0);
  } catch (error) {
    if (error instanceof CommandNotFound) return undefined;
    throw error;
  }
}

function commitOf(record: string): SourceCommit {
  const [revision = '', subject = '', files = ''] = record.split(FIELD);
  return { revision: revision.slice(0, 12), subject, files: files.split('\n').filter((line) => line !== '') };
}
