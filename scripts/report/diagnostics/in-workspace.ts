import path from 'node:path';
import type { Diagnostic, Span } from '../../diagnostic/index.ts';
import { absolutePathOf, type SourceDirectory } from '../../places/index.ts';

/**
 * Findings with files as a forge knows them: from the top of the repository that the job has checked out (`GITHUB_WORKSPACE`, which
 * Forgejo and Gitea set, too, or `CI_PROJECT_DIR`), else from the current directory. Files outside of it keep the name that people read.
 */
export function inWorkspace(
  findings: readonly Diagnostic[],
  directories: readonly SourceDirectory[],
  env: NodeJS.ProcessEnv = process.env,
  current: string = process.cwd(),
): readonly Diagnostic[] {
  const workspace = path.resolve(current, env.GITHUB_WORKSPACE ?? env.CI_PROJECT_DIR ?? '');
  const placed = (span: Span): Span => {
    const file = path.relative(workspace, absolutePathOf(span.file, directories));
    return file.startsWith(`..${path.sep}`) || path.isAbsolute(file) ? span : { ...span, file };
  };
  return findings.map((finding) => {
    const { span, related, fix, suggestions } = finding;
    const mend = (one: NonNullable<typeof fix>) => ({
      ...one,
      edits: one.edits.map((edit) => ({ ...edit, span: placed(edit.span) })),
    });
    return {
      ...finding,
      ...(span && { span: placed(span) }),
      ...(related && { related: related.map((one) => ({ ...one, span: placed(one.span) })) }),
      ...(fix && { fix: mend(fix) }),
      ...(suggestions && { suggestions: suggestions.map(mend) }),
    };
  });
}
