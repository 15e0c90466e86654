import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Context } from '../context/index.ts';
import { ReportedError } from '../diagnostic/index.ts';
import { makeDirectory } from '../files/index.ts';

/**
 * The flavours, overlays and templates as a git revision of the checkout has them, in the cache.
 * @throws ReportedError when git knows no such revision
 */
export async function treeOfRevision(revision: string, { places, runner, signal }: Context): Promise<string> {
  const git = (...args: readonly string[]) =>
    runner.run({ argv: ['git', '-C', places.checkout, ...args] }, { allowFailure: true, signal });
  const { stdout, exitCode } = await git(
    'rev-parse',
    '--verify',
    '--quiet',
    '--end-of-options',
    `${revision}^{commit}`,
  );
  const commit = stdout.trim();
  if (exitCode !== 0 || !/^[0-9a-f]{40,64}$/.test(commit)) {
    throw new ReportedError({
      code: 'no-revision',
      severity: 'error',
      message: `git knows no revision \`${revision}\` in ${places.checkout}`,
      hint: 'such as `headless@HEAD~1`; `git log` lists them',
    });
  }
  const tree = path.join(places.cache, 'revisions', commit);
  if (existsSync(tree)) return tree;
  makeDirectory(path.dirname(tree));
  const scratch = mkdtempSync(`${tree}-`);
  try {
    const archive = path.join(scratch, 'tree.tar');
    await runner.run(
      { argv: ['git', '-C', places.checkout, 'archive', `--output=${archive}`, commit, 'kickstarts', 'overlays'] },
      { signal },
    );
    const content = path.join(scratch, 'tree');
    mkdirSync(content);
    await runner.run({ argv: ['tar', '--extract', `--file=${archive}`, `--directory=${content}`] }, { signal });
    // Two of us at once make the same tree; whoever is later keeps the other's.
    if (!existsSync(tree)) renameSync(content, tree);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  return tree;
}
